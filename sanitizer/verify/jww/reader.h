// Takes the fields of a delivered drawing off, one after the other.
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::verify::archive_file {

class Reader {
public:
    explicit Reader(View file) : m_in(file) {}
    ByteReader& in() { return m_in; }

    Result<> reals(std::size_t count);
    Result<> numbers(std::size_t count) { return m_in.skip(4 * count); }
    // `lines`: line ends are allowed. `words`: it must not load a file.
    enum class Text : unsigned char { lines, name, words };
    Result<> text(Text kind);
    Result<std::uint32_t> count();
    Result<std::string_view> object(); // the name of its class, borrowed from the file

private:
    Result<std::uint32_t> length(bool& wide);
    Result<> units(View text, Text kind);
    Result<> bytes(View text, Text kind);

    struct Named {
        std::uint32_t number;
        std::string_view name;
    };
    ByteReader m_in;
    std::vector<Named> m_classes;
    std::uint32_t m_number = 1;
};

} // namespace sekisho::verify::archive_file
