#include "sanitizer/formats/metafile/metafile.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/png_encode.h"
#include "sanitizer/formats/metafile/wmf.h"

namespace sekisho::metafile {

namespace {

Result<std::unique_ptr<Gdi>> make_gdi(Context& context, const Frame& frame) {
    TRY(context.budget().take_picture(static_cast<std::uint64_t>(frame.width),
                                      static_cast<std::uint64_t>(frame.height)));
    return Gdi::make(context, frame.width, frame.height, frame.device_to_image, frame.pixels_per_mm);
}

struct Drawn {
    std::unique_ptr<Gdi> gdi;
    bool incomplete = false;
};

Result<Drawn> draw(View file, Context& context) {
    Drawn drawn;
    if (is_wmf(file)) {
        const WmfFrame wmf = TRY(read_wmf_frame(file));
        drawn.gdi = TRY(make_gdi(context, wmf.frame));
        drawn.incomplete = TRY(play_wmf(file, wmf, *drawn.gdi));
        return drawn;
    }
    const Frame frame = TRY(read_emf_frame(file));
    drawn.gdi = TRY(make_gdi(context, frame));
    drawn.incomplete = TRY(play_emf(file, frame, *drawn.gdi));
    return drawn;
}

// Cairo keeps 0xAARRGGBB multiplied by alpha; PNG wants the samples as they are.
Bytes samples_of(cairo_surface_t* surface, image::PngShape& shape) {
    shape.width = static_cast<std::uint32_t>(cairo_image_surface_get_width(surface));
    shape.height = static_cast<std::uint32_t>(cairo_image_surface_get_height(surface));
    shape.colour = 6;
    const unsigned char* const data = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    Bytes samples;
    samples.reserve(std::size_t{shape.width} * shape.height * 4);
    for (std::size_t y = 0; y < shape.height; ++y)
        for (std::size_t x = 0; x < shape.width; ++x) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + y * stride + 4 * x, sizeof pixel);
            const std::uint32_t alpha = pixel >> 24;
            for (const unsigned shift : {16U, 8U, 0U}) {
                const std::uint32_t value = (pixel >> shift) & 0xFF;
                const std::uint32_t plain = alpha == 0 ? 0 : std::min(255U, (value * 255 + alpha / 2) / alpha);
                samples.push_back(static_cast<std::uint8_t>(plain));
            }
            samples.push_back(static_cast<std::uint8_t>(alpha));
        }
    return samples;
}

Result<Type> convert(Job& job) {
    Context& context = job.context;
    const View file = TRY(job.in.whole(context.limits().bytes_in_memory));
    const Drawn drawn = TRY(draw(file, context));
    // Nothing that could be drawn: an empty picture would hide that something was there.
    if (!drawn.gdi->drew()) return refuse(drawn.incomplete ? Reason::input_damaged : Reason::image_unsupported);
    cairo_surface_t* const surface = TRY(drawn.gdi->finish());
    image::PngShape shape;
    const Bytes samples = samples_of(surface, shape);
    codes::look_for_codes(samples, shape.width, shape.height, shape.samples(), context);
    TRY(image::encode_png(samples, shape, context, job.out));
    context.found(Finding::image_metafile, Action::converted);
    if (drawn.incomplete) context.found(Finding::image_damaged, Action::rewritten);
    return Type::png;
}

} // namespace

Result<Type> to_png(Job& job) try { return convert(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::length_error&) {
    return refuse(Reason::limit_memory);
}

void warm_up() {
    const Faces& faces = Faces::all();
    // The character maps and glyph tables of every face are looked at once.
    for (const Role role : {Role::sans, Role::serif, Role::mono, Role::gothic, Role::mincho})
        for (const bool bold : {false, true}) (void)faces.glyph(U'あ', role, bold);
    const CodePage code_page;
    std::vector<double> none;
    (void)code_page.decode(as_view("\x82\xA0"), 128, none);
}

} // namespace sekisho::metafile
