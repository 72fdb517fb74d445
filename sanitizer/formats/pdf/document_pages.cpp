#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest_tree = 64;
constexpr std::size_t kids_of_node = 128;
// Units of 1/72 inch. Readers' own limit is 14,400 (ISO 32000-1, annex C); a page beyond this makes them run out of
// memory.
constexpr double largest_page = 20'000;
constexpr double largest_unit = 100;

bool is_box(Handle value) {
    if (!value.isArray() || value.getArrayNItems() < 4) return false;
    for (int i = 0; i < 4; ++i)
        if (!value.getArrayItem(i).isNumber()) return false;
    return true;
}

Box box_of(Handle value, const Box& otherwise) {
    if (!is_box(value)) return otherwise;
    const auto at = [&](int i) { return value.getArrayItem(i).getNumericValue(); };
    return {std::min(at(0), at(2)), std::min(at(1), at(3)), std::max(at(0), at(2)), std::max(at(1), at(3))};
}

double side(Handle box, int from) {
    return std::abs(box.getArrayItem(from + 2).getNumericValue() - box.getArrayItem(from).getNumericValue());
}

} // namespace

void Document::add_page(const Handle& source, const Page& inherited) {
    Page page = inherited;
    page.source = source;
    page.number = 0;
    m_page_of.try_emplace(Handle(source).getObjGen(), m_pages.size());
    m_pages.push_back(page);
}

// Depth first, in reading order; a node seen on the way down is not entered again.
Result<> Document::collect_pages() {
    struct Open {
        Page inherited;
        std::vector<Handle> kids;
        std::size_t next = 0;
    };
    const auto descend = [](Handle node, Page inherited) {
        const auto inherit = [&](const char* key, Handle& into) {
            if (Handle own = node.getKey(key); !own.isNull()) into = own;
        };
        inherit("/Resources", inherited.resources);
        inherit("/MediaBox", inherited.media_box);
        inherit("/CropBox", inherited.crop_box);
        inherit("/Rotate", inherited.rotate);
        return inherited;
    };
    std::set<QPDFObjGen> entered;
    std::vector<Open> open;
    const Handle nothing = Handle::newNull();
    const auto visit = [&](Handle node, const Page& above) {
        if (!node.isDictionary()) return;
        const Page inherited = descend(node, above);
        Handle kids = node.getKey("/Kids");
        if (!kids.isArray()) return add_page(node, inherited);
        if (open.size() >= deepest_tree || !entered.insert(node.getObjGen()).second) {
            m_walk.found(Finding::pdf_cycle);
            return;
        }
        open.push_back({inherited, kids.getArrayAsVector(), 0});
    };
    visit(m_catalog.getKey("/Pages"), Page{nothing, nothing, nothing, nothing, nothing});
    while (!open.empty()) {
        if (open.back().next >= open.back().kids.size()) {
            open.pop_back();
            continue;
        }
        const Handle kid = open.back().kids[open.back().next++];
        const Page above = open.back().inherited;
        visit(kid, above);
        TRY(m_walk.budget().check_time());
        if (m_pages.size() > m_walk.context().limits().pages) return refuse(Reason::limit_pages);
    }
    if (m_pages.empty()) return refuse(Reason::pdf_no_pages);
    for (Page& page : m_pages) {
        TRY(m_walk.budget().take_members());
        page.number = m_walk.writer().reserve();
    }
    return {};
}

Result<std::string> Document::boxes(const Page& page) {
    std::string out;
    Handle media = page.media_box;
    if (!is_box(media)) {
        out += "/MediaBox[0 0 612 792]"; // what readers assume
    } else {
        Handle unit = Handle(page.source).getKey("/UserUnit");
        const double scale = unit.isNumber() ? std::clamp(unit.getNumericValue(), 1.0, largest_unit) : 1;
        if (side(media, 0) > largest_page || side(media, 1) > largest_page) return refuse(Reason::limit_pixels);
        out += "/MediaBox";
        TRY(m_walk.put(out, Kind::rectangle, media));
        if (scale > 1) {
            out += "/UserUnit ";
            put_number(out, scale);
        }
    }
    const auto box = [&](const char* key, Handle value) -> Result<> {
        if (!is_box(value)) return {};
        out += key;
        TRY(m_walk.put(out, Kind::rectangle, value));
        return {};
    };
    TRY(box("/CropBox", page.crop_box));
    for (const char* key : {"/BleedBox", "/TrimBox", "/ArtBox"}) TRY(box(key, Handle(page.source).getKey(key)));
    Handle rotate = page.rotate;
    if (rotate.isNumber()) {
        const auto turns = static_cast<std::int64_t>(rotate.getNumericValue()) / 90 % 4;
        if (turns != 0) {
            out += "/Rotate ";
            put_integer(out, (turns + 4) % 4 * 90);
        }
    }
    return out;
}

