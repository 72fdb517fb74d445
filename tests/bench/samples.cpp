#include "tests/bench/samples.h"

#include <algorithm>
#include <cairo-pdf.h>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <png.h>
#include <random>

#include <fmt/format.h>

namespace sekisho::bench {

namespace {

// The generators of <random> are the same everywhere, its distributions are not.
unsigned draw(std::mt19937& random, unsigned below) {
    return static_cast<unsigned>(random() % below);
}

std::string utf8(unsigned code) { // U+0800 to U+FFFF
    return {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
            static_cast<char>(0x80 | (code & 0x3F))};
}

std::uint8_t level(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

Bytes scene(unsigned width, unsigned height, unsigned seed) {
    std::mt19937 random(seed);
    Bytes pixels;
    pixels.reserve(std::size_t{width} * height * 3);
    for (unsigned y = 0; y < height; ++y)
        for (unsigned x = 0; x < width; ++x) {
            const double sky = 90.0 + 120.0 * y / height;
            const double form = 40.0 * std::sin(x * 0.011 + seed) * std::cos(y * 0.017);
            const double grain = draw(random, 31) - 15.0;
            pixels.push_back(level(sky + form + grain));
            pixels.push_back(level(sky - form / 2 + grain));
            pixels.push_back(level(230.0 - sky / 2 + form / 3 + grain));
        }
    return pixels;
}

cairo_status_t take(void* into, const unsigned char* data, unsigned size) {
    auto* bytes = static_cast<Bytes*>(into);
    bytes->insert(bytes->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

std::string prose(std::size_t bytes, unsigned seed) {
    std::mt19937 random(seed);
    std::string text;
    while (text.size() < bytes) {
        const unsigned length = 20 + draw(random, 60);
        for (unsigned i = 0; i < length; ++i) // two of three are hiragana, the others common kanji
            text += draw(random, 3) < 2 ? utf8(0x3042 + draw(random, 80)) : utf8(0x4E00 + draw(random, 900));
        text += "。\n";
    }
    return text;
}

Bytes jpeg(unsigned width, unsigned height, unsigned seed) {
    const Bytes pixels = scene(width, height, seed);
    jpeg_compress_struct coder{};
    jpeg_error_mgr errors{};
    coder.err = jpeg_std_error(&errors); // ends the process: these pixels are ours
    jpeg_create_compress(&coder);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&coder, &out, &size);
    coder.image_width = width;
    coder.image_height = height;
    coder.input_components = 3;
    coder.in_color_space = JCS_RGB;
    jpeg_set_defaults(&coder);
    jpeg_set_quality(&coder, 88, TRUE);
    jpeg_start_compress(&coder, TRUE);
    while (coder.next_scanline < height) {
        JSAMPROW row = const_cast<JSAMPROW>(&pixels[std::size_t{coder.next_scanline} * width * 3]);
        jpeg_write_scanlines(&coder, &row, 1);
    }
    jpeg_finish_compress(&coder);
    Bytes bytes(out, out + size);
    jpeg_destroy_compress(&coder);
    std::free(out);
    return bytes;
}

Bytes png(unsigned width, unsigned height) {
    const Bytes pixels = scene(width, height, 3);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    Bytes out(size);
    if (!png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr))
        bug("a sample could not be drawn");
    out.resize(size);
    return out;
}

std::string csv(unsigned rows) {
    std::string text = "番号,氏名,金額\r\n";
    std::mt19937 random(11);
    for (unsigned row = 0; row < rows; ++row)
        text += fmt::format("{},{},{}\r\n", row, utf8(0x4E00 + draw(random, 900)), draw(random, 1'000'000));
    return text;
}

Bytes pdf(unsigned pages, unsigned seed) {
    Bytes bytes;
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(take, &bytes, 595, 842);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2026-01-01T00:00:00Z");
    cairo_t* pen = cairo_create(surface);
    cairo_select_font_face(pen, "Noto Sans CJK JP", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(pen, 11);
    for (unsigned page = 0; page < pages; ++page) {
        const std::string lines = prose(4500, seed + page);
        double y = 60;
        for (std::size_t at = 0; at < lines.size() && y < 790; y += 18) {
            const std::size_t end = lines.find('\n', at);
            cairo_move_to(pen, 50, y);
            cairo_show_text(pen, lines.substr(at, std::min<std::size_t>(end - at, 45 * 3)).c_str());
            at = end + 1;
        }
        cairo_rectangle(pen, 45, 40, 505, 1);
        cairo_fill(pen);
        cairo_show_page(pen);
    }
    cairo_destroy(pen);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) bug("a sample could not be drawn");
    cairo_surface_destroy(surface);
    return bytes;
}

std::vector<Named> sent_samples(unsigned variant) {
    const unsigned seed = variant * 1000;
    const std::vector<Bytes> pictures{jpeg(1400, 1050, seed + 1), jpeg(1400, 1050, seed + 2),
                                      jpeg(1400, 1050, seed + 3)};
    std::vector<Named> samples;
    samples.push_back({"text-10KB.txt", Type::text, to_bytes(prose(10'000, seed + 5))});
    samples.push_back({"docx-20KB.docx", Type::docx, docx(33'000, {}, seed + 6)});
    samples.push_back({"docx-2MB.docx", Type::docx, docx(1'300'000, pictures, seed + 7)});
    samples.push_back({"pdf-20-pages.pdf", Type::pdf, pdf(20, seed + 100)});
    samples.push_back({"jpeg-4MB.jpeg", Type::jpeg, jpeg(4032, 3024, seed + 4)});
    return samples;
}

std::vector<Named> part_samples() {
    const Bytes text = to_bytes(prose(10'000, 5));
    const Bytes document = docx(30'000, {}, 6);
    std::vector<Named> samples;
    samples.push_back({"text", Type::text, text});
    samples.push_back({"csv", Type::csv, to_bytes(csv(500))});
    samples.push_back({"docx", Type::docx, document});
    samples.push_back({"xlsx", Type::xlsx, xlsx(1000)});
    samples.push_back({"pptx", Type::pptx, pptx(200)});
    samples.push_back({"pdf", Type::pdf, pdf(20, 100)});
    samples.push_back({"jpeg", Type::jpeg, jpeg(1400, 1050, 1)});
    samples.push_back({"png", Type::png, png(700, 500)});
    samples.push_back({"zip", Type::zip, zip({{"本文.txt", text}, {"文書.docx", document}})});
    return samples;
}

} // namespace sekisho::bench
