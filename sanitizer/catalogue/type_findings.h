// What may be found in a file of a type.
#pragma once

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho {

// Groups of codes ("pdf" stands for "pdf.*", blank between), and whether the type carries files of any kind, whose
// findings count as its own. Without groups for a type that is never delivered.
struct TypeFindings {
    Type type;
    std::string_view groups;
    bool carries;
};

TypeFindings findings_of(Type type);
bool may_be_found(Finding finding, Type type);

} // namespace sekisho
