// Excel formulas (ECMA-376 part 1, 18.17): may this one stay?
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::ooxml {

// Finding::none if every function of it is on the list, it refers to no other workbook, no program and none of the
// `sheets_gone`; else what is wrong with it.
Finding judge_formula(std::string_view formula, const std::vector<std::string>& sheets_gone);

} // namespace sekisho::ooxml
