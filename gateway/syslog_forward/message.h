// One audit record or checkpoint as a syslog message (RFC 5424).
#pragma once

#include <string>
#include <string_view>

namespace sekisho::syslog {

// Structured-data id: the private enterprise number is the documentation one of RFC 5612 until the project has its own.
inline constexpr std::string_view structured_data_id = "sekisho@32473";

// The record's flat members become parameters of the structured data; the whole line is the message text.
std::string message_of_record(std::string_view line, std::string_view host);
std::string message_of_checkpoint(std::string_view text, std::string_view host);
// RFC 5425 section 4.3: MSG-LEN SP SYSLOG-MSG.
std::string framed(std::string_view message);

} // namespace sekisho::syslog
