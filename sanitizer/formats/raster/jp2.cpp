#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <optional>

#include <openjpeg.h>

#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/raster/raster.h"

namespace sekisho::raster {

namespace {

struct Input {
    const Source& source;
    std::uint64_t position = 0;
};

OPJ_SIZE_T on_read(void* into, OPJ_SIZE_T size, void* user) {
    auto& input = *static_cast<Input*>(user);
    const auto count = input.source.read_at(input.position, {static_cast<std::uint8_t*>(into), size});
    if (!count || *count == 0) return static_cast<OPJ_SIZE_T>(-1);
    input.position += *count;
    return *count;
}

OPJ_OFF_T on_skip(OPJ_OFF_T size, void* user) {
    auto& input = *static_cast<Input*>(user);
    if (size < 0) return -1;
    const std::uint64_t count = std::min(static_cast<std::uint64_t>(size), input.source.size() - input.position);
    input.position += count;
    return static_cast<OPJ_OFF_T>(count);
}

OPJ_BOOL on_seek(OPJ_OFF_T position, void* user) {
    auto& input = *static_cast<Input*>(user);
    if (position < 0 || static_cast<std::uint64_t>(position) > input.source.size()) return OPJ_FALSE;
    input.position = static_cast<std::uint64_t>(position);
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

struct Decoded {
    std::unique_ptr<opj_image_t, CloseImage> image;
    bool reversible = false; // coded without loss
    bool damaged = false;
};

// Sizes are in the header: nothing is decoded before the budget has taken them.
Result<> take_size(const opj_image_t& image, std::uint64_t packed, Context& context) {
    if (image.x1 <= image.x0 || image.y1 <= image.y0 || image.numcomps < 1 || image.numcomps > 5)
        return refuse(Reason::image_unsupported);
    const std::uint64_t width = image.x1 - image.x0;
    const std::uint64_t height = image.y1 - image.y0;
    TRY(context.budget().take_picture(width, height, image.numcomps));
    TRY(context.budget().check_ratio(packed, width * height * image.numcomps));
    // The decoder holds four bytes for every sample, and the wavelet another copy.
    if (width * height * image.numcomps * 4 > 2 * context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        const opj_image_comp_t& component = image.comps[i];
        const bool right = component.prec >= 1 && component.prec <= 31 && component.w != 0 && component.h != 0;
        if (!right) return refuse(Reason::image_unsupported);
    }
    return {};
}

Result<Decoded> decode(Job& job, bool strict) {
    std::array<std::uint8_t, 12> head{};
    TRY(job.in.read_at(0, head));
    Input input{job.in};
    const bool boxed = as_text(View(head).subspan(4, 4)) == "jP  ";
    const std::unique_ptr<opj_codec_t, CloseCodec> codec(opj_create_decompress(boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
    const std::unique_ptr<opj_stream_t, CloseStream> stream(opj_stream_create(1 << 16, OPJ_TRUE));
    if (!codec || !stream) return refuse(Reason::limit_memory);
    opj_set_error_handler(codec.get(), on_message, nullptr);
    opj_set_warning_handler(codec.get(), on_message, nullptr);
    opj_set_info_handler(codec.get(), on_message, nullptr);
    opj_stream_set_user_data(stream.get(), &input, nullptr);
    opj_stream_set_user_data_length(stream.get(), job.in.size());
    opj_stream_set_read_function(stream.get(), on_read);
    opj_stream_set_skip_function(stream.get(), on_skip);
    opj_stream_set_seek_function(stream.get(), on_seek);
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    if (!opj_setup_decoder(codec.get(), &parameters)) return refuse(Reason::input_damaged);
    opj_decoder_set_strict_mode(codec.get(), strict ? OPJ_TRUE : OPJ_FALSE);
    opj_image_t* header = nullptr;
    Decoded decoded;
    const bool begun = opj_read_header(stream.get(), codec.get(), &header) != OPJ_FALSE;
    decoded.image.reset(header);
    if (!begun || !header) return refuse(Reason::input_damaged);
    TRY(take_size(*decoded.image, job.in.size(), job.context));
    if (opj_codestream_info_v2_t* info = opj_get_cstr_info(codec.get())) {
        const opj_tile_info_v2_t& tile = info->m_default_tile_info;
        decoded.reversible = tile.tccp_info && tile.tccp_info[0].qmfbid == 1;
        opj_destroy_cstr_info(&info);
    }
    if (!opj_decode(codec.get(), stream.get(), decoded.image.get())) return refuse(Reason::input_damaged);
    decoded.damaged = !strict || opj_end_decompress(codec.get(), stream.get()) == OPJ_FALSE;
    return decoded;
}

// OpenJPEG fills in what a cut file lacks and says nothing of it, so it is first asked not to.
Result<Decoded> decode(Job& job) {
    auto whole = decode(job, true);
    if (whole || reason_of(whole.error()) != Reason::input_damaged) return whole;
    return decode(job, false);
}

std::uint8_t scaled(const opj_image_comp_t& component, std::size_t at) {
    std::int64_t value = component.data[at];
    if (component.sgnd) value += std::int64_t{1} << (component.prec - 1);
    const std::int64_t most = (std::int64_t{1} << component.prec) - 1;
    value = std::clamp<std::int64_t>(value, 0, most);
    return static_cast<std::uint8_t>(component.prec == 8 ? value : (value * 255 + most / 2) / most);
}

std::uint8_t byte_of(double value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

void from_ycc(std::uint8_t* pixel) {
    const double y = pixel[0];
    const double cb = pixel[1] - 128.0;
    const double cr = pixel[2] - 128.0;
    pixel[0] = byte_of(y + 1.402 * cr);
    pixel[1] = byte_of(y - 0.344136 * cb - 0.714136 * cr);
    pixel[2] = byte_of(y + 1.772 * cb);
}

// Which components are the colours and which the opacity, in the order of Picture.
struct Plan {
    std::vector<OPJ_UINT32> components;
    bool cmyk = false;
};

Plan plan_of(const opj_image_t& image) {
    Plan plan;
    std::optional<OPJ_UINT32> alpha;
    for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
        if (image.comps[i].alpha != 0)
            alpha = i;
        else
            plan.components.push_back(i);
    }
    const bool unnamed = image.color_space != OPJ_CLRSPC_CMYK && image.color_space != OPJ_CLRSPC_GRAY;
    if (!alpha && unnamed && (image.numcomps == 2 || image.numcomps == 4)) {
        alpha = image.numcomps - 1; // no channel definitions: the rest is an opacity by custom
        plan.components.pop_back();
    }
    plan.cmyk = image.color_space == OPJ_CLRSPC_CMYK && plan.components.size() >= 4;
    const std::size_t colours = plan.cmyk ? 4 : plan.components.size() >= 3 ? 3 : 1;
    plan.components.resize(std::min(plan.components.size(), colours));
    if (alpha && !plan.cmyk) plan.components.push_back(*alpha);
    return plan;
}

Result<image::Picture> picture_of(const opj_image_t& image, Context& context) {
    const Plan plan = plan_of(image);
    image::Picture picture;
    picture.width = image.comps[0].w;
    picture.height = image.comps[0].h;
    picture.samples = plan.cmyk ? 3 : static_cast<unsigned>(plan.components.size());
    for (const OPJ_UINT32 i : plan.components)
        if (!image.comps[i].data || image.comps[i].w == 0 || image.comps[i].h == 0)
            return refuse(Reason::input_damaged);
    TRY(image::reserve_pixels(picture, context.limits()));
    const bool ycc = image.color_space == OPJ_CLRSPC_SYCC && picture.samples >= 3 && !plan.cmyk;
    std::uint8_t* pixel = picture.pixels.data();
    for (std::size_t y = 0; y < picture.height; ++y) {
        TRY(context.budget().check_time());
        for (std::size_t x = 0; x < picture.width; ++x, pixel += picture.samples) {
            std::array<std::uint8_t, 5> values{};
            for (std::size_t c = 0; c < plan.components.size(); ++c) {
                const opj_image_comp_t& component = image.comps[plan.components[c]];
                const std::size_t row = y * component.h / picture.height;
                values[c] = scaled(component, row * component.w + x * component.w / picture.width);
            }
            for (unsigned c = 0; plan.cmyk && c < 3; ++c)
                values[c] = static_cast<std::uint8_t>((255 - values[c]) * (255 - values[3]) / 255);
            if (ycc) from_ycc(values.data());
            std::copy_n(values.begin(), picture.samples, pixel);
        }
    }
    image::drop_opaque_alpha(picture);
    if (image.icc_profile_buf && image.icc_profile_len > 0 && !plan.cmyk)
        image::take_profile(picture, {image.icc_profile_buf, image.icc_profile_len}, context);
    return picture;
}

// The boxes of a JP2 file (ISO/IEC 15444-1 annex I) from a walk of our own.
void note_boxes(const Source& in, Context& context) {
    std::uint64_t at = 0;
    bool metadata = false;
    bool unknown = false;
    bool trailing = false;
    for (unsigned boxes = 0; at + 8 <= in.size() && boxes < 1000; ++boxes) {
        std::array<std::uint8_t, 16> head{};
        const auto count = in.read_at(at, head);
        if (!count || *count < 8) break;
        ByteReader reader(head);
        std::uint64_t size = *reader.u32be();
        const std::string_view type = as_text(View(head).subspan(4, 4));
        if (size == 1 && reader.skip(4)) size = *reader.u64be();
        if (type == "xml " || type == "uuid" || type == "uinf")
            metadata = true;
        else if (type != "jP  " && type != "ftyp" && type != "jp2h" && type != "jp2c")
            (boxes == 0 || size == 0 || size > in.size() - at ? trailing : unknown) = true;
        if (size == 0) return;
        if (size < 8 || size > in.size() - at) break;
        at += size;
    }
    trailing = trailing || at < in.size();
    if (metadata) context.found(Finding::image_metadata, Action::removed);
    if (unknown) context.found(Finding::image_unknown_chunk, Action::removed);
    if (trailing) context.found(Finding::image_trailing_data, Action::removed);
}

Result<Type> convert(Job& job) {
    Context& context = job.context;
    const Decoded decoded = TRY(decode(job));
    const image::Picture picture = TRY(picture_of(*decoded.image, context));
    std::array<std::uint8_t, 2> head{};
    TRY(job.in.read_at(0, head));
    if (head[0] != 0xFF) note_boxes(job.in, context); // not a bare codestream
    if (decoded.damaged) context.found(Finding::image_damaged, Action::rewritten);
    context.found(Finding::image_converted, Action::converted);
    return image::write_picture(picture, decoded.reversible ? image::Coding::lossless : image::Coding::lossy, context,
                                job.out);
}

} // namespace

Result<Type> jp2(Job& job) try { return convert(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::raster
