// Type 1 fonts (Adobe Type 1 Font Format, 1990): the PostScript around the outlines is read for its values only.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

struct Type1Font {
    std::string name = "Font";
    std::string matrix = "0.001 0 0 0.001 0 0";
    std::string box = "0 0 0 0";
    bool standard_encoding = true;
    std::array<std::string, 256> encoding;    // names of glyphs; empty = .notdef
    std::map<std::string, std::string> hints; // of the private dictionary, spelled
    std::vector<Bytes> subroutines;           // decrypted
    std::vector<std::pair<std::string, Bytes>> glyphs;
};

Result<Type1Font> read_type1(View program);
// Decodes and writes one charstring; `calls` receives the subroutines it uses.
Result<Bytes> rewrite_type1_charstring(View charstring, std::size_t subroutines, std::vector<std::size_t>& calls);

// Section 7.1: both ciphers of Type 1 differ in their key only.
constexpr std::uint16_t eexec_key = 55665;
constexpr std::uint16_t charstring_key = 4330;
Bytes type1_decrypt(View data, std::uint16_t key, std::size_t skip);
Bytes type1_encrypt(View data, std::uint16_t key);

} // namespace sekisho::pdf
