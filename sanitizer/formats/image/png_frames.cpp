#include "sanitizer/formats/image/png_frames.h"

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/png_chunk.h"
#include "sanitizer/formats/image/png_filter.h"
#include "sanitizer/formats/image/png_grey.h"
#include "sanitizer/formats/image/png_packer.h"
#include "sanitizer/formats/image/png_reader.h"

namespace sekisho::image {

namespace {

// The data of a frame as the IDAT chunks that a decoder knows.
Result<Bytes> data_of(const Source& in, const PngFrame& frame, const Limits& limits) {
    ByteWriter chunks;
    for (const auto& [offset, size] : frame.data) {
        if (size > limits.bytes_in_memory || chunks.size() > limits.bytes_in_memory - size)
            return refuse(Reason::limit_memory);
        Bytes content(size);
        if (TRY(in.read_at(offset, content)) != content.size()) return refuse(Reason::input_short);
        append_chunk(chunks, "IDAT", content);
    }
    return chunks.take();
}

Result<> copy_frame(View chunks, PngPlan& plan, Context& context, PngPacker& packer) {
    const MemorySource source(chunks);
    plan.data_offset = 0;
    plan.data_size = chunks.size();
    const std::size_t stride = plan.shape.row_bytes();
    const std::uint64_t size = std::uint64_t{stride} * plan.shape.height;
    if (size > context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    PngReader reader(source, context.budget(), plan);
    Bytes pixels(static_cast<std::size_t>(size));
    if (!reader.start() || !reader.read_all(pixels) || !reader.finish()) return refuse(reader.reason());
    PngFilter filter(plan.shape);
    PngGrey grey(plan);
    Bytes filtered(stride + 1);
    for (std::size_t row = 0; row < plan.shape.height; ++row) {
        grey.add(View(pixels).subspan(row * stride, stride));
        filter.apply(View(pixels).subspan(row * stride, stride), filtered);
        TRY(packer.add(filtered));
    }
    codes::look_for_codes(grey.grey(), context);
    return packer.finish();
}

} // namespace

void append_animation(ByteWriter& writer, std::uint32_t count, std::uint32_t plays) {
    ByteWriter content;
    content.u32be(count);
    content.u32be(plays);
    append_chunk(writer, "acTL", content.bytes());
}

void append_frame(ByteWriter& writer, const PngFrame& frame, std::uint32_t& sequence) {
    ByteWriter content;
    for (const std::uint32_t value : {sequence++, frame.width, frame.height, frame.x, frame.y}) content.u32be(value);
    content.u16be(frame.delay);
    content.u16be(frame.delay_unit);
    content.u8(frame.disposal);
    content.u8(frame.blend);
    append_chunk(writer, "fcTL", content.bytes());
}

Result<> copy_frames(const Source& in, const PngPlan& plan, Context& context, Sink& out) {
    std::uint32_t sequence = plan.animation.first_is_default ? 1 : 0;
    for (std::size_t i = sequence; i < plan.animation.frames.size(); ++i) {
        const PngFrame& frame = plan.animation.frames[i];
        TRY(context.budget().take_members());
        TRY(context.budget().take_picture(frame.width, frame.height));
        ByteWriter head;
        append_frame(head, frame, sequence);
        TRY(out.write(head.bytes()));
        PngPlan of_frame;
        of_frame.shape = plan.shape;
        of_frame.shape.width = frame.width;
        of_frame.shape.height = frame.height;
        of_frame.palette = plan.palette;
        of_frame.transparency = plan.transparency;
        const Bytes chunks = TRY(data_of(in, frame, context.limits()));
        const std::uint64_t total = (std::uint64_t{of_frame.shape.row_bytes()} + 1) * frame.height;
        const auto packer = TRY(PngPacker::make(out, total, context.limits(), &sequence));
        TRY(copy_frame(chunks, of_frame, context, *packer));
    }
    return {};
}

} // namespace sekisho::image
