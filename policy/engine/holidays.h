// Japanese public holidays (国民の祝日に関する法律), from data/holidays-jp.txt.
#pragma once

#include "policy/engine/compiled.h"

namespace sekisho::policy {

// Sorted: the public holidays of the years that the data covers.
const std::vector<std::uint32_t>& japanese_holidays();

// Monday to Friday without public holidays. Days outside of the years that the data covers are not known.
CompiledCalendar japanese_workdays();

} // namespace sekisho::policy
