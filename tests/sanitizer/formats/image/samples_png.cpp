#include <algorithm>

#include <png.h>
#include <zlib.h>

#include "tests/sanitizer/formats/image/samples.h"

namespace sekisho::tests {

namespace {

void collect(png_structp png, png_bytep data, std::size_t count) {
    auto* out = static_cast<Bytes*>(png_get_io_ptr(png));
    out->insert(out->end(), data, data + count);
}

Bytes encode(const PngRecipe& recipe) {
    Bytes out;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, collect, nullptr);
    png_set_IHDR(png, info, recipe.width, recipe.height, static_cast<int>(recipe.depth),
                 static_cast<int>(recipe.colour), recipe.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    std::vector<png_color> palette(std::size_t{1} << std::min(recipe.depth, 8U));
    for (std::size_t i = 0; i < palette.size(); ++i)
        palette[i] = {static_cast<png_byte>(i * 3), static_cast<png_byte>(i * 5), static_cast<png_byte>(i * 7)};
    if (recipe.colour == 3) png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    png_write_info(png, info);
    const std::size_t stride = png_get_rowbytes(png, info);
    Bytes pixels(stride * recipe.height);
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<std::uint8_t>(i * 7 + i / stride * 13 + i / 97);
    std::vector<png_bytep> rows;
    for (std::size_t y = 0; y < recipe.height; ++y) rows.push_back(pixels.data() + y * stride);
    png_write_image(png, rows.data());
    png_write_end(png, nullptr);
    png_destroy_write_struct(&png, &info);
    return out;
}

} // namespace

std::string png_chunk(const std::string& type, const std::string& content) {
    ByteWriter writer;
    writer.u32be(static_cast<std::uint32_t>(content.size()));
    writer.text(type);
    writer.text(content);
    const std::string summed = type + content;
    writer.u32be(static_cast<std::uint32_t>(crc32(0, as_view(summed).data(), static_cast<uInt>(summed.size()))));
    return std::string(as_text(writer.bytes()));
}

Bytes make_png(const PngRecipe& recipe) {
    std::string png(as_text(encode(recipe)));
    std::string extra;
    for (const auto& [type, content] : recipe.before) extra += png_chunk(type, content);
    png.insert(png.find("IDAT") - 4, extra);
    extra.clear();
    for (const auto& [type, content] : recipe.after) extra += png_chunk(type, content);
    png.insert(png.rfind("IEND") - 4, extra);
    return to_bytes(png);
}

Pixels decode_png(View view) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    Pixels pixels;
    if (!png_image_begin_read_from_memory(&image, view.data(), view.size())) return pixels;
    image.format = PNG_FORMAT_LINEAR_RGB_ALPHA;
    std::vector<png_uint_16> wide(PNG_IMAGE_SIZE(image) / sizeof(png_uint_16));
    pixels = {image.width, image.height, 8, {}};
    if (!png_image_finish_read(&image, nullptr, wide.data(), 0, nullptr)) return {};
    for (const png_uint_16 value : wide) {
        pixels.data.push_back(static_cast<std::uint8_t>(value >> 8));
        pixels.data.push_back(static_cast<std::uint8_t>(value & 0xFF));
    }
    return pixels;
}

std::vector<std::string> png_chunks(View png) {
    std::vector<std::string> names;
    ByteReader reader(png.subspan(8));
    while (!reader.at_end()) {
        const auto size = reader.u32be();
        const auto name = reader.bytes(4);
        if (!size || !name) break;
        names.emplace_back(as_text(*name));
        if (!reader.skip(std::size_t{*size} + 4)) break;
    }
    return names;
}

} // namespace sekisho::tests
