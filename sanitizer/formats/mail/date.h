#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::mail {

// "Sun, 22 Nov 2026 20:56:10 +0900" from what RFC 5322 and its predecessors allow; empty for what is no date.
std::string canonical_date(std::string_view raw);
// The same from Windows' 100 ns since 1601, in UTC.
std::string date_of_filetime(std::uint64_t filetime);

} // namespace sekisho::mail
