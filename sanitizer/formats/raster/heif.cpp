#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "sanitizer/formats/image/exif.h"
#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/raster/heif_decoders.h"
#include "sanitizer/formats/raster/raster.h"

namespace sekisho::raster {

namespace {

struct CloseContext {
    void operator()(heif_context* context) const { heif_context_free(context); }
};
struct CloseHandle {
    void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
};
struct CloseImage {
    void operator()(heif_image* image) const { heif_image_release(image); }
};
struct CloseOptions {
    void operator()(heif_decoding_options* options) const { heif_decoding_options_free(options); }
};
using File = std::unique_ptr<heif_context, CloseContext>;
using Handle = std::unique_ptr<heif_image_handle, CloseHandle>;

Reason reason_of_code(const heif_error& error) {
    switch (error.code) {
    case heif_error_Memory_allocation_error:
        return error.subcode == heif_suberror_Security_limit_exceeded ? Reason::limit_pixels : Reason::limit_memory;
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
        return Reason::image_unsupported;
    default:
        return Reason::input_damaged;
    }
}

Result<> check(const heif_error& error) {
    if (error.code == heif_error_Ok) return {};
    return refuse(reason_of_code(error));
}

void note_metadata(const heif_image_handle* handle, Context& context) {
    constexpr int most_blocks = 64;
    std::array<heif_item_id, most_blocks> ids{};
    const int count = heif_image_handle_get_list_of_metadata_block_IDs(handle, nullptr, ids.data(), most_blocks);
    bool gps = false;
    for (int i = 0; i < count; ++i) {
        const heif_item_id id = ids[static_cast<std::size_t>(i)];
        const std::size_t size = heif_image_handle_get_metadata_size(handle, id);
        constexpr std::size_t largest = 1U << 20;
        constexpr std::size_t offset_field = 4; // to the TIFF header (ISO/IEC 23008-12 A.2.1)
        if (std::string_view(heif_image_handle_get_metadata_type(handle, id)) != "Exif" || size > largest) continue;
        Bytes exif(size);
        if (size <= offset_field || heif_image_handle_get_metadata(handle, id, exif.data()).code != heif_error_Ok)
            continue;
        ByteReader reader(exif);
        const std::size_t start = offset_field + *reader.u32be();
        if (start < size) gps = gps || image::parse_exif(View(exif).subspan(start)).gps;
    }
    if (count > 0) context.found(Finding::image_metadata, Action::removed);
    if (gps) context.found(Finding::image_gps, Action::removed);
    if (heif_image_handle_get_number_of_thumbnails(handle) > 0)
        context.found(Finding::image_thumbnail, Action::removed);
}

// The boxes of the file itself (ISO/IEC 14496-12), from a walk of our own.
void note_boxes(View file, Context& context) {
    constexpr std::array<std::string_view, 6> known = {"ftyp", "meta", "mdat", "free", "skip", "idat"};
    ByteReader reader(file);
    bool moving = false;
    bool unknown = false;
    while (reader.remaining() >= 8) {
        const std::size_t at = reader.position();
        std::uint64_t size = *reader.u32be();
        const std::string_view type = as_text(*reader.bytes(4));
        if (size == 1) size = reader.u64be().value_or(0);
        const bool last = size == 0;
        const bool is_known = std::ranges::find(known, type) != known.end();
        const bool box = last || (size >= 8 && size <= file.size() - at);
        if (!box || (!is_known && last)) {
            (void)reader.seek(at);
            break;
        }
        (type == "moov" ? moving : unknown) |= !is_known;
        (void)reader.seek(last ? file.size() : at + static_cast<std::size_t>(size));
    }
    if (moving) context.found(Finding::image_animation, Action::removed);
    if (unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (!reader.at_end()) context.found(Finding::image_trailing_data, Action::removed);
}

Result<File> open_file(View file) {
    register_heif_decoders();
    File context(heif_context_alloc());
    if (!context) return refuse(Reason::limit_memory);
    heif_context_set_max_decoding_threads(context.get(), 0);
    constexpr int longest_side = 32768;
    heif_context_set_maximum_image_size_limit(context.get(), longest_side);
    TRY(check(heif_context_read_from_memory_without_copy(context.get(), file.data(), file.size(), nullptr)));
    return context;
}

void read_profile(const heif_image_handle* handle, image::Picture& picture, Context& context) {
    const auto kind = heif_image_handle_get_color_profile_type(handle);
    if (kind != heif_color_profile_type_prof && kind != heif_color_profile_type_rICC) return;
    constexpr std::size_t largest = 1U << 20;
    const std::size_t size = heif_image_handle_get_raw_color_profile_size(handle);
    if (size == 0 || size > largest) return;
    Bytes profile(size);
    if (heif_image_handle_get_raw_color_profile(handle, profile.data()).code == heif_error_Ok)
        image::take_profile(picture, profile, context);
}

// libheif gives samples that may have been multiplied by alpha.
void divide_by_alpha(Bytes& pixels) {
    for (std::size_t i = 0; i + 3 < pixels.size(); i += 4) {
        const unsigned alpha = pixels[i + 3];
        for (std::size_t c = i; alpha != 0 && c < i + 3; ++c)
            pixels[c] = static_cast<std::uint8_t>(std::min(255U, (pixels[c] * 255U + alpha / 2) / alpha));
    }
}

Result<image::Picture> decode(const heif_image_handle* handle, std::uint64_t packed, Context& context) {
    image::Picture picture;
    picture.width = static_cast<std::uint32_t>(std::max(0, heif_image_handle_get_width(handle)));
    picture.height = static_cast<std::uint32_t>(std::max(0, heif_image_handle_get_height(handle)));
    picture.samples = heif_image_handle_has_alpha_channel(handle) != 0 ? 4 : 3;
    TRY(context.budget().take_picture(picture.width, picture.height));
    TRY(context.budget().check_ratio(packed, picture.bytes()));
    if (picture.bytes() > context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    const std::unique_ptr<heif_decoding_options, CloseOptions> options(heif_decoding_options_alloc());
    if (!options) return refuse(Reason::limit_memory);
    options->convert_hdr_to_8bit = 1;
    const heif_chroma form = picture.samples == 4 ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    heif_image* decoded = nullptr;
    TRY(check(heif_decode_image(handle, &decoded, heif_colorspace_RGB, form, options.get())));
    const std::unique_ptr<heif_image, CloseImage> image(decoded);
    // What was coded may differ from what the file says.
    const int width = heif_image_get_width(decoded, heif_channel_interleaved);
    const int height = heif_image_get_height(decoded, heif_channel_interleaved);
    int stride = 0;
    const std::uint8_t* const rows = heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
    if (!rows || width <= 0 || height <= 0) return refuse(Reason::input_damaged);
    picture.width = static_cast<std::uint32_t>(width);
    picture.height = static_cast<std::uint32_t>(height);
    TRY(image::reserve_pixels(picture, context.limits()));
    const std::size_t bytes = std::size_t{picture.width} * picture.samples;
    for (std::size_t y = 0; y < picture.height; ++y)
        std::copy_n(rows + static_cast<std::ptrdiff_t>(y) * stride, bytes, picture.pixels.data() + y * bytes);
    if (picture.samples == 4 && heif_image_handle_is_premultiplied_alpha(handle) != 0) divide_by_alpha(picture.pixels);
    return picture;
}

Result<Type> convert(Job& job) {
    Context& context = job.context;
    const View bytes = TRY(job.in.whole(context.limits().bytes_in_memory));
    const File file = TRY(open_file(bytes));
    heif_image_handle* primary = nullptr;
    TRY(check(heif_context_get_primary_image_handle(file.get(), &primary)));
    const Handle handle(primary);
    image::Picture picture = TRY(decode(primary, bytes.size(), context));
    image::drop_opaque_alpha(picture);
    read_profile(primary, picture, context);
    note_metadata(primary, context);
    if (heif_context_get_number_of_top_level_images(file.get()) > 1)
        context.found(Finding::image_thumbnail, Action::removed);
    note_boxes(bytes, context);
    context.found(Finding::image_converted, Action::converted);
    return image::write_picture(picture, image::Coding::lossy, context, job.out);
}

} // namespace

Result<Type> heif(Job& job) try { return convert(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

void warm_up() {
    register_heif_decoders();
}

} // namespace sekisho::raster