Result<int> Document::write_contents(const Page& page, const Drawn& drawn, Uses& uses) {
    Handle contents = Handle(page.source).getKey("/Contents");
    std::vector<Handle> parts;
    if (contents.isArray())
        parts = contents.getArrayAsVector();
    else if (contents.isStream())
        parts.push_back(contents);
    Bytes all;
    for (const Handle& part : parts) {
        if (!Handle(part).isStream()) continue;
        const Bytes bytes = TRY(m_walk.content_data(part));
        all.insert(all.end(), bytes.begin(), bytes.end());
        all.push_back('\n');
        if (all.size() > m_walk.context().limits().bytes_in_memory) return refuse(Reason::limit_bytes);
    }
    const Box media = box_of(page.media_box, {0, 0, 612, 792});
    Visibility visibility(media, box_of(page.crop_box, media));
    std::string text = TRY(m_walk.content(all, page.resources, uses, &visibility));
    if (visibility.covered_text()) ++m_covered_pages;
    if (visibility.outside_shown()) ++m_cropped_pages;
    if (!drawn.content.empty()) {
        if (!text.empty()) text = "q\n" + text + "Q\n";
        text += drawn.content;
    }
    if (text.empty()) return 0;
    const int number = m_walk.writer().reserve();
    TRY(m_walk.stream(number, {}, as_view(text)));
    return number;
}

void Document::look_at_page_keys(const Handle& page) {
    static constexpr auto known = std::to_array<std::string_view>(
        {"/Annots", "/ArtBox", "/B", "/BleedBox", "/Contents", "/CropBox", "/Group", "/MediaBox", "/PZ", "/Parent",
         "/Resources", "/Rotate", "/Tabs", "/TrimBox", "/Type", "/UserUnit"});
    for (const auto& [key, value] : Handle(page).getDictAsMap()) {
        if (std::ranges::binary_search(known, key)) continue;
        if (key == "/Dur" || key == "/Trans" || key == "/PresSteps")
            m_walk.found(Finding::pdf_transition);
        else
            m_walk.left_out(Kind::resources, key.substr(1), value);
    }
}

Result<> Document::write_page(Page& page) {
    look_at_page_keys(page.source);
    m_walk.set_default_resources(page.resources);
    std::string body = "<</Type/Page/Parent ";
    put_reference(body, page.parent);
    body += TRY(boxes(page));
    body += m_structure.of_page(static_cast<std::size_t>(&page - m_pages.data()));
    Drawn drawn{{}, page.resources, {}, false, 0};
    body += TRY(annotations(page, drawn));
    Uses uses;
    for (const std::string& name : drawn.names) uses["/XObject"].insert(name);
    if (drawn.uses_font) uses["/Font"].insert({"/FieldFont", "/FieldLatin"});
    const int contents = TRY(write_contents(page, drawn, uses));
    body += "/Resources";
    TRY(m_walk.put_resources(body, drawn.resources, uses));
    if (contents != 0) {
        body += "/Contents ";
        put_reference(body, contents);
    }
    std::string group;
    Handle source_group = page.source.getKey("/Group");
    if (name_of(source_group.isDictionary() ? source_group.getKey("/S") : source_group) == "Transparency" &&
        TRY(m_walk.put(group, Kind::group, source_group)))
        body += "/Group " + group;
    const std::string tabs = name_of(page.source.getKey("/Tabs"));
    if (tabs == "R" || tabs == "C") body += "/Tabs/" + tabs;
    TRY(m_walk.drain());
    return m_walk.object(page.number, body + ">>");
}

// One level for short documents, two for long ones: readers find a page without reading all of them.
Result<> Document::write_page_tree(int root) {
    const bool flat = m_pages.size() <= kids_of_node;
    std::string kids;
    for (std::size_t at = 0; at < m_pages.size(); at += kids_of_node) {
        const std::size_t end = std::min(at + kids_of_node, m_pages.size());
        std::string own;
        const int node = flat ? root : m_walk.writer().reserve();
        for (std::size_t i = at; i < end; ++i) {
            m_pages[i].parent = node;
            put_reference(own, m_pages[i].number);
            own += ' ';
        }
        if (flat) {
            kids = own;
            break;
        }
        std::string body = "<</Type/Pages/Parent ";
        put_reference(body, root);
        body += "/Count ";
        put_integer(body, static_cast<std::int64_t>(end - at));
        TRY(m_walk.object(node, body + "/Kids[" + own + "]>>"));
        put_reference(kids, node);
        kids += ' ';
    }
    std::string body = "<</Type/Pages/Count ";
    put_integer(body, static_cast<std::int64_t>(m_pages.size()));
    TRY(m_walk.object(root, body + "/Kids[" + kids + "]>>"));
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const auto inside = m_walk.context().enter(Place::page, static_cast<std::uint32_t>(i + 1));
        TRY(write_page(m_pages[i]));
    }
    return {};
}

} // namespace sekisho::pdf
