// Group codes and their values (Autodesk, DXF Reference, "Group Codes in DXF Files"), in the text and the binary form.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::dxf {

enum class Value : std::uint8_t { text, real, whole, flag, handle, chunk, none };

// What kind of value a group code has; `none` for a code that the reference does not know.
Value value_of(int code);

struct Group {
    int code = 0;
    std::string_view text; // as the text form has it; of the binary form, valid until the next group is read
};

class Reader {
public:
    // Refuses Reason::cad_damaged if the binary form's sign is there and nothing follows.
    static Result<Reader> of(View file);

    bool binary() const { return m_binary; }
    bool at_end() const;
    Result<Group> next();
    // Everything after the group that was read last.
    View rest() const { return m_file.subspan(m_at); }

private:
    Reader(View file, bool binary, bool wide_codes, std::size_t at)
        : m_file(file), m_binary(binary), m_wide_codes(wide_codes), m_at(at) {}
    Result<std::string_view> line();
    Result<Group> next_binary();
    Result<> binary_value(ByteReader& in, int code);

    View m_file;
    bool m_binary;
    bool m_wide_codes; // two bytes a code, since R13
    std::size_t m_at;
    std::string m_made; // the text form of a binary value
};

} // namespace sekisho::dxf
