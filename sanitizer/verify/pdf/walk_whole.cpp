// What holds for the file as a whole: a sound page tree, nothing unused, nothing that contains itself.
#include <fmt/format.h>

#include "sanitizer/verify/pdf/walk.h"

namespace sekisho::verify {

namespace {

constexpr int deepest_tree = 64;

} // namespace

Result<> Walk::page_tree(const Object& trailer) {
    const Object& root = trailer.dictLookupNF("Root");
    if (!root.isRef() || !in_use(root)) return no(Reason::verify_pdf_reference);
    const Object catalog = TRY(m_file.fetch(root.getRefNum()));
    if (!catalog.isDict()) return no(Reason::verify_pdf_value);
    PageTree tree;
    TRY(page_node(catalog.dictLookupNF("Pages"), 0, 0, tree));
    if (tree.leaves == 0) return no(Reason::verify_pdf_pages);
    return {};
}

// Each node is reached once, knows its parent, and counts its leaves.
Result<> Walk::page_node(const Object& raw, int parent, int depth, PageTree& tree) {
    if (depth > deepest_tree || !raw.isRef() || !in_use(raw) || !tree.seen.insert(raw.getRefNum()).second)
        return no(Reason::verify_pdf_pages);
    const Object object = TRY(m_file.fetch(raw.getRefNum()));
    if (!object.isDict()) return no(Reason::verify_pdf_pages);
    const Object& up = object.dictLookupNF("Parent");
    if (parent == 0 ? !up.isNull() : !up.isRef() || up.getRefNum() != parent) return no(Reason::verify_pdf_pages);
    if (object.dictIs("Page")) {
        if (++tree.leaves > m_limits.pages) return no(Reason::limit_pages);
        m_pages.insert(raw.getRefNum());
        return {};
    }
    const Object& kids = object.dictLookupNF("Kids");
    if (!object.dictIs("Pages") || !kids.isArray()) return no(Reason::verify_pdf_pages);
    const std::int64_t before = tree.leaves;
    for (int i = 0; i < kids.arrayGetLength(); ++i)
        TRY(page_node(kids.arrayGetNF(i), raw.getRefNum(), depth + 1, tree));
    const Object& count = object.dictLookupNF("Count");
    if (!count.isInt() || count.getInt() != tree.leaves - before) return no(Reason::verify_pdf_pages);
    return {};
}

Result<> Walk::everything_reached() {
    m_grammar = "file";
    for (int number = 1; number < m_file.object_count(); ++number) {
        if (m_file.entry(number).kind == XrefEntry::Kind::absent) continue;
        m_current = number;
        if (m_reached.contains(number)) continue;
        if (!TRY(m_file.fetch(number)).isNull()) return no(Reason::verify_pdf_unreachable);
    }
    return {};
}

// Nothing may contain itself: no reader can draw it, and some never end.
Result<> Walk::no_cycles() const {
    enum class Color : std::uint8_t { white, gray, black };
    struct Step {
        int number;
        std::size_t next;
    };
    std::map<int, Color> colors;
    std::vector<Step> stack{{0, 0}};
    colors[0] = Color::gray;
    while (!stack.empty()) {
        Step& step = stack.back();
        const auto inside = m_contains.find(step.number);
        if (inside == m_contains.end() || step.next == inside->second.size()) {
            colors[step.number] = Color::black;
            stack.pop_back();
            continue;
        }
        const int child = inside->second[step.next++];
        Color& color = colors[child];
        if (color == Color::gray) return refuse(Reason::verify_pdf_cycle, fmt::format("object {}", child));
        if (color == Color::black) continue;
        color = Color::gray;
        stack.push_back({child, 0});
    }
    return {};
}

} // namespace sekisho::verify
