// HEVC (ITU-T H.265) by libde265.
#include <array>
#include <climits>

#include <libde265/de265.h>

#include "sanitizer/formats/raster/heif_plugin.h"

namespace sekisho::raster {

namespace {

int allocate(de265_decoder_context* decoder, de265_image_spec* spec, de265_image* image, void* user) {
    const bool small =
        spec->width > 0 && spec->height > 0 &&
        static_cast<std::uint64_t>(spec->width) * static_cast<std::uint64_t>(spec->height) <= most_coded_pixels;
    return small ? de265_get_default_image_allocation_functions()->get_buffer(decoder, spec, image, user) : 0;
}

void release(de265_decoder_context* decoder, de265_image* image, void* user) {
    de265_get_default_image_allocation_functions()->release_buffer(decoder, image, user);
}

heif_error new_decoder(void** into) {
    de265_decoder_context* const decoder = de265_new_decoder(); // no worker threads: it decodes in the caller
    if (!decoder) return heif_failed;
    static constexpr de265_image_allocation allocation{allocate, release};
    de265_set_image_allocation_functions(decoder, const_cast<de265_image_allocation*>(&allocation), nullptr);
    *into = decoder;
    return heif_done;
}

void free_decoder(void* decoder) {
    de265_free_decoder(decoder);
}

// Units with their size in four bytes before each.
heif_error push_data(void* decoder, const void* data, std::size_t size) {
    const auto* at = static_cast<const std::uint8_t*>(data);
    while (size != 0) {
        if (size < 4) return heif_failed;
        const std::size_t length =
            std::size_t{at[0]} << 24 | std::size_t{at[1]} << 16 | std::size_t{at[2]} << 8 | at[3];
        at += 4;
        size -= 4;
        if (length > size || length > INT_MAX) return heif_failed;
        if (de265_push_NAL(decoder, at, static_cast<int>(length), 0, nullptr) != DE265_OK) return heif_failed;
        at += length;
        size -= length;
    }
    return heif_done;
}

heif_image* image_of(const de265_image* picture) {
    constexpr std::array channels{heif_channel_Y, heif_channel_Cb, heif_channel_Cr};
    constexpr std::array chromas{heif_chroma_monochrome, heif_chroma_420, heif_chroma_422, heif_chroma_444};
    const auto form = static_cast<std::size_t>(de265_get_chroma_format(picture));
    if (form >= chromas.size()) return nullptr;
    const int count = form == 0 ? 1 : 3;
    std::array<Plane, 3> planes{};
    for (int i = 0; i < count; ++i) {
        int stride = 0;
        const std::uint8_t* const data = de265_get_image_plane(picture, i, &stride);
        planes[static_cast<std::size_t>(i)] = {channels[static_cast<std::size_t>(i)],
                                               data,
                                               stride,
                                               de265_get_image_width(picture, i),
                                               de265_get_image_height(picture, i),
                                               de265_get_bits_per_pixel(picture, i)};
    }
    const Signal signal{static_cast<unsigned>(de265_get_image_colour_primaries(picture)),
                        static_cast<unsigned>(de265_get_image_transfer_characteristics(picture)),
                        static_cast<unsigned>(de265_get_image_matrix_coefficients(picture)),
                        de265_get_image_full_range_flag(picture) != 0};
    return make_heif_image(planes.data(), count, chromas[form], signal);
}

heif_error decode_image(void* decoder, heif_image** out) {
    de265_flush_data(decoder);
    *out = nullptr;
    for (int more = 1; more != 0;) {
        more = 0;
        if (de265_decode(decoder, &more) != DE265_OK) break;
        const de265_image* const picture = de265_get_next_picture(decoder);
        if (!picture) continue;
        *out = image_of(picture);
        break;
    }
    return *out ? heif_done : heif_failed;
}

} // namespace

const heif_decoder_plugin& hevc_decoder() {
    static const heif_decoder_plugin plugin =
        make_heif_plugin<heif_compression_HEVC, new_decoder, free_decoder, push_data, decode_image>(
            [] { return "HEVC without threads"; }, "hevc-in-caller");
    return plugin;
}

} // namespace sekisho::raster
