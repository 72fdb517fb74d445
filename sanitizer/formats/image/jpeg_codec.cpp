#include "sanitizer/formats/image/jpeg_codec.h"

#include <algorithm>
#include <utility>

#include "base/stream/stream.h"
#include "sanitizer/formats/image/jpeg_io.h"

namespace sekisho::image {

namespace {

constexpr int fallback_quality = 92; // when pixels have to be encoded again

JDIMENSION rounded_up(JDIMENSION value, int step) {
    const auto unit = static_cast<JDIMENSION>(step);
    return (value + unit - 1) / unit * unit;
}

// No table may hold it (T.81 B.2.4.1); libjpeg reads it all the same.
bool has_nought(const JQUANT_TBL* table) {
    return table && std::ranges::find(table->quantval, UINT16{0}) != std::end(table->quantval);
}

} // namespace

Turn Turn::of(unsigned orientation) {
    switch (orientation) {
    case 2:
        return {.mirror_columns = true};
    case 3:
        return {.mirror_rows = true, .mirror_columns = true};
    case 4:
        return {.mirror_rows = true};
    case 5:
        return {.transpose = true};
    case 6:
        return {.transpose = true, .mirror_rows = true};
    case 7:
        return {.transpose = true, .mirror_rows = true, .mirror_columns = true};
    case 8:
        return {.transpose = true, .mirror_columns = true};
    default:
        return {};
    }
}

JpegCodec::JpegCodec(const Source& source, Budget& budget)
    : m_source(source), m_budget(budget), m_most_output(budget.limits().bytes_in_memory) {
    JpegIo::connect(*this);
}

JpegCodec::~JpegCodec() {
    // Both accept an object that was never created: zeroed, it has no memory manager.
    jpeg_destroy_decompress(&m_in);
    jpeg_destroy_compress(&m_out);
}

bool JpegCodec::guarded(Step step) noexcept {
    if (setjmp(m_jump) != 0) return false;
    step(*this);
    return true;
}

bool JpegCodec::read_header() {
    return guarded([](JpegCodec& codec) {
        jpeg_create_decompress(&codec.m_in);
        JpegIo::attach_input(codec);
        jpeg_read_header(&codec.m_in, TRUE);
    });
}

std::uint64_t JpegCodec::coefficient_bytes() const {
    std::uint64_t blocks = 0;
    for (int i = 0; i < m_in.num_components; ++i) {
        const jpeg_component_info& component = m_in.comp_info[i];
        blocks += static_cast<std::uint64_t>(rounded_up(component.width_in_blocks, component.h_samp_factor)) *
                  rounded_up(component.height_in_blocks, component.v_samp_factor);
    }
    return blocks * sizeof(JBLOCK);
}

bool JpegCodec::fits_blocks(Turn turn) const {
    const bool one = m_in.num_components == 1;
    const auto width = static_cast<JDIMENSION>(DCTSIZE * (one ? 1 : m_in.max_h_samp_factor));
    const auto height = static_cast<JDIMENSION>(DCTSIZE * (one ? 1 : m_in.max_v_samp_factor));
    return (!turn.mirror_columns || m_in.image_width % width == 0) &&
           (!turn.mirror_rows || m_in.image_height % height == 0);
}

bool JpegCodec::needs_all_in_memory() const {
    return jpeg_has_multiple_scans(const_cast<jpeg_decompress_struct*>(&m_in)) != FALSE; // reads a flag
}

bool JpegCodec::read_coefficients(Turn turn) {
    m_turn = turn;
    return guarded([](JpegCodec& codec) {
        if (!codec.m_turn.none()) request_turned(codec);
        codec.m_blocks = jpeg_read_coefficients(&codec.m_in);
        codec.m_serious += codec.all_codable() ? 0U : 1U;
        for (int i = 0; i < codec.m_in.num_components; ++i)
            codec.m_serious += has_nought(codec.m_in.comp_info[i].quant_table) ? 1U : 0U;
    });
}

// Colours, sampling and density as in the input; one sequential scan.
void JpegCodec::prepare_output(Turn turn) {
    jpeg_create_compress(&m_out);
    JpegIo::attach_output(*this);
    jpeg_copy_critical_parameters(&m_in, &m_out);
    m_out.JFIF_major_version = 1;
    m_out.JFIF_minor_version = 1;
    if (m_out.density_unit > 2 || m_out.X_density == 0 || m_out.Y_density == 0) {
        m_out.density_unit = 0;
        m_out.X_density = m_out.Y_density = 1;
    }
    // Without that marker four colours are taken as they are, with it as inverted.
    if (m_in.jpeg_color_space == JCS_CMYK) m_out.write_Adobe_marker = m_in.saw_Adobe_marker;
    m_out.arith_code = FALSE;
    if (m_out.num_components == 1) m_out.comp_info[0].h_samp_factor = m_out.comp_info[0].v_samp_factor = 1;
    for (JQUANT_TBL* table : m_out.quant_tbl_ptrs)
        if (table) std::ranges::replace(table->quantval, UINT16{0}, UINT16{1});
    if (!turn.transpose) return;
    std::swap(m_out.image_width, m_out.image_height);
    std::swap(m_out.X_density, m_out.Y_density);
    for (int i = 0; i < m_out.num_components; ++i)
        std::swap(m_out.comp_info[i].h_samp_factor, m_out.comp_info[i].v_samp_factor);
    for (JQUANT_TBL* table : m_out.quant_tbl_ptrs)
        for (int row = 0; table && row < DCTSIZE; ++row)
            for (int column = 0; column < row; ++column)
                std::swap(table->quantval[row * DCTSIZE + column], table->quantval[column * DCTSIZE + row]);
}

// One APP1 and one APP2 segment: our own profiles are far below 64 KB.
void JpegCodec::put_segments() {
    if (!m_exif.empty()) {
        jpeg_write_m_header(&m_out, JPEG_APP0 + 1, static_cast<unsigned>(m_exif.size()));
        for (const std::uint8_t byte : m_exif) jpeg_write_m_byte(&m_out, byte);
    }
    if (m_icc.empty()) return;
    static constexpr std::array<std::uint8_t, 14> head = {'I', 'C', 'C', '_', 'P', 'R', 'O',
                                                          'F', 'I', 'L', 'E', 0,   1,   1};
    jpeg_write_m_header(&m_out, JPEG_APP0 + 2, static_cast<unsigned>(head.size() + m_icc.size()));
    for (const std::uint8_t byte : head) jpeg_write_m_byte(&m_out, byte);
    for (const std::uint8_t byte : m_icc) jpeg_write_m_byte(&m_out, byte);
}

bool JpegCodec::write_coefficients(View icc) {
    m_icc = icc;
    return guarded([](JpegCodec& codec) {
        codec.prepare_output(codec.m_turn);
        if (!codec.m_turn.none()) turn_all(codec);
        // A progressive file has no table that fits one scan, and the standard ones would make it a third larger.
        codec.m_out.optimize_coding = codec.m_in.progressive_mode;
        jpeg_write_coefficients(&codec.m_out, codec.m_turn.none() ? codec.m_blocks : codec.m_turned_blocks.data());
        codec.put_segments();
        jpeg_finish_compress(&codec.m_out);
    });
}

bool JpegCodec::finish_reading() {
    return guarded([](JpegCodec& codec) { jpeg_finish_decompress(&codec.m_in); });
}

std::uint64_t JpegCodec::bytes_behind() const {
    return m_input_ended ? 0 : m_source.size() - m_offset + m_reader.bytes_in_buffer;
}

bool JpegCodec::start_pixels() {
    return guarded([](JpegCodec& codec) {
        codec.m_in.out_color_space = codec.m_in.jpeg_color_space; // no conversion: nothing is lost twice
        jpeg_start_decompress(&codec.m_in);
    });
}

bool JpegCodec::read_pixels(std::span<std::uint8_t> pixels) {
    m_pixels = pixels;
    return guarded([](JpegCodec& codec) {
        const std::size_t stride =
            std::size_t{codec.m_in.output_width} * static_cast<unsigned>(codec.m_in.output_components);
        while (codec.m_in.output_scanline < codec.m_in.output_height) {
            JSAMPROW row = codec.m_pixels.data() + codec.m_in.output_scanline * stride;
            jpeg_read_scanlines(&codec.m_in, &row, 1);
        }
    });
}

namespace {

void start_encoding(jpeg_compress_struct& out, J_COLOR_SPACE colours) {
    out.in_color_space = colours;
    out.input_components = out.num_components;
    jpeg_set_quality(&out, fallback_quality, TRUE);
    jpeg_start_compress(&out, TRUE);
}

// Gathers row `index` of the turned picture.
void gather(View pixels, std::size_t width, std::size_t height, std::size_t samples, Turn turn, std::size_t index,
            Bytes& row) {
    const std::size_t length = turn.transpose ? height : width;
    for (std::size_t i = 0; i < length; ++i) {
        std::size_t y = turn.transpose ? i : index;
        std::size_t x = turn.transpose ? index : i;
        if (turn.mirror_rows) y = height - 1 - y;
        if (turn.mirror_columns) x = width - 1 - x;
        const std::uint8_t* from = pixels.data() + (y * width + x) * samples;
        for (std::size_t sample = 0; sample < samples; ++sample) row[i * samples + sample] = from[sample];
    }
}

} // namespace

bool JpegCodec::write_pixels(std::span<const std::uint8_t> pixels, Turn turn, View icc) {
    m_pixels_out = pixels;
    m_turn = turn;
    m_icc = icc;
    m_row.resize(std::size_t{std::max(m_in.output_width, m_in.output_height)} *
                 static_cast<unsigned>(m_in.output_components));
    m_grey = codes::Grey(m_in.output_width, m_in.output_height);
    return guarded([](JpegCodec& codec) {
        codec.prepare_output(codec.m_turn);
        start_encoding(codec.m_out, codec.m_in.jpeg_color_space);
        codec.put_segments();
        const auto samples = static_cast<std::size_t>(codec.m_in.output_components);
        const std::size_t stride = codec.m_in.output_width * samples;
        for (std::size_t y = 0; y < codec.m_in.output_height; ++y)
            codec.look_at_row(codec.m_pixels_out.subspan(y * stride, stride));
        while (codec.m_out.next_scanline < codec.m_out.image_height) {
            gather(codec.m_pixels_out, codec.m_in.output_width, codec.m_in.output_height, samples, codec.m_turn,
                   codec.m_out.next_scanline, codec.m_row);
            JSAMPROW row = codec.m_row.data();
            jpeg_write_scanlines(&codec.m_out, &row, 1);
        }
        jpeg_finish_compress(&codec.m_out);
    });
}

bool JpegCodec::copy_pixels(View icc) {
    m_icc = icc;
    m_row.resize(std::size_t{m_in.output_width} * static_cast<unsigned>(m_in.output_components));
    m_grey = codes::Grey(m_in.output_width, m_in.output_height);
    return guarded([](JpegCodec& codec) {
        codec.prepare_output({});
        start_encoding(codec.m_out, codec.m_in.jpeg_color_space);
        codec.put_segments();
        JSAMPROW row = codec.m_row.data();
        while (codec.m_in.output_scanline < codec.m_in.output_height) {
            jpeg_read_scanlines(&codec.m_in, &row, 1);
            codec.look_at_row(codec.m_row);
            jpeg_write_scanlines(&codec.m_out, &row, 1);
        }
        jpeg_finish_compress(&codec.m_out);
    });
}

} // namespace sekisho::image
