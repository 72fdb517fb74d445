// Formulas of spreadsheets and texts (ODF 1.3 part 4, OpenFormula): may this one stay?
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::odf {

// Names that stood for something outside of the document, in small letters. What uses them keeps its last value.
using NamesGone = std::set<std::string, std::less<>>;
std::string small_letters(std::string_view name);

// Finding::none if every function of it is on the list and it refers to nothing outside of the document; else what is
// wrong with it. "of:=SUM([.A1:.A3])", with any of the prefixes that programs write.
Finding judge_formula(std::string_view formula, const NamesGone& gone = {});

// The same for conditions of validity, styles and hidden texts, which have functions of their own.
Finding judge_condition(std::string_view condition, const NamesGone& gone = {});

// "$Sheet1.$A$1:.$B$2 'Sheet 2'.A1": true if no part of it lies in another document.
bool range_is_inside(std::string_view range);

// "'file:///a.ods'#Sheet1": a table of that name is LibreOffice's copy of one in another document, and ties the two.
bool is_table_of_another_document(std::string_view name);

} // namespace sekisho::odf
