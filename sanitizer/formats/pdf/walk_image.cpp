// Picture objects (ISO 32000-1, 8.9.5): decoded and encoded again; what cannot be decoded becomes an empty picture.
#include <algorithm>

#include "sanitizer/formats/pdf/codecs.h"
#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

namespace {

struct Shape {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int bits = 8;
    bool stencil = false; // ImageMask
};

struct Encoded {
    Bytes bytes;
    std::string keys;
    bool is_jpeg = false;
};

std::int64_t integer_of(Handle dictionary, const char* key, std::int64_t otherwise) {
    if (!dictionary.isDictionary()) return otherwise;
    Handle value = dictionary.getKey(key);
    if (value.isReal()) return static_cast<std::int64_t>(value.getNumericValue());
    return value.isInteger() ? value.getIntValue() : otherwise;
}

bool flag_of(Handle dictionary, const char* key) {
    if (!dictionary.isDictionary()) return false;
    Handle value = dictionary.getKey(key);
    return value.isBool() && value.getBoolValue();
}

std::uint32_t size_of(std::int64_t value) {
    return value > 0 && value < 0x7FFFFFFF ? static_cast<std::uint32_t>(value) : 0;
}

Shape shape_of(const Handle& dictionary) {
    Shape shape;
    shape.width = size_of(integer_of(dictionary, "/Width", 0));
    shape.height = size_of(integer_of(dictionary, "/Height", 0));
    shape.stencil = flag_of(dictionary, "/ImageMask");
    shape.bits = shape.stencil ? 1 : static_cast<int>(integer_of(dictionary, "/BitsPerComponent", 0) & 0xFF);
    return shape;
}

void put_shape(std::string& keys, const Shape& shape) {
    keys += "/Width ";
    put_integer(keys, shape.width);
    keys += "/Height ";
    put_integer(keys, shape.height);
    keys += "/BitsPerComponent ";
    put_integer(keys, shape.bits);
    if (shape.stencil) keys += "/ImageMask true";
}

std::string_view device_for(int components) {
    return components == 1 ? "/DeviceGray" : components == 4 ? "/DeviceCMYK" : "/DeviceRGB";
}

FaxParameters fax_parameters(const Handle& parameters, const Shape& shape) {
    FaxParameters fax;
    fax.k = static_cast<int>(std::clamp<std::int64_t>(integer_of(parameters, "/K", 0), -1, 1));
    fax.end_of_line = flag_of(parameters, "/EndOfLine");
    fax.byte_align = flag_of(parameters, "/EncodedByteAlign");
    fax.black_is_1 = flag_of(parameters, "/BlackIs1");
    fax.columns = size_of(integer_of(parameters, "/Columns", 1728));
    fax.rows = shape.height;
    return fax;
}

// Exactly the samples that size and depth call for: shorter data are filled with zeros as readers do.
Result<> fit(Bytes& bytes, const Shape& shape, int components) {
    if (shape.bits != 1 && shape.bits != 2 && shape.bits != 4 && shape.bits != 8 && shape.bits != 16)
        return refuse(Reason::input_damaged);
    const std::uint64_t row = (std::uint64_t{shape.width} * static_cast<unsigned>(components * shape.bits) + 7) / 8;
    const std::uint64_t size = row * shape.height;
    // What is missing may be missing by accident, but no picture is nearly all missing.
    if (size > (64U << 20) && size / 16 > bytes.size()) return refuse(Reason::input_damaged);
    bytes.resize(static_cast<std::size_t>(size));
    return {};
}

// A white picture, or a stencil that paints nothing.
Encoded empty_picture(const Shape& shape) {
    Encoded empty;
    empty.bytes = {0xFF};
    empty.keys = shape.stencil ? "/Width 1/Height 1/BitsPerComponent 1/ImageMask true"
                               : "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray";
    return empty;
}

Result<Encoded> encode_picture(Walk& walk, Handle stream) {
    Handle dictionary = stream.getDict();
    Shape shape = shape_of(dictionary);
    Handle space = dictionary.getKey("/ColorSpace");
    int components = shape.stencil ? 1 : walk.components(space);
    std::uint64_t guess =
        std::uint64_t{shape.width} * static_cast<unsigned>(std::max(1, components * shape.bits)) / 8 + 8;
    guess = std::min<std::uint64_t>(guess * (shape.height + 1ULL), walk.context().limits().bytes_in_memory);
    Decoded decoded = TRY(walk.decode(stream, static_cast<std::size_t>(guess)));
    Encoded encoded;
    bool own_color = !space.isNull() && !shape.stencil;
    if (decoded.codec == "DCTDecode") {
        Jpeg jpeg = TRY(rewrite_jpeg(decoded.bytes, walk.budget()));
        shape.width = jpeg.width, shape.height = jpeg.height, shape.bits = 8;
        own_color = own_color && components == jpeg.components;
        components = jpeg.components;
        encoded.is_jpeg = true;
        encoded.bytes = std::move(jpeg.bytes);
        if (Handle(decoded.parameters).isDictionary() && integer_of(decoded.parameters, "/ColorTransform", -1) == 0)
            encoded.keys += "/DecodeParms<</ColorTransform 0>>";
    } else if (decoded.codec == "JPXDecode" || decoded.codec == "JBIG2Decode") {
        Bytes globals;
        if (Handle(decoded.parameters).isDictionary()) {
            Handle shared = Handle(decoded.parameters).getKey("/JBIG2Globals");
            if (shared.isStream()) globals = TRY(walk.data(shared));
        }
        const bool indexed =
            space.isArray() && space.getArrayNItems() > 0 && name_of(space.getArrayItem(0)) == "Indexed";
        const bool bilevel = decoded.codec == "JBIG2Decode";
        Samples samples = TRY(bilevel ? decode_jbig2(decoded.bytes, globals, walk.budget())
                                      : decode_jpx(decoded.bytes, components, indexed, walk.budget()));
        // In PDF, JBIG2 data count white as 1 (ISO 32000-1, 7.4.7).
        if (bilevel)
            for (std::uint8_t& byte : samples.bytes) byte = static_cast<std::uint8_t>(~byte);
        shape.width = samples.width, shape.height = samples.height, shape.bits = samples.bits;
        own_color = own_color && components == samples.components;
        components = samples.components;
        encoded.bytes = std::move(samples.bytes);
        walk.found(Finding::pdf_codec, Action::converted);
    } else {
        if (components == 0 || shape.width == 0 || shape.height == 0) return refuse(Reason::input_damaged);
        TRY(walk.budget().take_picture(shape.width, shape.height));
        encoded.bytes = std::move(decoded.bytes);
        if (decoded.codec == "CCITTFaxDecode") {
            const FaxParameters fax = fax_parameters(decoded.parameters, shape);
            encoded.bytes = TRY(decode_fax(encoded.bytes, fax, shape.height));
            shape.width = fax.columns, shape.bits = 1;
            walk.found(Finding::pdf_codec, Action::converted);
        }
    }
    if (shape.stencil && (shape.bits != 1 || components != 1)) return refuse(Reason::input_damaged);
    if (!encoded.is_jpeg) {
        TRY(fit(encoded.bytes, shape, components));
        TRY(walk.budget().take_unpacked(encoded.bytes.size()));
    }
    put_shape(encoded.keys, shape);
    if (!shape.stencil) {
        encoded.keys += "/ColorSpace";
        std::string spelled;
        if (own_color && TRY(walk.put(spelled, Kind::color_space, space)))
            (encoded.keys += ' ') += spelled;
        else
            encoded.keys += device_for(components);
    }
    std::string decode;
    Handle ranges = dictionary.getKey("/Decode");
    const bool fits = ranges.isArray() && ranges.getArrayNItems() == 2 * components;
    if (fits && TRY(walk.put(decode, Kind::numbers, ranges))) encoded.keys += "/Decode" + decode;
    return encoded;
}

} // namespace

Result<> Walk::write_image(const Waiting& waiting) {
    Handle value = waiting.value;
    Handle dictionary = value.getDict();
    auto encoded = encode_picture(*this, waiting.value);
    std::string keys;
    if (!encoded) {
        if (is_final(encoded.error())) return std::unexpected(encoded.error());
        found(Finding::pdf_picture, Action::replaced);
        encoded = empty_picture(shape_of(dictionary));
        keys = "/Type/XObject/Subtype/Image";
    } else {
        TRY(put_entries(keys, Kind::image, dictionary, 0));
    }
    keys += encoded->keys;
    if (!encoded->is_jpeg) return stream(waiting.number, keys, encoded->bytes);
    return m_writer.encoded_stream(waiting.number, keys + "/Filter/DCTDecode", encoded->bytes);
}

} // namespace sekisho::pdf
