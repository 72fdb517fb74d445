// Lines and words of the small text formats of this room.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::sign {

class Lines {
public:
    explicit Lines(std::string_view text) : m_rest(text) {}
    // False at the end. A carriage return before the end of a line belongs to the end.
    bool next();
    std::string_view line() const { return m_line; }
    std::string place() const { return "line " + std::to_string(m_number); }

private:
    std::string_view m_rest;
    std::string_view m_line;
    unsigned m_number = 0;
};

// Cuts off and returns what stands before the first space; blanks around words do not matter.
std::string_view next_word(std::string_view& rest);

// Without sign, spaces or leading zeros.
std::optional<std::uint64_t> whole_number(std::string_view text, std::uint64_t most);

struct Days {
    std::chrono::sys_days first;
    std::chrono::sys_days last; // included
    bool contains(std::chrono::sys_days day) const { return first <= day && day <= last; }
    friend bool operator==(const Days&, const Days&) = default;
};
// "2026-04-01..2027-03-31"
std::optional<Days> parse_days(std::string_view text);
std::string to_text(const Days& days);

// A person's name: no two can look alike. 1 to 64 of a-z 0-9 . _ - @, beginning with a letter or digit.
bool is_person(std::string_view name);
// One line of UTF-8 without control characters, at most `most` bytes, without a space at its ends.
bool is_line(std::string_view text, std::size_t most);
// A file name without a folder.
bool is_file_name(std::string_view name);

} // namespace sekisho::sign
