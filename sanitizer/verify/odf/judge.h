// Small languages within the markup: formulas, conditions, ranges.
#pragma once

#include <string_view>

namespace sekisho::verify {

// "of:=SUM([.A1:.B2])": only listed functions, nothing in another document, no program.
bool odf_formula_is_allowed(std::string_view formula);
// The same with the functions that conditions have.
bool odf_condition_is_allowed(std::string_view condition);
// "$Sheet.A1:.B2 'Other sheet'.C3": within the document.
bool odf_range_is_allowed(std::string_view range);

} // namespace sekisho::verify
