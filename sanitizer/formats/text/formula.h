// Takes the trigger out of spreadsheet formulas in CSV.
//
// The rule holds for every reading of the file: whatever delimiter (comma, TAB, semicolon) and whatever quoting a
// spreadsheet assumes, a cell begins behind a delimiter or a line end. So behind each of those, blanks and quotes
// skipped, the next character is looked at:
//   = @     a formula, unless nothing but signs follows ("====")
//   + -     a formula if what follows can name a function, a sheet or a program: "|" (DDE), or a letter with "(" or
//           "!"; numbers, dates, telephone numbers and plain words are not
// A formula gets an apostrophe before it, which makes it text. Full-width forms count as their ASCII ones.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::text {

class Defuser {
public:
    // Appends to `out` what is decided of the valid UTF-8 in `text` and returns how much that was; the rest is to be
    // given again, with more behind it. With `last` all is decided.
    std::size_t feed(std::string_view text, bool last, std::string& out);
    std::uint64_t defused() const { return m_defused; }

private:
    bool m_at_start = true; // of a cell, in some reading
    bool m_quoted = false;  // and a quote was skipped since
    std::uint64_t m_defused = 0;
};

} // namespace sekisho::text
