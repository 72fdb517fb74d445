// QR codes in pictures.
#pragma once

#include <string>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/codes/grey.h"

namespace sekisho::codes {

// What the QR codes of a picture say, byte for byte; at most `most_codes` of them.
constexpr std::size_t most_codes = 8;
std::vector<Bytes> read_codes(const Grey& grey);

// Whether a phone that reads this goes somewhere, or offers to: text that starts with the scheme of an address
// (RFC 3986 3.1) or with "www.". A wireless network or a business card in a code is content, no address.
bool is_address(View text);

// Records each address that a code of the picture leads to.
void look_for_codes(const Grey& grey, Context& context);
// The same of whole pixels, rows without gaps.
void look_for_codes(View pixels, std::uint32_t width, std::uint32_t height, unsigned samples, Context& context);

} // namespace sekisho::codes
