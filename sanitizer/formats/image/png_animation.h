// An animated PNG from whole canvases of RGBA: each frame holds only what changed.
#pragma once

#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

class AnimationWriter {
public:
    AnimationWriter(std::uint32_t width, std::uint32_t height, Context& context, Sink& out);
    Result<> start(std::uint32_t frames, std::uint32_t plays, const std::optional<Profile>& profile);
    // As many as start() was told; shown for `delay` milliseconds.
    Result<> add(View canvas, std::uint32_t delay);
    Result<> finish();

private:
    PngFrame changed(View canvas) const;
    Result<> write(View canvas, const PngFrame& frame, std::uint32_t* sequence);

    PngShape m_shape;
    Context& m_context;
    Sink& m_out;
    Bytes m_before;
    std::uint32_t m_sequence = 0;
};

} // namespace sekisho::image
