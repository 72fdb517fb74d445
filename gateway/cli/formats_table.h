// What is accepted, as a table for people, as JSON, and as the manual page sekisho-formats(7).
#pragma once

#include <string>

namespace sekisho::cli {

std::string formats_as_text(bool japanese);
std::string formats_as_json();
// scdoc source; gateway/cli/sekisho-formats.7.scd is this, which a test compares.
std::string formats_as_manual();

} // namespace sekisho::cli
