// Dates of cells (ISO 8601, t="d") as the serial numbers that every spreadsheet program counts with.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::ooxml {

// Days since the workbook's epoch, with the time as a fraction; nothing if it is no date, or one before the epoch.
std::optional<std::string> serial_of(std::string_view date, bool since_1904);

} // namespace sekisho::ooxml
