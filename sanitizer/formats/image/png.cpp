// A PNG picture, decoded and encoded again.
#include <new>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/icc.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/image/png_chunk.h"
#include "sanitizer/formats/image/png_encode.h"
#include "sanitizer/formats/image/png_filter.h"
#include "sanitizer/formats/image/png_frames.h"
#include "sanitizer/formats/image/png_grey.h"
#include "sanitizer/formats/image/png_packer.h"
#include "sanitizer/formats/image/png_plan.h"
#include "sanitizer/formats/image/png_reader.h"

namespace sekisho::image {

namespace {

// iCCP or sRGB, whichever says how the colours are meant.
Result<> append_profile(ByteWriter& head, const PngPlan& plan, Context& context) {
    const std::uint8_t intent = plan.srgb.value_or(0);
    if (!plan.has_icc) {
        if (plan.srgb) append_chunk(head, "sRGB", View(&intent, 1));
        return {};
    }
    const auto profile = parse_profile(plan.icc);
    const bool grey = plan.shape.colour == 0 || plan.shape.colour == 4;
    if (!profile || profile->grey != grey) {
        context.found(Finding::image_icc, Action::removed);
        return {};
    }
    if (is_srgb(*profile))
        append_chunk(head, "sRGB", View(&intent, 1));
    else
        append_chunk(head, "iCCP", TRY(packed_profile(*profile)));
    return {};
}

void append_numbers(ByteWriter& head, const PngPlan& plan) {
    if (plan.gamma) {
        ByteWriter content;
        content.u32be(*plan.gamma);
        append_chunk(head, "gAMA", content.bytes());
    }
    if (plan.primaries) {
        ByteWriter content;
        for (const std::uint32_t value : *plan.primaries) content.u32be(value);
        append_chunk(head, "cHRM", content.bytes());
    }
}

Result<Bytes> make_head(const PngPlan& plan, Context& context) {
    ByteWriter head;
    append_start(head, plan.shape, false);
    TRY(append_profile(head, plan, context));
    append_numbers(head, plan);
    if (plan.shape.colour == 3) append_chunk(head, "PLTE", plan.palette);
    if (!plan.transparency.empty()) append_chunk(head, "tRNS", plan.transparency);
    if (plan.density) {
        ByteWriter content;
        content.u32be(plan.density->x);
        content.u32be(plan.density->y);
        content.u8(plan.density->unit);
        append_chunk(head, "pHYs", content.bytes());
    }
    if (plan.animation.usable()) {
        const PngAnimation& animation = plan.animation;
        append_animation(head, animation.count, animation.plays & 0x7FFFFFFF);
        std::uint32_t sequence = 0;
        if (animation.first_is_default) append_frame(head, animation.frames[0], sequence);
    }
    return head.take();
}

Result<> copy_rows(PngReader& reader, const PngPlan& plan, PngPacker& packer, Context& context) {
    const std::size_t stride = plan.shape.row_bytes();
    PngFilter filter(plan.shape);
    PngGrey grey(plan);
    Bytes filtered(stride + 1);
    Bytes pixels(stride);
    if (plan.shape.interlaced) {
        if (std::uint64_t{stride} * plan.shape.height > context.limits().bytes_in_memory)
            return refuse(Reason::limit_memory);
        pixels.resize(stride * plan.shape.height);
        if (!reader.read_all(pixels)) return refuse(reader.reason());
    }
    for (std::size_t row = 0; row < plan.shape.height; ++row) {
        if (!plan.shape.interlaced && !reader.read_row(pixels)) return refuse(reader.reason());
        const View current = View(pixels).subspan(plan.shape.interlaced ? row * stride : 0, stride);
        grey.add(current);
        filter.apply(current, filtered);
        TRY(packer.add(filtered));
    }
    if (!reader.finish()) return refuse(reader.reason());
    codes::look_for_codes(grey.grey(), context);
    return {};
}

void note(Context& context, const PngPlan& plan) {
    if (plan.metadata) context.found(Finding::image_metadata, Action::removed);
    if (plan.gps) context.found(Finding::image_gps, Action::removed);
    if (plan.thumbnail) context.found(Finding::image_thumbnail, Action::removed);
    if (plan.comment) context.found(Finding::image_comment, Action::removed);
    const bool lost = plan.animation.declared && !plan.animation.usable();
    if (lost || (!plan.animation.declared && plan.animation.sequence != 0))
        context.found(Finding::image_animation, Action::removed);
    if (plan.unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (plan.trailing) context.found(Finding::image_trailing_data, Action::removed);
    if (plan.no_end) context.found(Finding::image_damaged, Action::rewritten);
}

Result<Type> rebuild(Job& job) {
    Context& context = job.context;
    const Limits& limits = context.limits();
    const PngPlan plan = TRY(plan_png(job.in, context.budget()));
    TRY(context.budget().take_picture(plan.shape.width, plan.shape.height));
    PngReader reader(job.in, context.budget(), plan);
    if (!reader.start()) return refuse(reader.reason());
    TRY(job.out.write(TRY(make_head(plan, context))));
    const std::uint64_t total = (std::uint64_t{plan.shape.row_bytes()} + 1) * plan.shape.height;
    const auto packer = TRY(PngPacker::make(job.out, total, limits));
    TRY(copy_rows(reader, plan, *packer, context));
    TRY(packer->finish());
    if (plan.animation.usable()) TRY(copy_frames(job.in, plan, context, job.out));
    ByteWriter end;
    append_chunk(end, "IEND", {});
    TRY(job.out.write(end.bytes()));
    note(context, plan);
    return Type::png;
}

} // namespace

Result<Type> png(Job& job) try { return rebuild(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::image
