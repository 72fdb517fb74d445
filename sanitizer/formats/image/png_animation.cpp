#include "sanitizer/formats/image/png_animation.h"

#include <algorithm>

#include "sanitizer/formats/image/png_chunk.h"
#include "sanitizer/formats/image/png_encode.h"
#include "sanitizer/formats/image/png_filter.h"
#include "sanitizer/formats/image/png_frames.h"
#include "sanitizer/formats/image/png_packer.h"

namespace sekisho::image {

AnimationWriter::AnimationWriter(std::uint32_t width, std::uint32_t height, Context& context, Sink& out)
    : m_context(context), m_out(out) {
    m_shape.width = width;
    m_shape.height = height;
    m_shape.colour = 6;
}

Result<> AnimationWriter::start(std::uint32_t frames, std::uint32_t plays, const std::optional<Profile>& profile) {
    ByteWriter head;
    append_start(head, m_shape, false);
    if (profile) append_chunk(head, "iCCP", TRY(packed_profile(*profile)));
    append_animation(head, frames, plays);
    return m_out.write(head.bytes());
}

// The smallest rectangle outside of which nothing differs; one pixel if nothing does.
PngFrame AnimationWriter::changed(View canvas) const {
    const std::size_t stride = m_shape.row_bytes();
    const auto row_differs = [&](std::size_t y) {
        return !std::ranges::equal(canvas.subspan(y * stride, stride), View(m_before).subspan(y * stride, stride));
    };
    std::size_t top = 0;
    std::size_t bottom = m_shape.height;
    while (top < bottom && !row_differs(top)) ++top;
    while (bottom > top && !row_differs(bottom - 1)) --bottom;
    std::size_t left = m_shape.width;
    std::size_t right = 0;
    for (std::size_t y = top; y < bottom; ++y)
        for (std::size_t x = 0; x < m_shape.width; ++x) {
            const std::size_t at = y * stride + 4 * x;
            if (std::ranges::equal(canvas.subspan(at, 4), View(m_before).subspan(at, 4))) continue;
            left = std::min(left, x);
            right = std::max(right, x + 1);
        }
    PngFrame frame;
    if (top == bottom) {
        frame.width = frame.height = 1;
        return frame;
    }
    frame.x = static_cast<std::uint32_t>(left);
    frame.y = static_cast<std::uint32_t>(top);
    frame.width = static_cast<std::uint32_t>(right - left);
    frame.height = static_cast<std::uint32_t>(bottom - top);
    return frame;
}

Result<> AnimationWriter::write(View canvas, const PngFrame& frame, std::uint32_t* sequence) {
    PngShape shape = m_shape;
    shape.width = frame.width;
    shape.height = frame.height;
    const std::uint64_t total = (std::uint64_t{shape.row_bytes()} + 1) * shape.height;
    const auto packer = TRY(PngPacker::make(m_out, total, m_context.limits(), sequence));
    PngFilter filter(shape);
    Bytes filtered(shape.row_bytes() + 1);
    for (std::size_t y = frame.y; y < std::size_t{frame.y} + frame.height; ++y) {
        TRY(m_context.budget().check_time());
        filter.apply(canvas.subspan(y * m_shape.row_bytes() + 4 * std::size_t{frame.x}, shape.row_bytes()), filtered);
        TRY(packer->add(filtered));
    }
    return packer->finish();
}

Result<> AnimationWriter::add(View canvas, std::uint32_t delay) {
    if (canvas.size() != m_shape.row_bytes() * m_shape.height) return refuse(Reason::internal);
    PngFrame frame;
    frame.width = m_shape.width;
    frame.height = m_shape.height;
    const bool first = m_before.empty();
    if (!first) frame = changed(canvas);
    frame.delay = static_cast<std::uint16_t>(std::min(delay, 65535U));
    frame.delay_unit = 1000;
    ByteWriter head;
    append_frame(head, frame, m_sequence);
    TRY(m_out.write(head.bytes()));
    TRY(write(canvas, frame, first ? nullptr : &m_sequence));
    m_before.assign(canvas.begin(), canvas.end());
    return {};
}

Result<> AnimationWriter::finish() {
    ByteWriter end;
    append_chunk(end, "IEND", {});
    return m_out.write(end.bytes());
}

} // namespace sekisho::image
