// The charsets in which drawings hold text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::cad {

// ascii is written only: everything else is an escape.
enum class Coding : std::uint8_t { utf8, cp932, cp1252, ascii };

// UTF-8 of the bytes; nothing if one of them has no meaning.
std::optional<std::string> decode(std::string_view bytes, Coding coding);
bool decodes(std::string_view bytes, Coding coding);
// The bytes of UTF-8 text; what the charset lacks becomes "\U+XXXX", as CAD programs write it.
std::string encode(std::string_view utf8, Coding coding);

void append(std::string& utf8, char32_t point);
std::u32string points_of(std::string_view utf8);

// Takes control characters, line ends and characters that reverse the order off; true if there were any.
bool clean(std::string& utf8);

// Text of a drawing on its way through: decoded, cleaned, encoded; counts what it found.
class Texts {
public:
    Texts(Coding from, Coding to) : m_from(from), m_to(to) {}
    // What is not in the charset is read as Windows-1252, in which nearly every byte has a meaning.
    std::string pass(std::string_view bytes);
    std::string decoded(std::string_view bytes);
    std::string encoded(std::string_view utf8) const { return encode(utf8, m_to); }
    void note(Context& context) const;

private:
    Coding m_from, m_to;
    bool m_cleaned = false, m_foreign = false;
};

} // namespace sekisho::cad
