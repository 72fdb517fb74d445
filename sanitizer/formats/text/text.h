// Plain text and CSV: any Japanese charset in, clean UTF-8 out. Streams: memory does not grow with the file.
#pragma once

#include <cstdint>

#include "sanitizer/core/job.h"

namespace sekisho::text {

Result<Type> plain(Job& job);
Result<Type> csv(Job& job);

enum class Charset : std::uint8_t { ascii, utf8, utf16le, utf16be, cp932, euc_jp, iso_2022_jp };

struct Detected {
    Charset charset = Charset::ascii;
    std::uint32_t mark = 0; // bytes of a byte order mark at the start
};

// Reads the whole source: every byte of it is valid and mapped in the charset that is returned.
// Refuses Reason::text_charset (no charset fits) and Reason::text_binary (it holds NUL).
Result<Detected> detect_charset(const Source& in, Budget& budget);

// Reads ICU's tables, so that nothing has to be opened once the process is confined.
void warm_up();

} // namespace sekisho::text
