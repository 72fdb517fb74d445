#include "sanitizer/formats/image/png_encode.h"

#include "sanitizer/formats/image/png_chunk.h"
#include "sanitizer/formats/image/png_filter.h"
#include "sanitizer/formats/image/png_packer.h"

namespace sekisho::image {

Result<> encode_png(View samples, const PngShape& shape, Context& context, Sink& out) {
    const std::size_t stride = shape.row_bytes();
    if (samples.size() != stride * shape.height) return refuse(Reason::internal);
    ByteWriter head;
    append_start(head, shape, false);
    TRY(out.write(head.bytes()));
    const auto packer = TRY(PngPacker::make(out, (std::uint64_t{stride} + 1) * shape.height, context.limits()));
    PngFilter filter(shape);
    Bytes filtered(stride + 1);
    for (std::size_t row = 0; row < shape.height; ++row) {
        TRY(context.budget().check_time());
        filter.apply(samples.subspan(row * stride, stride), filtered);
        TRY(packer->add(filtered));
    }
    TRY(packer->finish());
    ByteWriter end;
    append_chunk(end, "IEND", {});
    return out.write(end.bytes());
}

} // namespace sekisho::image
