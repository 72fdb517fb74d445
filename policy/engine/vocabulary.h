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

struct Vocabulary {
    std::vector<TypeName> types;
    std::vector<std::string_view> findings; // "pdf.javascript"
};

} // namespace sekisho::policy
