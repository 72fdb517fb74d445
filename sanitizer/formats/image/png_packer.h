// Packs filtered rows into IDAT chunks (fdAT of an animation, if a sequence number is given): by libdeflate if they fit
// in memory together, else by zlib as they come.
#pragma once

#include <memory>

#include "base/stream/stream.h"
#include "sanitizer/core/limits.h"

namespace sekisho::image {

class PngPacker {
public:
    // `total` is the size of all filtered rows. `sequence` is counted on for every chunk.
    static Result<std::unique_ptr<PngPacker>> make(Sink& out, std::uint64_t total, const Limits& limits,
                                                   std::uint32_t* sequence = nullptr);
    virtual ~PngPacker() = default;
    virtual Result<> add(View filtered) = 0;
    virtual Result<> finish() = 0;
};

} // namespace sekisho::image
