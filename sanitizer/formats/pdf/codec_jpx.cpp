#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

#include <openjpeg.h>

#include "sanitizer/formats/pdf/codecs.h"

namespace sekisho::pdf {

namespace {

struct Input {
    View view;
    std::size_t position = 0;
};

OPJ_SIZE_T on_read(void* into, OPJ_SIZE_T size, void* user) {
    auto& input = *static_cast<Input*>(user);
    const std::size_t count = std::min<std::size_t>(size, input.view.size() - input.position);
    if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
    std::memcpy(into, input.view.data() + input.position, count);
    input.position += count;
    return count;
}

OPJ_OFF_T on_skip(OPJ_OFF_T size, void* user) {
    auto& input = *static_cast<Input*>(user);
    if (size < 0) return -1;
    const auto count = std::min<std::size_t>(static_cast<std::size_t>(size), input.view.size() - input.position);
    input.position += count;
    return static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL on_seek(OPJ_OFF_T position, void* user) {
    auto& input = *static_cast<Input*>(user);
    if (position < 0 || static_cast<std::size_t>(position) > input.view.size()) return OPJ_FALSE;
    input.position = static_cast<std::size_t>(position);
    return OPJ_TRUE;
}

void on_message(const char*, void*) {}

// openjpeg's handles of streams and codecs are one type.
struct CloseStream {
    void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
struct CloseCodec {
    void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
};
struct CloseImage {
    void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};

using Image = std::unique_ptr<opj_image_t, CloseImage>;

std::uint8_t scaled(const opj_image_comp_t& component, std::size_t at, bool is_index) {
    std::int64_t value = component.data[at];
    if (component.sgnd) value += std::int64_t{1} << (component.prec - 1);
    const std::int64_t most = (std::int64_t{1} << component.prec) - 1;
    value = std::clamp<std::int64_t>(value, 0, most);
    if (is_index) return static_cast<std::uint8_t>(std::min<std::int64_t>(value, 255));
    return static_cast<std::uint8_t>(component.prec == 8 ? value : (value * 255 + most / 2) / most);
}

// YCC of JP2 files (sYCC) to RGB; readers of the samples expect RGB.
void from_ycc(Bytes& bytes) {
    const auto byte = [](double value) { return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0)); };
    for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
        const double y = bytes[i];
        const double cb = bytes[i + 1] - 128.0;
        const double cr = bytes[i + 2] - 128.0;
        bytes[i] = byte(y + 1.402 * cr);
        bytes[i + 1] = byte(y - 0.344136 * cb - 0.714136 * cr);
        bytes[i + 2] = byte(y + 1.772 * cb);
    }
}

// How many of the components are colours: as the picture says, else as the document says, else all but an opacity.
int colors_of(const opj_image_t& image, int wanted, bool indices) {
    if (indices) return 1;
    if (image.color_space == OPJ_CLRSPC_GRAY) return 1;
    if (image.color_space == OPJ_CLRSPC_SRGB || image.color_space == OPJ_CLRSPC_SYCC) return 3;
    if (image.color_space == OPJ_CLRSPC_CMYK) return 4;
    if (image.icc_profile_buf && image.icc_profile_len > 20) {
        const std::string_view space = as_text(View(image.icc_profile_buf, image.icc_profile_len).subspan(16, 4));
        if (space == "GRAY") return 1;
        if (space == "RGB ") return 3;
        if (space == "CMYK") return 4;
    }
    if (wanted == 1 || wanted == 3 || wanted == 4) return wanted;
    const bool opacity = image.numcomps > 1 && image.comps[image.numcomps - 1].alpha != 0;
    return static_cast<int>(image.numcomps) - (opacity ? 1 : 0);
}

Result<Samples> samples_of(const opj_image_t& image, int wanted, bool indices) {
    Samples samples;
    const opj_image_comp_t& first = image.comps[0];
    samples.width = first.w;
    samples.height = first.h;
    const int colors = std::min(colors_of(image, wanted, indices), static_cast<int>(image.numcomps));
    samples.components = colors >= 4 ? 4 : colors >= 3 ? 3 : 1;
    const auto count = static_cast<std::size_t>(samples.components);
    samples.bytes.resize(static_cast<std::size_t>(first.w) * first.h * count);
    for (std::size_t c = 0; c < count; ++c) {
        const opj_image_comp_t& component = image.comps[c];
        if (!component.data || component.prec < 1 || component.prec > 31 || component.w == 0 || component.h == 0)
            return refuse(Reason::input_damaged);
        for (std::size_t y = 0; y < first.h; ++y) {
            const std::size_t row = y * component.h / first.h * component.w;
            for (std::size_t x = 0; x < first.w; ++x)
                samples.bytes[(y * first.w + x) * count + c] =
                    scaled(component, row + x * component.w / first.w, indices && count == 1);
        }
    }
    if (image.color_space == OPJ_CLRSPC_SYCC && count == 3) from_ycc(samples.bytes);
    return samples;
}

} // namespace

Result<Samples> decode_jpx(View data, int wanted, bool indices, Budget& budget) {
    Input input{data};
    const bool boxed = data.size() > 12 && as_text(data.subspan(4, 4)) == "jP  ";
    const std::unique_ptr<opj_codec_t, CloseCodec> codec(opj_create_decompress(boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    const std::unique_ptr<opj_stream_t, CloseStream> stream(opj_stream_create(1 << 16, OPJ_TRUE));
    if (!codec || !stream) return refuse(Reason::limit_memory);
    opj_set_error_handler(codec.get(), on_message, nullptr);
    opj_set_warning_handler(codec.get(), on_message, nullptr);
    opj_set_info_handler(codec.get(), on_message, nullptr);
    opj_stream_set_user_data(stream.get(), &input, nullptr);
    opj_stream_set_user_data_length(stream.get(), data.size());
    opj_stream_set_read_function(stream.get(), on_read);
    opj_stream_set_skip_function(stream.get(), on_skip);
    opj_stream_set_seek_function(stream.get(), on_seek);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    // A palette of the document's counts instead of the picture's own (ISO 32000-1, 7.4.9).
    if (indices) parameters.flags |= OPJ_DPARAMETERS_IGNORE_PCLR_CMAP_CDEF_FLAG;
    if (!opj_setup_decoder(codec.get(), &parameters)) return refuse(Reason::input_damaged);
    opj_decoder_set_strict_mode(codec.get(), OPJ_FALSE);
    opj_image_t* header = nullptr;
    if (!opj_read_header(stream.get(), codec.get(), &header)) return refuse(Reason::input_damaged);
    const Image image(header);
    if (image->x1 <= image->x0 || image->y1 <= image->y0 || image->numcomps < 1) return refuse(Reason::input_damaged);
    TRY(budget.take_picture(image->x1 - image->x0, image->y1 - image->y0, image->numcomps));
    if (!opj_decode(codec.get(), stream.get(), image.get())) return refuse(Reason::input_damaged);
    opj_end_decompress(codec.get(), stream.get());
    return samples_of(*image, wanted, indices);
}

} // namespace sekisho::pdf
