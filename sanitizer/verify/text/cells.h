// Watches CSV for cells that a spreadsheet would run, under every delimiter and quoting it may assume. One character at
// a time, no look-ahead.
#pragma once

#include <cstdint>

namespace sekisho::verify {

class Cells {
public:
    // False: with this character a cell becomes one that runs.
    bool next(char32_t point);

private:
    // Something behind a trigger, up to the next separator or, if a quote opened it, the next quote.
    struct Candidate {
        bool open = false;
        bool quoted = false;
        bool letter = false;
        bool call = false;
        std::uint32_t length = 0;
        void end_at(char32_t point);
    };

    void begin(char32_t point);
    bool runs(char32_t point);

    bool m_start = true; // a cell may begin here, blanks and quotes skipped
    bool m_quoted = false;
    Candidate m_signed; // behind + or -
    Candidate m_equal;  // behind = or @
};

} // namespace sekisho::verify
