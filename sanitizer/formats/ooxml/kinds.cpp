#include "sanitizer/formats/ooxml/kinds.h"

#include "base/error/error.h"

namespace sekisho::ooxml {

namespace {

constexpr std::string_view transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

constexpr KindRow kinds[] = {
#define KIND(id, path, extension, type, ns, root, dialect)                                                             \
    {Kind::id, path, extension, type, Ns::ns, root, Dialect::dialect},
#include "sanitizer/formats/ooxml/kinds.def"
#undef KIND
};

constexpr RelationRow relations[] = {
#define RELATION(where, type, kind, finding) {where, type, Kind::kind, Finding::finding},
#include "sanitizer/formats/ooxml/relations.def"
#undef RELATION
};

// "*slide" for both base URIs; other types stay as they are.
std::string_view below_base(std::string_view type) {
    for (const std::string_view base : {transitional, strict})
        if (type.starts_with(base)) return type.substr(base.size());
    return {};
}

} // namespace

const KindRow& row_of(Kind kind) {
    for (const KindRow& row : kinds)
        if (row.kind == kind) return row;
    bug("a kind of part without a row");
}

const RelationRow* find_relation(Where where, std::string_view type) {
    const std::string_view below = below_base(type);
    for (const RelationRow& row : relations) {
        if (!(row.where & static_cast<unsigned>(where))) continue;
        if (row.type.starts_with('*') ? !below.empty() && row.type.substr(1) == below : row.type == type) return &row;
    }
    return nullptr;
}

std::string full_type(const RelationRow& row) {
    if (!row.type.starts_with('*')) return std::string(row.type);
    return std::string(transitional) + std::string(row.type.substr(1));
}

bool is_main_relation(std::string_view type) {
    return below_base(type) == "officeDocument";
}

} // namespace sekisho::ooxml
