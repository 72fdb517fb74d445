#include "sanitizer/formats/calendar/line.h"

#include <algorithm>

namespace sekisho::calendar {

namespace {

constexpr std::size_t longest_name = 64, most_parameters = 32;

std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return made;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
        const char lower = static_cast<char>(c | 0x20);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool continues_quoted_printable(std::string_view line) {
    if (!line.ends_with('=')) return false;
    return upper(line.substr(0, line.find(':'))).find("QUOTED-PRINTABLE") != std::string::npos;
}

// Up to one of `stops` outside of quotes; takes it off `text`.
std::string take_value(std::string_view& text, std::string_view stops) {
    std::string made;
    bool quoted = false;
    while (!text.empty() && (quoted || stops.find(text.front()) == stops.npos)) {
        if (text.front() == '"')
            quoted = !quoted;
        else
            made += text.front();
        text.remove_prefix(1);
    }
    return made;
}

bool take_parameter(std::string_view& text, Line& line) {
    const std::size_t end = text.find_first_of("=;:");
    if (end == text.npos) return false;
    const std::string_view name = text.substr(0, end);
    if (!is_name(name) || line.parameters.size() >= most_parameters) return false;
    text.remove_prefix(end);
    if (text.front() != '=') {
        line.parameters.push_back({"TYPE", {std::string(name)}});
        return true;
    }
    Parameter made{upper(name), {}};
    do {
        text.remove_prefix(1);
        made.values.push_back(take_value(text, ",;:"));
    } while (!text.empty() && text.front() == ',');
    line.parameters.push_back(std::move(made));
    return !text.empty();
}

} // namespace

std::vector<std::string> unfold(std::string_view text) {
    std::vector<std::string> lines;
    bool joins = false;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
        if (joins) {
            lines.back().pop_back(); // "="
            lines.back() += line;
        } else if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !lines.empty()) {
            lines.back() += line.substr(1);
        } else if (!line.empty()) {
            lines.emplace_back(line);
        }
        joins = !lines.empty() && !line.empty() && continues_quoted_printable(lines.back());
    }
    return lines;
}

std::optional<Line> parse_line(std::string_view text) {
    Line line;
    const std::size_t end = text.find_first_of(";:");
    if (end == text.npos) return std::nullopt;
    std::string_view name = text.substr(0, end);
    const std::size_t dot = name.find('.');
    if (dot != name.npos) {
        line.group = std::string(name.substr(0, dot));
        if (!is_name(line.group)) return std::nullopt;
        name.remove_prefix(dot + 1);
    }
    if (!is_name(name)) return std::nullopt;
    line.name = upper(name);
    text.remove_prefix(end);
    while (text.starts_with(';')) {
        text.remove_prefix(1);
        if (!take_parameter(text, line)) return std::nullopt;
    }
    if (!text.starts_with(':')) return std::nullopt;
    line.value = std::string(text.substr(1));
    return line;
}

void write_line(const Line& line, std::string& out) {
    constexpr std::size_t longest = 75;
    std::string whole = line.group.empty() ? line.name : line.group + "." + line.name;
    for (const Parameter& parameter : line.parameters) {
        whole += ";" + parameter.name + "=";
        for (std::size_t i = 0; i < parameter.values.size(); ++i) {
            const std::string& value = parameter.values[i];
            const bool quote = value.find_first_of(",;:") != value.npos;
            whole += (i > 0 ? "," : "") + (quote ? "\"" + value + "\"" : value);
        }
    }
    whole += ":" + line.value;
    std::string_view rest = whole;
    std::size_t room = longest;
    while (rest.size() > room) {
        std::size_t cut = room;
        while (cut > 1 && (static_cast<unsigned char>(rest[cut]) & 0xC0) == 0x80) --cut;
        out += rest.substr(0, cut);
        out += "\r\n ";
        rest.remove_prefix(cut);
        room = longest - 1;
    }
    out += rest;
    out += "\r\n";
}

} // namespace sekisho::calendar
