// Files whose whole content is a text.
#pragma once

#include <algorithm>
#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::rows {

// A text as a template argument, so that a file is made by a plain function.
template <std::size_t size> struct Words {
    char text[size];
    constexpr Words(const char (&from)[size]) { std::copy_n(from, size, text); }
};

template <Words content> Bytes written() {
    return to_bytes(std::string_view(content.text, sizeof content.text - 1));
}

} // namespace sekisho::rows
