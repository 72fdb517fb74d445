// Bytes of Windows code pages to characters.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

struct UConverter;

namespace sekisho::metafile {

class CodePage {
public:
    CodePage();
    ~CodePage();
    CodePage(const CodePage&) = delete;
    CodePage& operator=(const CodePage&) = delete;

    // `advances` has one number per byte (or none); those of a character's bytes are added up.
    std::u32string decode(View bytes, unsigned charset, std::vector<double>& advances) const;

private:
    char32_t double_byte(std::uint8_t lead, std::uint8_t trail) const;
    UConverter* m_shift_jis;
};

// UTF-16 to characters, joining the advances of surrogates. Half pairs become U+FFFD.
std::u32string join_pairs(std::u16string_view text, std::vector<double>& advances);

} // namespace sekisho::metafile
