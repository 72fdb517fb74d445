#include "sanitizer/catalogue/type_findings.h"

#include <array>
#include <string>

namespace sekisho {

namespace {

constexpr std::array rows{
#define TYPE_FINDINGS(type, groups, carries) TypeFindings{Type::type, groups, carries},
#include "sanitizer/catalogue/type_findings.def"
#undef TYPE_FINDINGS
};

} // namespace

TypeFindings findings_of(Type type) {
    for (const TypeFindings& row : rows)
        if (row.type == type) return row;
    return {type, "", false};
}

bool may_be_found(Finding finding, Type type) {
    const TypeFindings row = findings_of(type);
    const std::string_view code = row_of(finding).code;
    const std::string group = " " + std::string(code.substr(0, code.find('.'))) + " ";
    return row.carries || (" " + std::string(row.groups) + " ").find(group) != std::string::npos;
}

} // namespace sekisho
