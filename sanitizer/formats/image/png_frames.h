// Animated PNG: the chunks around a frame, and the frames of a file decoded and encoded again.
#pragma once

#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

void append_animation(ByteWriter& writer, std::uint32_t count, std::uint32_t plays);
void append_frame(ByteWriter& writer, const PngFrame& frame, std::uint32_t& sequence);
// The frames behind the picture itself, each with its fcTL.
Result<> copy_frames(const Source& in, const PngPlan& plan, Context& context, Sink& out);

} // namespace sekisho::image
