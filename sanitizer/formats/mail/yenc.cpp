#include "sanitizer/formats/mail/yenc.h"

#include <charconv>
#include <optional>

#include <libdeflate.h>

namespace sekisho::mail {

namespace {

constexpr std::string_view begins = "=ybegin ", ends = "=yend ";

std::string_view line_at(std::string_view text, std::size_t at) {
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}
std::size_t behind_line(std::string_view text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    return end == text.npos ? text.size() : end + 1;
}

// "key=value"; the name is the last one and goes to the end of its line.
std::string_view value_of(std::string_view line, std::string_view key) {
    const std::size_t name = line.find(" name=");
    if (key == "name") return name == line.npos ? std::string_view() : line.substr(name + 6);
    const std::string wanted = " " + std::string(key) + "=";
    const std::size_t at = line.substr(0, name).find(wanted);
    if (at == line.npos) return {};
    const std::string_view value = line.substr(at + wanted.size());
    return value.substr(0, value.find(' '));
}

template <typename Number> std::optional<Number> number(std::string_view text, int base) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Bytes decode(std::string_view text) {
    Bytes out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto byte = static_cast<std::uint8_t>(text[i]);
        if (byte == '\r' || byte == '\n') continue;
        if (byte == '=' && i + 1 < text.size()) byte = static_cast<std::uint8_t>(text[++i] - 64);
        out.push_back(static_cast<std::uint8_t>(byte - 42));
    }
    return out;
}

Attachment made_of(std::string_view begin, std::string_view data, std::string_view end) {
    Attachment made{.name = std::string(value_of(begin, "name"))};
    if (made.name.empty()) made.name = "attachment";
    if (!value_of(begin, "part").empty() && value_of(begin, "total") != "1") {
        made.refused = refuse(Reason::archive_part).error();
        return made;
    }
    if (data.starts_with("=ypart ")) data.remove_prefix(behind_line(data, 0));
    made.content = decode(data);
    const std::string_view crc = value_of(end, "crc32");
    const bool whole = number<std::size_t>(value_of(end, "size"), 10) == made.content.size();
    const bool right =
        crc.empty() || number<std::uint32_t>(crc, 16) == libdeflate_crc32(0, made.content.data(), made.content.size());
    if (whole && right) return made;
    made.content.clear();
    made.refused = refuse(Reason::input_damaged).error();
    return made;
}

} // namespace

std::vector<Attachment> take_yencoded(Bytes& bytes) {
    std::vector<Attachment> found;
    const std::string_view text = as_text(bytes);
    Bytes rest;
    std::size_t at = 0, kept = 0; // kept: from where on the text is not yet in `rest`
    while (at < text.size()) {
        const std::string_view line = line_at(text, at);
        const std::size_t data = behind_line(text, at);
        if (!line.starts_with(begins)) {
            at = data;
            continue;
        }
        std::size_t end = data;
        while (end < text.size() && !line_at(text, end).starts_with(ends)) end = behind_line(text, end);
        if (end >= text.size()) break;
        found.push_back(made_of(line, text.substr(data, end - data), line_at(text, end)));
        const View before = View(bytes).subspan(kept, at - kept);
        rest.insert(rest.end(), before.begin(), before.end());
        at = kept = behind_line(text, end);
    }
    if (found.empty()) return found;
    const View behind = View(bytes).subspan(kept);
    rest.insert(rest.end(), behind.begin(), behind.end());
    bytes = std::move(rest);
    return found;
}

} // namespace sekisho::mail
