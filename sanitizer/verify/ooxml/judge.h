// Small languages within the markup: addresses, formulas, fields, styles.
#pragma once

#include <string_view>

namespace sekisho::verify {

// http, https, mailto or tel with something behind it, or "#place" in the document itself.
bool address_is_allowed(std::string_view address);
// Only listed functions, no other workbook, no program.
bool formula_is_allowed(std::string_view formula);
// A field whose name is listed; a hyperlink only with an allowed address, written out.
bool field_is_allowed(std::string_view instruction, bool nested);
// VML's CSS: nothing that could load or compute.
bool style_is_plain(std::string_view style);
// PowerPoint actions that stay within the show.
bool action_is_allowed(std::string_view action);
// "Microsoft Excel", "16.0300": a program and its version, nothing about people.
bool statement_is_plain(std::string_view statement);
// Names that Excel runs by itself.
bool name_runs(std::string_view name);

} // namespace sekisho::verify
