// AV1 by dav1d.
#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include <dav1d/dav1d.h>

#include "sanitizer/formats/raster/heif_plugin.h"

namespace sekisho::raster {

namespace {

struct Decoder {
    Dav1dContext* context = nullptr;
    Dav1dData data{};
};

heif_error new_decoder(void** into) {
    Dav1dSettings settings;
    dav1d_default_settings(&settings);
    settings.n_threads = 1; // the caller's own
    settings.max_frame_delay = 1;
    settings.frame_size_limit = most_coded_pixels;
    settings.all_layers = 0;
    settings.logger.callback = nullptr;
    auto* const decoder = new (std::nothrow) Decoder;
    if (!decoder) return heif_failed;
    if (dav1d_open(&decoder->context, &settings) != 0) {
        delete decoder;
        return heif_failed;
    }
    *into = decoder;
    return heif_done;
}

void free_decoder(void* raw) {
    auto* const decoder = static_cast<Decoder*>(raw);
    if (decoder->data.sz != 0) dav1d_data_unref(&decoder->data);
    dav1d_close(&decoder->context);
    delete decoder;
}

heif_error push_data(void* raw, const void* data, std::size_t size) {
    auto* const decoder = static_cast<Decoder*>(raw);
    if (size == 0) return heif_done;
    // All that was given so far and the new piece in one run.
    Dav1dData joined{};
    std::uint8_t* const to = dav1d_data_create(&joined, decoder->data.sz + size);
    if (!to) return heif_failed;
    if (decoder->data.sz != 0) std::memcpy(to, decoder->data.data, decoder->data.sz);
    std::memcpy(to + decoder->data.sz, data, size);
    if (decoder->data.sz != 0) dav1d_data_unref(&decoder->data);
    decoder->data = joined;
    return heif_done;
}

heif_image* image_of(const Dav1dPicture& picture) {
    constexpr std::array chromas{heif_chroma_monochrome, heif_chroma_420, heif_chroma_422, heif_chroma_444};
    constexpr std::array channels{heif_channel_Y, heif_channel_Cb, heif_channel_Cr};
    const auto form = static_cast<std::size_t>(picture.p.layout);
    if (form >= chromas.size()) return nullptr;
    const int count = form == 0 ? 1 : 3;
    const bool half_width = picture.p.layout == DAV1D_PIXEL_LAYOUT_I420 || picture.p.layout == DAV1D_PIXEL_LAYOUT_I422;
    const bool half_height = picture.p.layout == DAV1D_PIXEL_LAYOUT_I420;
    std::array<Plane, 3> planes{};
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const bool chroma = i != 0;
        planes[i] = {channels[i],
                     static_cast<const std::uint8_t*>(picture.data[i]),
                     picture.stride[chroma ? 1 : 0],
                     chroma && half_width ? (picture.p.w + 1) / 2 : picture.p.w,
                     chroma && half_height ? (picture.p.h + 1) / 2 : picture.p.h,
                     picture.p.bpc};
    }
    const Signal signal{static_cast<unsigned>(picture.seq_hdr->pri), static_cast<unsigned>(picture.seq_hdr->trc),
                        static_cast<unsigned>(picture.seq_hdr->mtrx), picture.seq_hdr->color_range != 0};
    return make_heif_image(planes.data(), count, chromas[form], signal);
}

heif_error decode_image(void* raw, heif_image** out) {
    auto* const decoder = static_cast<Decoder*>(raw);
    *out = nullptr;
    constexpr int most_rounds = 100;
    for (int round = 0; round < most_rounds && !*out; ++round) {
        if (decoder->data.sz != 0) {
            const int sent = dav1d_send_data(decoder->context, &decoder->data);
            if (sent < 0 && sent != DAV1D_ERR(EAGAIN)) break;
        }
        Dav1dPicture picture{};
        const int got = dav1d_get_picture(decoder->context, &picture);
        if (got == DAV1D_ERR(EAGAIN) && decoder->data.sz != 0) continue;
        if (got < 0) break;
        *out = image_of(picture);
        dav1d_picture_unref(&picture);
        break;
    }
    return *out ? heif_done : heif_failed;
}

} // namespace

const heif_decoder_plugin& av1_decoder() {
    static const heif_decoder_plugin plugin =
        make_heif_plugin<heif_compression_AV1, new_decoder, free_decoder, push_data, decode_image>(
            [] { return "AV1 without threads"; }, "av1-in-caller");
    return plugin;
}

} // namespace sekisho::raster
