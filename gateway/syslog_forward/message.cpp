#include "gateway/syslog_forward/message.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "gateway/audit/events.h"

namespace sekisho::syslog {

namespace json = boost::json;

namespace {

constexpr int facility = 13; // log audit (RFC 5424 table 1)
constexpr int informational = 6;
constexpr std::size_t longest_message_id = 32;
constexpr std::size_t longest_parameter = 512;
constexpr std::string_view nil = "-";

// RFC 5424 section 6.3.3: in a parameter value '"', '\' and ']' are escaped.
std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value.substr(0, longest_parameter)) {
        if (c == '"' || c == '\\' || c == ']') out += '\\';
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    // The cut above may have gone through a UTF-8 character: drop its beginning.
    while (!out.empty() && value.size() > longest_parameter && (static_cast<unsigned char>(out.back()) & 0x80) != 0)
        out.pop_back();
    return out;
}

// SD-NAME and MSGID are printable ASCII without space, '=', ']' and '"'.
std::string name_of(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, longest_message_id))
        out += c > 32 && c < 127 && c != '=' && c != ']' && c != '"' ? c : '_';
    return out.empty() ? std::string(nil) : out;
}

std::string parameters_of(const json::object& record) {
    std::string parameters;
    for (const auto& [key, value] : record) {
        if (key == "time" || value.is_array() || value.is_object() || value.is_null()) continue;
        const std::string text = value.is_string() ? std::string(value.as_string()) : json::serialize(value);
        parameters += fmt::format(" {}=\"{}\"", name_of(key), escaped(text));
    }
    return parameters;
}

std::string message(int severity, std::string_view time, std::string_view host, std::string_view id,
                    std::string_view parameters, std::string_view text) {
    // The byte order mark says that the text is UTF-8 (RFC 5424 section 6.4).
    return fmt::format("<{}>1 {} {} sekisho - {} [{}{}] \xEF\xBB\xBF{}", facility * 8 + severity, time, name_of(host),
                       name_of(id), structured_data_id, parameters, text);
}

} // namespace

std::string message_of_record(std::string_view line, std::string_view host) {
    boost::system::error_code broken;
    const json::value value = json::parse(line, broken);
    const json::object* record = broken ? nullptr : value.if_object();
    if (!record) return message(informational, nil, host, "audit.record", "", line);
    const auto text_of = [record](std::string_view key) {
        const json::value* found = record->if_contains(key);
        return found && found->is_string() ? std::string(found->as_string()) : std::string(nil);
    };
    const std::string event = text_of("event");
    return message(audit::severity_of(event), text_of("time"), host, event, parameters_of(*record), line);
}

std::string message_of_checkpoint(std::string_view text, std::string_view host) {
    std::string one_line(text);
    std::ranges::replace(one_line, '\n', '|');
    return message(informational, nil, host, "audit.checkpoint", fmt::format(" checkpoint=\"{}\"", escaped(one_line)),
                   one_line);
}

std::string framed(std::string_view message) {
    return fmt::format("{} {}", message.size(), message);
}

} // namespace sekisho::syslog
