#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::mail {

// As lenient as mail programs are: what is not of the alphabet is passed over.
Bytes decode_base64(std::string_view text);
Bytes decode_quoted_printable(std::string_view text, bool in_header);
// In lines of 76 with CRLF.
std::string encode_base64(View bytes);

// Files between "begin 644 name" and "end" in a text; they are taken out of it.
struct Uuencoded {
    std::string name;
    Bytes content;
};
std::vector<Uuencoded> take_uuencoded(std::string& text);
Bytes decode_uuencode(std::string_view text);

} // namespace sekisho::mail
