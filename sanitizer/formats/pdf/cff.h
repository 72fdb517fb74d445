// Parts of Compact Font Format fonts (Adobe Technical Notes 5176 and 5177).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

using CffIndex = std::vector<View>;

// Reads an INDEX and leaves the reader behind it.
Result<CffIndex> read_cff_index(ByteReader& reader);
void put_cff_index(ByteWriter& out, const std::vector<Bytes>& items);

struct CffNumber {
    std::int32_t whole = 0;
    std::string real; // decimal text, if it is not a whole number
};
// Operands by operator; two-byte operators are 0x0C00 + second byte.
using CffDict = std::map<std::uint16_t, std::vector<CffNumber>>;

Result<CffDict> read_cff_dict(View data);
void put_cff_entry(ByteWriter& out, std::uint16_t operation, const std::vector<CffNumber>& operands);
// A number that always takes five bytes, so that offsets can be filled in later.
void put_cff_offset(ByteWriter& out, std::uint32_t value);

// Interprets a Type 2 charstring and writes it without subroutines. `steps` is the work that is left for the font.
Result<Bytes> flatten_charstring(View charstring, const CffIndex& global, const CffIndex& local, std::size_t& steps);

} // namespace sekisho::pdf
