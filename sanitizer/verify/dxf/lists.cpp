#include "sanitizer/verify/dxf/lists.h"

#include <map>
#include <set>
#include <vector>

namespace sekisho::verify::drawing {

namespace {

class Table {
public:
    Table(std::initializer_list<std::pair<std::string_view, std::vector<int>>> rows) {
        for (const auto& [name, codes] : rows) m_codes.emplace(name, codes);
        for (const auto& [name, codes] : m_codes) m_spans.emplace(name, std::span<const int>(codes));
    }
    const std::span<const int>* find(std::string_view name) const {
        const auto found = m_spans.find(name);
        return found == m_spans.end() ? nullptr : &found->second;
    }

private:
    std::map<std::string_view, std::vector<int>> m_codes;
    std::map<std::string_view, std::span<const int>> m_spans;
};

// Entities also have line type, layer, layout and colour book (6, 8, 410, 430).
const Table& drawn() {
    static const Table table{{"3DFACE", {}},
                             {"3DLINE", {}},
                             {"ARC", {}},
                             {"ARC_DIMENSION", {1, 2, 3}},
                             {"ATTDEF", {1, 2, 3, 7}},
                             {"ATTRIB", {1, 2, 7}},
                             {"CIRCLE", {}},
                             {"DIMENSION", {1, 2, 3}},
                             {"ELLIPSE", {}},
                             {"HATCH", {2, 470}},
                             {"HELIX", {}},
                             {"INSERT", {2}},
                             {"LARGE_RADIAL_DIMENSION", {1, 2, 3}},
                             {"LEADER", {3}},
                             {"LINE", {}},
                             {"LWPOLYLINE", {}},
                             {"MESH", {}},
                             {"MLINE", {2}},
                             {"MTEXT", {1, 3, 7}},
                             {"MULTILEADER", {1, 300, 301, 302, 303, 304, 305}},
                             {"POINT", {}},
                             {"POLYLINE", {}},
                             {"RAY", {}},
                             {"SEQEND", {}},
                             {"SHAPE", {2}},
                             {"SOLID", {}},
                             {"SPLINE", {}},
                             {"TEXT", {1, 7}},
                             {"TOLERANCE", {1, 3}},
                             {"TRACE", {}},
                             {"VERTEX", {}},
                             {"VIEWPORT", {1}},
                             {"WIPEOUT", {}},
                             {"XLINE", {}}};
    return table;
}

const Table& block_marks() {
    static const Table table{{"BLOCK", {1, 2, 3, 4}}, {"ENDBLK", {}}};
    return table;
}

const Table& of_tables() {
    static const Table table{{"APPID", {2}},       {"BLOCK_RECORD", {2}},  {"DIMSTYLE", {2, 3, 4, 5, 6, 7}},
                             {"ENDTAB", {}},       {"LAYER", {2, 6, 430}}, {"LTYPE", {2, 3, 9}},
                             {"STYLE", {2, 3, 4}}, {"TABLE", {2}},         {"UCS", {2}},
                             {"VIEW", {2}},        {"VPORT", {2}}};
    return table;
}

const Table& of_objects() {
    static const Table table{{"ACDBDICTIONARYWDFLT", {3}},
                             {"ACDBPLACEHOLDER", {}},
                             {"DICTIONARY", {3}},
                             {"DICTIONARYVAR", {1}},
                             {"GROUP", {300}},
                             {"LAYOUT", {1, 2, 4, 6, 7}},
                             {"MLEADERSTYLE", {3, 300}},
                             {"MLINESTYLE", {2, 3, 6, 430}},
                             {"PLOTSETTINGS", {1, 2, 4, 6, 7}},
                             {"RASTERVARIABLES", {}},
                             {"SCALE", {300}},
                             {"WIPEOUTVARIABLES", {}}};
    return table;
}

const Table& of_classes() {
    static const Table table{{"CLASS", {1, 2, 3}}};
    return table;
}

struct Span {
    int first, last;
    Kind kind;
};

constexpr Span spans[] = {
    {1, 4, Kind::text},        {5, 5, Kind::handle},       {6, 9, Kind::text},        {10, 59, Kind::real},
    {60, 79, Kind::integer},   {90, 99, Kind::integer},    {100, 100, Kind::text},    {105, 105, Kind::handle},
    {110, 149, Kind::real},    {160, 179, Kind::integer},  {210, 239, Kind::real},    {270, 299, Kind::integer},
    {300, 309, Kind::text},    {320, 369, Kind::handle},   {370, 389, Kind::integer}, {390, 399, Kind::handle},
    {400, 409, Kind::integer}, {410, 419, Kind::text},     {420, 429, Kind::integer}, {430, 439, Kind::text},
    {440, 459, Kind::integer}, {460, 469, Kind::real},     {470, 479, Kind::text},    {480, 481, Kind::handle},
    {1000, 1003, Kind::text},  {1005, 1005, Kind::handle}, {1010, 1059, Kind::real},  {1060, 1071, Kind::integer}};

} // namespace

Section section_named(std::string_view name) {
    static const std::map<std::string_view, Section> names{
        {"HEADER", Section::header}, {"CLASSES", Section::classes},   {"TABLES", Section::tables},
        {"BLOCKS", Section::blocks}, {"ENTITIES", Section::entities}, {"OBJECTS", Section::objects}};
    const auto found = names.find(name);
    return found == names.end() ? Section::none : found->second;
}

const std::span<const int>* text_groups(Section section, std::string_view kind) {
    if (section == Section::classes) return of_classes().find(kind);
    if (section == Section::tables) return of_tables().find(kind);
    if (section == Section::objects) return of_objects().find(kind);
    if (section == Section::blocks)
        if (const auto* mark = block_marks().find(kind)) return mark;
    if (section == Section::blocks || section == Section::entities) return drawn().find(kind);
    return nullptr;
}

bool is_text_variable(std::string_view name) {
    static const std::set<std::string_view> names{
        "$ACADVER",      "$CELTYPE",   "$CLAYER",    "$CMLSTYLE",    "$DIMAPOST",   "$DIMBLK",
        "$DIMBLK1",      "$DIMBLK2",   "$DIMLDRBLK", "$DIMLTEX1",    "$DIMLTEX2",   "$DIMLTYPE",
        "$DIMPOST",      "$DIMSTYLE",  "$DIMTXSTY",  "$DWGCODEPAGE", "$PUCSBASE",   "$PUCSNAME",
        "$PUCSORTHOREF", "$TEXTSTYLE", "$UCSBASE",   "$UCSNAME",     "$UCSORTHOREF"};
    return names.contains(name);
}

bool is_application(std::string_view name) {
    return name == "ACAD" || name == "AcCmTransparency" || name == "AcadAnnotative" || name == "PE_URL";
}

Kind kind_of(int code) {
    for (const Span& span : spans)
        if (code >= span.first && code <= span.last) return span.kind;
    return Kind::bad;
}

} // namespace sekisho::verify::drawing
