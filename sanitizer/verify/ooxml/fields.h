// Word's complex fields as they stand in a part: each instruction is put together from its pieces and judged.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho::verify {

class Fields {
public:
    // A text of its own (text box, note, alternative) between them; a field must not be unfinished at its end.
    void enter();
    Result<> leave();

    // `revision`: in which kinds of tracked change it stands; one instruction stands in one.
    Result<> mark(std::string_view type, unsigned revision);
    Result<> instruction(std::string_view piece, unsigned revision);
    // Shown text; within an instruction it counts as a piece of it.
    Result<> shown(std::string_view text, unsigned revision);
    // A field that is written in one element.
    Result<> simple(std::string_view instruction) const;
    bool in_instruction() const;

private:
    struct Field {
        std::string instruction;
        unsigned revision = 0;
        bool nested = false;
        bool judged = false;
    };
    std::size_t floor() const { return m_texts.empty() ? 0 : m_texts.back(); }
    Field* open() { return m_fields.size() > floor() ? &m_fields.back() : nullptr; }
    static Result<> judge(Field& field, unsigned revision);

    std::vector<Field> m_fields;
    std::vector<std::size_t> m_texts; // fields that were open where each began
};

} // namespace sekisho::verify
