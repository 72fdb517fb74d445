#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include "tests/sanitizer/formats/image/samples.h"

namespace sekisho::tests {

namespace {

struct Jump {
    jpeg_error_mgr manager{};
    std::jmp_buf jump{};
};

void give_up(j_common_ptr info) {
    std::longjmp(static_cast<Jump*>(info->client_data)->jump, 1);
}

bool decode(jpeg_decompress_struct& info, Jump& jump, View jpeg, Pixels& pixels) {
    if (setjmp(jump.jump) != 0) return false;
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, jpeg.data(), jpeg.size());
    jpeg_read_header(&info, TRUE);
    info.out_color_space = info.jpeg_color_space;
    jpeg_start_decompress(&info);
    pixels.width = info.output_width;
    pixels.height = info.output_height;
    pixels.samples = static_cast<unsigned>(info.output_components);
    pixels.data.resize(std::size_t{pixels.width} * pixels.height * pixels.samples);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = pixels.data.data() + std::size_t{info.output_scanline} * pixels.width * pixels.samples;
        jpeg_read_scanlines(&info, &row, 1);
    }
    return true;
}

std::uint8_t sample_at(const JpegRecipe& recipe, unsigned x, unsigned y, unsigned sample) {
    if (x < recipe.width / 3 && y < recipe.height / 4) return static_cast<std::uint8_t>(10 + sample * 20);
    return static_cast<std::uint8_t>(60 + (x * 120) / recipe.width + (y * 60) / recipe.height + sample * 5);
}

} // namespace

Bytes make_jpeg(const JpegRecipe& recipe) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* out = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &out, &size);
    info.image_width = recipe.width;
    info.image_height = recipe.height;
    info.input_components = static_cast<int>(recipe.samples);
    info.in_color_space = recipe.samples == 1 ? JCS_GRAYSCALE : recipe.samples == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&info);
    if (recipe.samples == 4) jpeg_set_colorspace(&info, recipe.ycck ? JCS_YCCK : JCS_CMYK);
    jpeg_set_quality(&info, 85, TRUE);
    info.comp_info[0].h_samp_factor = info.comp_info[0].v_samp_factor = static_cast<int>(recipe.sampling);
    info.restart_interval = static_cast<unsigned>(recipe.restart);
    if (recipe.samples == 4 && !recipe.ycck) info.write_Adobe_marker = FALSE;
    if (recipe.progressive) jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    for (const auto& [marker, content] : recipe.segments)
        jpeg_write_marker(&info, marker, as_view(content).data(), static_cast<unsigned>(content.size()));
    Bytes row(std::size_t{recipe.width} * recipe.samples);
    for (unsigned y = 0; y < recipe.height; ++y) {
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = sample_at(recipe, static_cast<unsigned>(i) / recipe.samples, y,
                               static_cast<unsigned>(i) % recipe.samples);
        JSAMPROW at = row.data();
        jpeg_write_scanlines(&info, &at, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    Bytes made(out, out + size);
    std::free(out);
    return made;
}

Pixels decode_jpeg(View jpeg) {
    Pixels pixels;
    jpeg_decompress_struct info{};
    Jump jump;
    info.err = jpeg_std_error(&jump.manager);
    jump.manager.error_exit = give_up;
    jump.manager.output_message = [](j_common_ptr) {};
    info.client_data = &jump;
    const bool done = decode(info, jump, jpeg, pixels);
    jpeg_destroy_decompress(&info);
    return done ? pixels : Pixels();
}

std::vector<unsigned> jpeg_markers(View jpeg) {
    std::vector<unsigned> markers;
    for (std::size_t at = 2; at + 4 <= jpeg.size() && jpeg[at] == 0xFF;) {
        markers.push_back(jpeg[at + 1]);
        if (jpeg[at + 1] == 0xDA) break;
        at += 2 + (std::size_t{jpeg[at + 2]} << 8 | jpeg[at + 3]);
    }
    return markers;
}

std::string exif_with_orientation(unsigned orientation, bool gps) {
    ByteWriter writer;
    writer.text(std::string_view("Exif\0\0II*\0", 10));
    writer.u32le(8);
    writer.u16le(gps ? 2 : 1);
    writer.u16le(0x0112);
    writer.u16le(3);
    writer.u32le(1);
    writer.u32le(orientation);
    if (gps) {
        writer.u16le(0x8825);
        writer.u16le(4);
        writer.u32le(1);
        writer.u32le(26);
    }
    writer.u32le(0);
    return std::string(as_text(writer.bytes()));
}

} // namespace sekisho::tests
