#include <algorithm>
#include <memory>
#include <new>

#include <webp/decode.h>
#include <webp/demux.h>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/exif.h"
#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/image/png_animation.h"
#include "sanitizer/formats/raster/raster.h"

namespace sekisho::raster {

namespace {

// The chunks of a WebP file (RFC 9649) from a walk of our own.
struct Chunks {
    View profile;
    image::Exif exif;
    bool has_exif = false;
    bool metadata = false;
    bool unknown = false;
    bool trailing = false;
};

Result<Chunks> read_chunks(View file) {
    ByteReader reader(file);
    TRY(reader.skip(4));
    const std::size_t size = TRY(reader.u32le());
    TRY(reader.skip(4));
    const std::size_t end = std::min(file.size(), size + 8 + size % 2);
    Chunks chunks;
    chunks.trailing = end < file.size();
    while (reader.position() + 8 <= end) {
        const View type = TRY(reader.bytes(4));
        const std::size_t length = TRY(reader.u32le());
        const View content = reader.rest().first(std::min(length, reader.remaining()));
        const std::string_view name = as_text(type);
        if (name == "ICCP") {
            chunks.profile = content;
        } else if (name == "EXIF") {
            constexpr std::string_view exif_start("Exif\0\0", 6);
            chunks.metadata = chunks.has_exif = true;
            chunks.exif = image::parse_exif(content.subspan(starts_with(content, exif_start) ? 6 : 0));
        } else if (name == "XMP ") {
            chunks.metadata = true;
        } else if (name != "VP8 " && name != "VP8L" && name != "VP8X" && name != "ALPH" && name != "ANIM" &&
                   name != "ANMF") {
            chunks.unknown = true;
        }
        if (!reader.skip(std::min(length + length % 2, reader.remaining()))) break;
    }
    return chunks;
}

void note(Context& context, const Chunks& chunks) {
    if (chunks.metadata) context.found(Finding::image_metadata, Action::removed);
    if (chunks.exif.gps) context.found(Finding::image_gps, Action::removed);
    if (chunks.exif.thumbnail) context.found(Finding::image_thumbnail, Action::removed);
    if (chunks.unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (chunks.trailing) context.found(Finding::image_trailing_data, Action::removed);
    context.found(Finding::image_converted, Action::converted);
}

Result<Type> still(View file, const WebPBitstreamFeatures& features, const Chunks& chunks, Job& job) {
    Context& context = job.context;
    image::Picture picture;
    picture.width = static_cast<std::uint32_t>(features.width);
    picture.height = static_cast<std::uint32_t>(features.height);
    picture.samples = features.has_alpha != 0 ? 4 : 3;
    TRY(context.budget().take_picture(picture.width, picture.height));
    TRY(context.budget().check_ratio(file.size(), picture.bytes()));
    TRY(image::reserve_pixels(picture, context.limits()));
    const auto stride = static_cast<int>(picture.width * picture.samples);
    const auto decode = picture.samples == 4 ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
    if (!decode(file.data(), file.size(), picture.pixels.data(), picture.pixels.size(), stride))
        return refuse(Reason::input_damaged);
    image::drop_opaque_alpha(picture);
    if (!chunks.profile.empty()) image::take_profile(picture, chunks.profile, context);
    image::turn(picture, chunks.exif.orientation);
    note(context, chunks);
    constexpr int lossless = 2;
    const auto coding = features.format == lossless ? image::Coding::lossless : image::Coding::lossy;
    return image::write_picture(picture, coding, context, job.out);
}

struct CloseDecoder {
    void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};

Result<Type> animation(View file, const WebPBitstreamFeatures& features, const Chunks& chunks, Job& job) {
    Context& context = job.context;
    const auto width = static_cast<std::uint32_t>(features.width);
    const auto height = static_cast<std::uint32_t>(features.height);
    TRY(context.budget().take_picture(width, height));
    image::Picture canvas;
    canvas.width = width;
    canvas.height = height;
    canvas.samples = 4;
    if (4 * canvas.bytes() > 2 * context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    WebPAnimDecoderOptions options;
    if (WebPAnimDecoderOptionsInit(&options) == 0) return refuse(Reason::internal);
    options.use_threads = 0;
    const WebPData data{file.data(), file.size()};
    const std::unique_ptr<WebPAnimDecoder, CloseDecoder> decoder(WebPAnimDecoderNew(&data, &options));
    WebPAnimInfo info{};
    if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0 || info.frame_count == 0 ||
        info.canvas_width != width || info.canvas_height != height)
        return refuse(Reason::input_damaged);
    TRY(context.budget().take_members(info.frame_count));
    TRY(context.budget().take_picture(width, height, info.frame_count));
    if (!chunks.profile.empty()) image::take_profile(canvas, chunks.profile, context);
    image::AnimationWriter writer(width, height, context, job.out);
    TRY(writer.start(info.frame_count, info.loop_count, canvas.profile));
    int before = 0;
    for (std::uint32_t i = 0; i < info.frame_count; ++i) {
        std::uint8_t* pixels = nullptr;
        int shown_until = 0;
        TRY(context.budget().check_time());
        if (WebPAnimDecoderGetNext(decoder.get(), &pixels, &shown_until) == 0) return refuse(Reason::input_damaged);
        TRY(writer.add({pixels, static_cast<std::size_t>(canvas.bytes())},
                       static_cast<std::uint32_t>(std::max(0, shown_until - before))));
        before = shown_until;
        codes::look_for_codes({pixels, static_cast<std::size_t>(canvas.bytes())}, width, height, 4, context);
    }
    TRY(writer.finish());
    note(context, chunks);
    return Type::png;
}

Result<Type> convert(Job& job) {
    const View file = TRY(job.in.whole(job.context.limits().bytes_in_memory));
    WebPBitstreamFeatures features{};
    if (WebPGetFeatures(file.data(), file.size(), &features) != VP8_STATUS_OK || features.width <= 0 ||
        features.height <= 0)
        return refuse(Reason::input_damaged);
    const Chunks chunks = TRY(read_chunks(file));
    return features.has_animation != 0 ? animation(file, features, chunks, job) : still(file, features, chunks, job);
}

} // namespace

Result<Type> webp(Job& job) try { return convert(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::raster
