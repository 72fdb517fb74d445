#include "sanitizer/formats/image/png_encode.h"

#include <array>
#include <memory>

#include <libdeflate.h>

#include "sanitizer/formats/image/png_chunk.h"
#include "sanitizer/formats/image/png_filter.h"
#include "sanitizer/formats/image/png_packer.h"

namespace sekisho::image {

namespace {

Result<> write_rows(View samples, const PngShape& shape, Context& context, Sink& out) {
    const std::size_t stride = shape.row_bytes();
    if (samples.size() != stride * shape.height) return refuse(Reason::internal);
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

} // namespace

Result<Bytes> packed_profile(const Profile& profile) {
    const Bytes plain = write_profile(profile);
    const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> deflater(
        libdeflate_alloc_compressor(6), libdeflate_free_compressor);
    if (!deflater) return refuse(Reason::limit_memory);
    Bytes packed(libdeflate_zlib_compress_bound(deflater.get(), plain.size()));
    packed.resize(libdeflate_zlib_compress(deflater.get(), plain.data(), plain.size(), packed.data(), packed.size()));
    ByteWriter content;
    content.text("icc");
    content.u8(0); // ends the name
    content.u8(0); // deflate
    content.raw(packed);
    return content.take();
}

Result<> encode_png(View samples, const PngShape& shape, Context& context, Sink& out) {
    ByteWriter head;
    append_start(head, shape, false);
    TRY(out.write(head.bytes()));
    return write_rows(samples, shape, context, out);
}

Result<> encode_png(const Picture& picture, Context& context, Sink& out) {
    constexpr std::array<std::uint8_t, 5> colours = {0, 0, 4, 2, 6}; // of so many samples
    if (picture.samples == 0 || picture.samples >= colours.size()) return refuse(Reason::internal);
    PngShape shape;
    shape.width = picture.width;
    shape.height = picture.height;
    shape.colour = colours[picture.samples];
    ByteWriter head;
    append_start(head, shape, false);
    if (picture.profile) append_chunk(head, "iCCP", TRY(packed_profile(*picture.profile)));
    if (picture.per_metre_x != 0 && picture.per_metre_y != 0) {
        ByteWriter density;
        density.u32be(picture.per_metre_x);
        density.u32be(picture.per_metre_y);
        density.u8(1); // per metre
        append_chunk(head, "pHYs", density.bytes());
    }
    TRY(out.write(head.bytes()));
    return write_rows(picture.pixels, shape, context, out);
}

} // namespace sekisho::image
