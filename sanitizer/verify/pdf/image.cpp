// Pictures (8.9.5): the data must be exactly as large as width, height and depth say.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_stream);
}

struct Shape {
    std::uint64_t width = 0;
    std::uint64_t height = 0;
    std::uint64_t bits = 0;       // of one component
    std::uint64_t components = 0; // of one pixel
};

Result<std::uint64_t> integer(Walk& walk, const Object& stream, const char* key) {
    const Object value = TRY(walk.lookup(stream, key));
    return value.isInt() && value.getInt() > 0 ? static_cast<std::uint64_t>(value.getInt()) : 0;
}

Result<Shape> shape_of(Walk& walk, const Object& stream) {
    Shape shape;
    shape.width = TRY(integer(walk, stream, "Width"));
    shape.height = TRY(integer(walk, stream, "Height"));
    const Object mask = TRY(walk.lookup(stream, "ImageMask"));
    if (mask.isBool() && mask.getBool()) {
        shape.bits = 1;
        shape.components = 1;
        return shape;
    }
    shape.bits = TRY(integer(walk, stream, "BitsPerComponent"));
    const Object space = TRY(walk.lookup(stream, "ColorSpace"));
    shape.components = static_cast<std::uint64_t>(TRY(color_components(walk, space)));
    return shape;
}

Result<> check_samples(Walk& walk, const Object& stream, const Shape& shape) {
    if (shape.bits == 0 || shape.components == 0 || shape.components > 32) return bad();
    const std::uint64_t row = (shape.width * shape.bits * shape.components + 7) / 8;
    const std::uint64_t expected = row * shape.height;
    std::uint64_t total = 0;
    auto decoded = walk.decode(stream, expected, [&total](View view) -> Result<> {
        total += view.size();
        return {};
    });
    if (!decoded || total != expected) return bad();
    return {};
}

} // namespace

Result<> image_payload(Walk& walk, const Object& stream) {
    const Shape shape = TRY(shape_of(walk, stream));
    TRY(walk.take_picture(shape.width, shape.height));
    Object filter = TRY(walk.lookup(stream, "Filter"));
    if (filter.isArray()) filter = TRY(walk.resolve(filter.arrayGetNF(0)));
    if (!filter.isName("DCTDecode")) return check_samples(walk, stream, shape);
    int components = 0;
    TRY(check_jpeg(TRY(walk.file().raw_stream(stream)), shape.width, shape.height, components));
    if (shape.bits != 8 || static_cast<std::uint64_t>(components) != shape.components) return bad();
    return {};
}

} // namespace sekisho::verify
