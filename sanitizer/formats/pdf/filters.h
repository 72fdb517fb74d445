// Decoders for the general filters (ISO 32000-1, 7.4). All are bounded by a limit given by the caller; a damaged end
// yields what came before it, as readers do.
#pragma once

#include <cstdint>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

// Inflates zlib data. `guess` is the size to try first (0: unknown). Refuses with Reason::limit_bytes beyond `limit`.
// `consumed`, if given, receives how many input bytes were used.
Result<Bytes> inflate(View packed, std::size_t guess, std::uint64_t limit, std::size_t* consumed = nullptr);
Result<Bytes> decode_lzw(View packed, bool early_change, std::uint64_t limit);
Result<Bytes> decode_run_length(View packed, std::uint64_t limit);
Bytes decode_ascii_hex(View packed);
Bytes decode_ascii85(View packed);

struct Predictor {
    int kind = 1; // 1 none, 2 TIFF, 10 and above PNG
    int colors = 1;
    int bits = 8;
    int columns = 1;
};
Result<Bytes> undo_predictor(Bytes data, const Predictor& predictor);

} // namespace sekisho::pdf
