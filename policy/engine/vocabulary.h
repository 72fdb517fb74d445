// The names that a policy may use and that this library does not know: types and findings belong to the sanitiser.
// Borrowed while a policy is loaded.
#pragma once

#include <string_view>
#include <vector>

namespace sekisho::policy {

struct TypeName {
    std::string_view name;   // "docx"
    std::string_view family; // "office"
};

// What an allow may choose within a level. Two words say how; what no rule says is the strict one.
struct ChoiceName {
    std::string_view name;   // "attachments"
    std::string_view strict; // "drop"
    std::string_view mild;   // "keep"
};

struct Vocabulary {
    std::vector<TypeName> types;
    std::vector<std::string_view> findings; // "pdf.javascript"
    std::vector<ChoiceName> choices = {};   // at most 32
};

} // namespace sekisho::policy
