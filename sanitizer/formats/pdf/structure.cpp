#include "sanitizer/formats/pdf/structure.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest = 48;
constexpr std::size_t most_elements = 20'000; // a larger tree goes: each element is an object of the output
constexpr std::int64_t most_marks = 20'000;   // of one page
constexpr std::size_t nowhere = SIZE_MAX;

// What a header cell stands for and how far a cell reaches (table 349).
std::string table_attributes(Handle given) {
    std::vector<Handle> all{given};
    if (given.isArray()) all = given.getArrayAsVector();
    for (Handle one : all) {
        if (!one.isDictionary() || name_of(one.getKey("/O")) != "Table") continue;
        std::string out;
        for (const char* key : {"/ColSpan", "/RowSpan"}) {
            Handle span = one.getKey(key);
            if (!span.isInteger() || span.getIntValue() < 2 || span.getIntValue() > 10'000) continue;
            out += key;
            out += ' ';
            put_integer(out, span.getIntValue());
        }
        const std::string scope = name_of(one.getKey("/Scope"));
        if (scope == "Row" || scope == "Column" || scope == "Both") out += "/Scope/" + scope;
        if (!out.empty()) return "/A<</O/Table" + out + ">>";
    }
    return {};
}

} // namespace

std::size_t Structure::page_of(Handle page, std::size_t otherwise) const {
    const auto at = page.isIndirect() ? m_pages->find(page.getObjGen()) : m_pages->end();
    return at == m_pages->end() ? otherwise : at->second;
}

Result<bool> Structure::read(Walk& walk, const Handle& given, const Pages& pages) {
    Handle root = given;
    if (!root.isDictionary()) return false;
    m_pages = &pages;
    m_elements.push_back({root, 0, 0, {}});
    if (!TRY(add_kids(walk, root.getKey("/K"), 0, nowhere, 0)) || m_elements.size() == 1) {
        m_elements.clear();
        m_marks.clear();
        return false;
    }
    Handle roles = root.getKey("/RoleMap");
    if (!roles.isDictionary()) return true;
    for (const auto& [name, role] : roles.getDictAsMap()) {
        if (!Handle(role).isName()) continue;
        put_name(m_roles, name.substr(1));
        put_name(m_roles, name_of(role));
    }
    return true;
}

// False: too much of it.
Result<bool> Structure::add_kids(Walk& walk, Handle given, std::size_t parent, std::size_t page, unsigned depth) {
    if (!given.isArray()) return add_kid(walk, given, parent, page, depth);
    for (const Handle& kid : given.getArrayAsVector())
        if (!TRY(add_kid(walk, kid, parent, page, depth))) return false;
    return true;
}

Result<bool> Structure::add_kid(Walk& walk, Handle given, std::size_t parent, std::size_t page, unsigned depth) {
    TRY(walk.budget().check_time());
    if (depth > deepest || m_elements.size() > most_elements) return false;
    if (given.isInteger()) return add_mark(given.getIntValue(), parent, page), true;
    if (!given.isDictionary()) return true;
    const std::string kind = name_of(given.getKey("/Type"));
    page = page_of(given.getKey("/Pg"), page);
    if (kind == "MCR") {
        Handle mark = given.getKey("/MCID");
        // Marks within forms and objects that are no content are not followed.
        if (mark.isInteger() && given.getKey("/Stm").isNull()) add_mark(mark.getIntValue(), parent, page);
        return true;
    }
    if (!given.getKey("/S").isName() || (!kind.empty() && kind != "StructElem")) return true;
    if (given.isIndirect() && !m_seen.insert(given.getObjGen()).second) return true;
    TRY(walk.budget().take_members());
    const std::size_t place = m_elements.size();
    m_elements.push_back({given, 0, 0, {}});
    m_elements[parent].kids.push_back({false, place, 0, 0});
    return add_kids(walk, given.getKey("/K"), place, page, depth + 1);
}

void Structure::add_mark(std::int64_t mark, std::size_t parent, std::size_t page) {
    if (parent == 0 || page == nowhere || mark < 0 || mark > most_marks) return;
    if (m_marks[page].try_emplace(mark, parent).second) m_elements[parent].kids.push_back({true, 0, page, mark});
}

std::string Structure::of_page(std::size_t page) const {
    if (!m_marks.contains(page)) return {};
    std::string out = "/StructParents ";
    put_integer(out, static_cast<std::int64_t>(page));
    return out;
}

std::string Structure::body(const Element& element, const std::vector<int>& page_numbers) const {
    Handle source = element.source;
    std::string out = "<</Type/StructElem/S";
    put_name(out, name_of(source.getKey("/S")));
    out += "/P ";
    put_reference(out, element.parent);
    for (const char* key : {"/ActualText", "/Alt", "/E", "/Lang", "/T"})
        if (Handle text = source.getKey(key); text.isString()) out += key, put_string(out, text.getStringValue());
    out += table_attributes(source.getKey("/A"));
    if (element.kids.empty()) return out + ">>";
    out += "/K[";
    for (const Kid& kid : element.kids) {
        if (kid.is_mark) {
            out += "<</Type/MCR/Pg ";
            put_reference(out, page_numbers[kid.page]);
            out += "/MCID ";
            put_integer(out, kid.mark);
            out += ">>";
        } else {
            put_reference(out, m_elements[kid.element].number);
            out += ' ';
        }
    }
    return out + "]>>";
}

// From page and mark to the element (14.7.4.4).
std::string Structure::parent_tree() const {
    std::string out = "<</Nums[";
    for (const auto& [page, marks] : m_marks) {
        put_integer(out, static_cast<std::int64_t>(page));
        out += '[';
        std::int64_t next = 0;
        for (const auto& [mark, element] : marks) {
            for (; next < mark; ++next) out += "null ";
            put_reference(out, m_elements[element].number);
            out += ' ';
            ++next;
        }
        out += ']';
    }
    return out + "]>>";
}

Result<std::string> Structure::write(Walk& walk, const std::vector<int>& page_numbers) {
    if (m_elements.empty()) return std::string();
    for (Element& element : m_elements) element.number = walk.writer().reserve();
    for (const Element& element : m_elements)
        for (const Kid& kid : element.kids)
            if (!kid.is_mark) m_elements[kid.element].parent = element.number;
    for (std::size_t i = 1; i < m_elements.size(); ++i)
        TRY(walk.object(m_elements[i].number, body(m_elements[i], page_numbers)));
    std::string root = "<</Type/StructTreeRoot/K[";
    for (const Kid& kid : m_elements[0].kids) {
        put_reference(root, m_elements[kid.element].number);
        root += ' ';
    }
    root += "]/ParentTree" + parent_tree();
    if (!m_roles.empty()) root += "/RoleMap<<" + m_roles + ">>";
    TRY(walk.object(m_elements[0].number, root + ">>"));
    std::string out = "/MarkInfo<</Marked true>>/StructTreeRoot ";
    put_reference(out, m_elements[0].number);
    return out;
}

} // namespace sekisho::pdf
