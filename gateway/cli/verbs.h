// The one table of what `sekisho` can do. Help, completion and the manual page's test come from it.
#pragma once

#include "gateway/cli/arguments.h"

namespace sekisho::cli {

struct VerbRow {
    std::string_view name;     // "sanitize", "zone status"
    std::string_view operands; // "INPUT..."
    std::string_view english;
    std::string_view japanese;
    std::span<const OptionRow> options;
    int (*run)(const Arguments&);
};

std::span<const VerbRow> all_verbs();

// Prints an error with what to type next, in the form every verb uses; returns the exit code that fits it.
int complain(const Error& error);

int sanitize(const Arguments& arguments);
int formats(const Arguments& arguments);

} // namespace sekisho::cli
