// A text held whole, for formats whose parser needs all of it: decoded, cleaned, UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::text {

struct Whole {
    std::string text; // no control or bidirectional-override character
    std::uint64_t controls = 0, bidi = 0, zero_width = 0;
    bool converted = false;    // it was in another charset than UTF-8
    bool contradicted = false; // it was not in the charset that it declares
    bool damaged = false;      // only decode_lossy(): something became U+FFFD
};

// The charset is the byte order mark's; else `label`'s, if all of it decodes so; else the one that fits.
// Refuses Reason::text_charset, text_binary and limit_memory.
Result<Whole> read_whole(const Source& in, std::string_view label, Budget& budget);
// The same for what must be read whatever it holds (a mail's body): what no charset fits is U+FFFD.
Whole decode_lossy(View bytes, std::string_view label, Budget& budget);

// Records what was found.
void note(Context& context, const Whole& whole);

// Removes characters from text that was made after decoding (character references, escapes), counting as above.
void clean_again(std::string& utf8, Whole& counts);

} // namespace sekisho::text
