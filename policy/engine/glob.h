// Patterns for file names: * is any text, ? any one character, everything else itself; ASCII letters of either case are
// the same.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::policy {

inline constexpr std::size_t file_name_max = 255; // characters; longer names count as not known

// A file name as patterns are compared with it: composed (NFC), ASCII letters in lower case. Needs no heap.
class FoldedName {
public:
    // Nothing if it is not UTF-8 or too long.
    static std::optional<FoldedName> of(std::string_view name);
    std::u32string_view text() const { return {m_text.data(), m_size}; }

private:
    std::array<char32_t, file_name_max> m_text{};
    std::size_t m_size = 0;
};

// The pattern as it is kept: folded as names are. Nothing if it has too many stars or characters.
std::optional<std::u32string> folded_glob(std::string_view pattern);

bool glob_matches(std::u32string_view pattern, std::u32string_view name);

} // namespace sekisho::policy
