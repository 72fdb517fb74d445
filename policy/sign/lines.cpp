#include "policy/sign/lines.h"

#include <algorithm>
#include <charconv>

#include "base/text/utf8.h"

namespace sekisho::sign {

namespace {

std::optional<std::chrono::sys_days> parse_day(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto number = [&](std::size_t begin, std::size_t count) {
        int value = -1;
        const char* end = text.data() + begin + count;
        const bool digits = std::ranges::all_of(text.substr(begin, count), [](char c) { return c >= '0' && c <= '9'; });
        return digits && std::from_chars(text.data() + begin, end, value).ptr == end ? value : -1;
    };
    const int year_number = number(0, 4), month_number = number(5, 2), day_number = number(8, 2);
    if (year_number < 1970 || month_number < 1 || day_number < 1) return std::nullopt;
    const year_month_day date(year(year_number), month(static_cast<unsigned>(month_number)),
                              day(static_cast<unsigned>(day_number)));
    if (!date.ok()) return std::nullopt;
    return sys_days(date);
}

std::string to_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::string text = std::to_string(10000 + static_cast<int>(date.year())).substr(1);
    text += '-' + std::to_string(100 + static_cast<unsigned>(date.month())).substr(1);
    return text + '-' + std::to_string(100 + static_cast<unsigned>(date.day())).substr(1);
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

} // namespace

bool Lines::next() {
    if (m_rest.empty()) return false;
    const std::size_t end = m_rest.find('\n');
    m_line = m_rest.substr(0, end);
    m_rest = end == std::string_view::npos ? std::string_view() : m_rest.substr(end + 1);
    if (m_line.ends_with('\r')) m_line.remove_suffix(1);
    ++m_number;
    return true;
}

std::string_view next_word(std::string_view& rest) {
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, is_blank) - rest.begin());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end);
    while (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    return word;
}

std::optional<std::uint64_t> whole_number(std::string_view text, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
    if (!whole || number > most || std::to_string(number) != text) return std::nullopt;
    return number;
}

std::optional<Days> parse_days(std::string_view text) {
    if (text.size() != 22 || text.substr(10, 2) != "..") return std::nullopt;
    const auto first = parse_day(text.substr(0, 10));
    const auto last = parse_day(text.substr(12));
    if (!first || !last || *last < *first) return std::nullopt;
    return Days{*first, *last};
}

std::string to_text(const Days& days) {
    return to_text(days.first) + ".." + to_text(days.last);
}

bool is_person(std::string_view name) {
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    const auto allowed = [&](char c) { return plain(c) || std::string_view("._-@").find(c) != std::string_view::npos; };
    return !name.empty() && name.size() <= 64 && plain(name.front()) && std::ranges::all_of(name, allowed);
}

bool is_line(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most || text.front() == ' ' || text.back() == ' ' || !is_utf8(text)) return false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text.substr(i));
        const char32_t c = utf8_character(text.substr(i, length));
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) return false;
        i += length;
    }
    return true;
}

bool is_file_name(std::string_view name) {
    return is_line(name, 255) && name.find('/') == std::string_view::npos && !name.starts_with('.');
}

} // namespace sekisho::sign
