#include "sanitizer/formats/raster/heif_decoders.h"

#include <cstddef>
#include <cstring>

namespace sekisho::raster {

namespace {

bool add_plane(heif_image* image, const Plane& plane) {
    if (!plane.data || plane.width <= 0 || plane.height <= 0) return false;
    if (heif_image_add_plane(image, plane.channel, plane.width, plane.height, plane.bits).code != heif_error_Ok)
        return false;
    int stride = 0;
    std::uint8_t* const to = heif_image_get_plane(image, plane.channel, &stride);
    if (!to) return false;
    const std::size_t bytes = static_cast<std::size_t>(plane.width) * (plane.bits > 8 ? 2 : 1);
    for (std::ptrdiff_t y = 0; y < plane.height; ++y)
        std::memcpy(to + y * stride, plane.data + y * plane.stride, bytes);
    return true;
}

void set_signal(heif_image* image, const Signal& signal) {
    heif_color_profile_nclx* const profile = heif_nclx_color_profile_alloc();
    if (!profile) return;
    // Values that are in no table leave the defaults.
    heif_nclx_color_profile_set_color_primaries(profile, static_cast<std::uint16_t>(signal.primaries));
    heif_nclx_color_profile_set_transfer_characteristics(profile, static_cast<std::uint16_t>(signal.transfer));
    heif_nclx_color_profile_set_matrix_coefficients(profile, static_cast<std::uint16_t>(signal.matrix));
    profile->full_range_flag = signal.full_range ? 1 : 0;
    heif_image_set_nclx_color_profile(image, profile);
    heif_nclx_color_profile_free(profile);
}

} // namespace

heif_image* make_heif_image(const Plane* planes, int count, heif_chroma chroma, const Signal& signal) {
    heif_image* image = nullptr;
    const heif_colorspace space = count == 1 ? heif_colorspace_monochrome : heif_colorspace_YCbCr;
    if (heif_image_create(planes[0].width, planes[0].height, space, chroma, &image).code != heif_error_Ok)
        return nullptr;
    for (int i = 0; i < count; ++i) {
        if (add_plane(image, planes[i])) continue;
        heif_image_release(image);
        return nullptr;
    }
    set_signal(image, signal);
    return image;
}

void register_heif_decoders() {
    static const bool done = [] {
        heif_init(nullptr);
        return heif_register_decoder_plugin(&hevc_decoder()).code == heif_error_Ok &&
               heif_register_decoder_plugin(&av1_decoder()).code == heif_error_Ok;
    }();
    (void)done; // without decoders every picture is refused
}

} // namespace sekisho::raster
