// Word's complex fields (ECMA-376 part 1, 17.16) as a state machine over a stream: what an instruction says is known
// only after its last piece, so everything shown or said before that is noted and can be taken back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::ooxml {

// Finding::none if the instruction is harmless: its name is on the list and its arguments lead nowhere but to a safe
// address. `nested` where it contains other fields.
Finding judge_field(std::string_view instruction, bool nested);

struct Stretch { // of the output
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

class Fields {
public:
    enum class Mark : std::uint8_t { stays, goes };
    struct Verdict {
        Mark mark = Mark::stays;
        Finding finding = Finding::none;
        std::vector<Stretch> take_out;
    };

    // `revision`: 0 for plain text, else the kind of tracked change it stands in.
    void begin(int revision);
    // A piece of an instruction; false if it belongs to no field that could have one.
    bool say(std::string_view piece, int revision);
    Verdict separate(int revision);
    Verdict end(int revision);
    // Something within the run that belongs to an instruction, not to what is shown.
    void note(Stretch stretch);
    // Anything that makes the open instructions unclear.
    void poison();
    // What lies behind `position` has been cut off.
    void forget_from(std::uint64_t position);

    bool in_instruction() const { return m_instructing > 0; }
    bool any() const { return !m_open.empty(); }
    // A part of the text with fields of its own: a text box, a note, an alternative.
    void enter_story() { m_stories.push_back(m_open.size()); }
    Verdict leave_story();

private:
    struct Field {
        std::string instruction;
        std::size_t first_note = 0; // of m_notes
        int revision = 0;
        bool nested = false; // contains other fields
        bool poisoned = false;
        bool decided = false;
        bool keeps = false;
    };
    std::size_t floor() const { return m_stories.empty() ? 0 : m_stories.back(); }
    Verdict decide(Field& field);

    std::vector<Field> m_open;
    std::vector<std::size_t> m_stories;
    std::vector<Stretch> m_notes;
    std::size_t m_instructing = 0; // open fields that are not decided
};

} // namespace sekisho::ooxml
