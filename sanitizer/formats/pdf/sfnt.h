// The tables of a TrueType or OpenType font, each parsed and written anew.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

// What tables need to know of each other.
struct SfntFacts {
    std::uint16_t glyphs = 0;
    bool long_offsets = false; // of loca, in the input
};

struct Glyphs {
    Bytes glyf;
    Bytes loca;
    bool long_offsets = false;
    bool had_instructions = false;
};

struct Metrics {
    Bytes header;
    Bytes entries;
};

Result<Bytes> rewrite_head(View table, SfntFacts& facts);
Result<Bytes> rewrite_maxp(View table, SfntFacts& facts);
Result<Glyphs> rewrite_glyphs(View glyf, View loca, const SfntFacts& facts);
// hhea with hmtx, or vhea with vmtx.
Result<Metrics> rewrite_metrics(View header, View entries, const SfntFacts& facts);
Result<Bytes> rewrite_character_map(View table, const SfntFacts& facts);
Result<Bytes> rewrite_post(View table, const SfntFacts& facts);
Result<Bytes> rewrite_os2(View table);

} // namespace sekisho::pdf
