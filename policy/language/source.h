// The text of a policy and where things are in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::policy {

inline constexpr std::size_t source_bytes_max = 1 << 20;
inline constexpr std::size_t sources_max = 64;
inline constexpr std::size_t sources_bytes_max = 4 << 20; // of all files of a policy together

// One file of a policy: the name as an `include` writes it, and what is in it.
struct SourceText {
    std::string name;
    std::string text;
    friend bool operator==(const SourceText&, const SourceText&) = default;
};

// The files of a policy, the main one first; the others in any order.
using Sources = std::vector<SourceText>;

// Byte offsets into one file, end exclusive.
struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint16_t file = 0; // its index in the Sources
};

// Both lie in the same file.
inline Span join(Span first, Span last) {
    return {first.begin, last.end, first.file};
}

// Both count from 1; the column is in terminal cells, as the officer sees it.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

// A tab goes on to the next multiple of this many cells.
inline constexpr unsigned tab_cells = 4;

// Borrows the text.
class Source {
public:
    Source(std::string_view name, std::string_view text, std::uint16_t file = 0);

    const std::string& name() const { return m_name; }
    std::uint16_t file() const { return m_file; }
    std::string_view text() const { return m_text; }
    std::size_t line_count() const { return m_lines.size(); }
    // Without its line end. Lines count from 1.
    std::string_view line(std::uint32_t number) const;
    std::uint32_t line_begin(std::uint32_t number) const;
    std::uint32_t line_of(std::uint32_t offset) const;
    Position position(std::uint32_t offset) const;

private:
    std::string m_name;
    std::uint16_t m_file;
    std::string_view m_text;
    std::vector<std::uint32_t> m_lines; // offset of each line
};

} // namespace sekisho::policy
