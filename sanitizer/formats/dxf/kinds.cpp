#include "sanitizer/formats/dxf/kinds.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

Codes codes_of(std::string_view list) {
    Codes codes;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(' '), list.size());
        const std::string_view word = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        const std::size_t dash = word.find('-');
        const int first = static_cast<int>(cad::integer_of(word.substr(0, dash)).value_or(-1));
        const int last =
            dash == word.npos ? first : static_cast<int>(cad::integer_of(word.substr(dash + 1)).value_or(-1));
        codes.ranges.push_back({first, last});
    }
    return codes;
}

using Rules = std::unordered_map<std::string_view, Rule>;

Rule kept(bool entity, std::string_view codes) {
    return {true, Finding::none, entity, codes_of(codes)};
}
Rule dropped(Finding finding) {
    return {false, finding, false, {}};
}

// kinds.def undefines what it was given.
const Rules& entities() {
    static const Rules rules{
#define ENTITY(name, codes) {name, kept(true, codes)},
#define TABLE_ENTRY(name, codes)
#define OBJECT(name, codes)
#define DROPPED(name, finding) {name, dropped(Finding::finding)},
#include "sanitizer/formats/dxf/kinds.def"
        {"BLOCK", kept(false, "8 2 70 10 20 30 3 1 4 67 410")},
        {"ENDBLK", kept(false, "8 67 410")},
    };
    return rules;
}

const Rules& table_entries() {
    static const Rules rules{
#define ENTITY(name, codes)
#define TABLE_ENTRY(name, codes) {name, kept(false, codes)},
#define OBJECT(name, codes)
#define DROPPED(name, finding)
#include "sanitizer/formats/dxf/kinds.def"
        {"ENDTAB", kept(false, "")},
    };
    return rules;
}

const Rules& objects() {
    static const Rules rules{
#define ENTITY(name, codes)
#define TABLE_ENTRY(name, codes)
#define OBJECT(name, codes) {name, kept(false, codes)},
#define DROPPED(name, finding) {name, dropped(Finding::finding)},
#include "sanitizer/formats/dxf/kinds.def"
    };
    return rules;
}

const Rules& classes() {
    static const Rules rules{{"CLASS", kept(false, "1-3 90 91 280 281")}};
    return rules;
}

const Rule& find(const Rules& rules, std::string_view kind) {
    static const Rule unknown;
    const auto rule = rules.find(kind);
    return rule == rules.end() ? unknown : rule->second;
}

const Rules& rules_of(Section section) {
    static const Rules none;
    switch (section) {
    case Section::classes:
        return classes();
    case Section::tables:
        return table_entries();
    case Section::blocks:
    case Section::entities:
        return entities();
    case Section::objects:
        return objects();
    default:
        return none;
    }
}

} // namespace

bool Codes::has(int code) const {
    return std::ranges::any_of(ranges, [&](const Range& range) { return code >= range.first && code <= range.last; });
}

Section section_of(std::string_view name) {
    static const std::unordered_map<std::string_view, Section> sections{
        {"HEADER", Section::header}, {"CLASSES", Section::classes},   {"TABLES", Section::tables},
        {"BLOCKS", Section::blocks}, {"ENTITIES", Section::entities}, {"OBJECTS", Section::objects}};
    const auto found = sections.find(name);
    return found == sections.end() ? Section::other : found->second;
}

const Rule& rule_for(Section section, std::string_view kind) {
    const bool of_blocks = kind == "BLOCK" || kind == "ENDBLK";
    if (section == Section::entities && of_blocks) return find(rules_of(Section::other), kind);
    return find(rules_of(section), kind);
}

const Codes& entity_codes() {
    static const Codes codes = codes_of("6 8 48 60 62 67 284 370 390 410 420 430 440 210 220 230");
    return codes;
}

bool is_header_variable(std::string_view name) {
    static const std::unordered_set<std::string_view> names{
#include "sanitizer/formats/dxf/header.def"
    };
    return name.starts_with('$') && names.contains(name.substr(1));
}

bool is_declared(std::string_view kind) {
    return find(entities(), kind).kept || find(objects(), kind).kept;
}

} // namespace sekisho::dxf
