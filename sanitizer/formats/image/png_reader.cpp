#include "sanitizer/formats/image/png_reader.h"

#include <algorithm>

#include "sanitizer/formats/image/png_chunk.h"

namespace sekisho::image {

PngReader::PngReader(const Source& source, Budget& budget, const PngPlan& plan)
    : m_source(source), m_budget(budget), m_plan(plan) {
    ByteWriter head;
    append_start(head, plan.shape, plan.shape.interlaced);
    if (plan.shape.colour == 3) append_chunk(head, "PLTE", plan.palette);
    m_head = head.take();
    ByteWriter tail;
    append_chunk(tail, "IEND", {});
    m_tail = tail.take();
}

PngReader::~PngReader() {
    png_destroy_read_struct(&m_png, &m_info, nullptr);
}

bool PngReader::guarded(Step step) noexcept {
    if (setjmp(m_jump) != 0) return false;
    step(*this);
    return true;
}

PngReader& PngReader::reader_of(png_structp png) {
    return *static_cast<PngReader*>(png_get_io_ptr(png));
}

void PngReader::on_error(png_structp png, png_const_charp) {
    std::longjmp(static_cast<PngReader*>(png_get_error_ptr(png))->m_jump, 1);
}

// Fills `into` from head, IDAT run and tail as if they were one file.
bool PngReader::serve(std::span<std::uint8_t> into) noexcept {
    try {
        while (!into.empty()) {
            std::size_t count = 0;
            const auto from = [&](const Bytes& bytes, std::uint64_t at) {
                count = std::min<std::size_t>(into.size(), bytes.size() - at);
                std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, into.begin());
            };
            const std::uint64_t data_end = m_head.size() + m_plan.data_size;
            if (m_position < m_head.size()) {
                from(m_head, m_position);
            } else if (m_position < data_end) {
                const std::uint64_t at = m_position - m_head.size();
                const auto got = m_source.read_at(
                    m_plan.data_offset + at, into.first(std::min<std::uint64_t>(into.size(), m_plan.data_size - at)));
                if (!got) m_reason = reason_of(got.error());
                count = got.value_or(0);
            } else if (m_position - data_end < m_tail.size()) {
                from(m_tail, m_position - data_end);
            }
            if (count == 0) return false;
            m_position += count;
            into = into.subspan(count);
        }
        return true;
    } catch (...) {
        m_reason = Reason::limit_memory;
        return false;
    }
}

void PngReader::on_read(png_structp png, png_bytep into, std::size_t count) {
    if (!reader_of(png).serve({into, count})) png_error(png, "short");
}

bool PngReader::start() {
    return guarded([](PngReader& reader) {
        reader.m_png =
            png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_error, [](png_structp, png_const_charp) {});
        if (reader.m_png) reader.m_info = png_create_info_struct(reader.m_png);
        if (!reader.m_info) {
            reader.m_reason = Reason::limit_memory;
            std::longjmp(reader.m_jump, 1);
        }
        png_set_read_fn(reader.m_png, &reader, on_read);
        png_set_user_limits(reader.m_png, reader.m_plan.shape.width, reader.m_plan.shape.height); // the budget's word
        png_set_crc_action(reader.m_png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
        png_read_info(reader.m_png, reader.m_info);
        if (reader.m_plan.shape.interlaced) png_set_interlace_handling(reader.m_png);
        png_read_update_info(reader.m_png, reader.m_info);
        if (png_get_rowbytes(reader.m_png, reader.m_info) != reader.m_plan.shape.row_bytes())
            std::longjmp(reader.m_jump, 1);
    });
}

bool PngReader::read_row(std::span<std::uint8_t> row) {
    if (!m_budget.check_time()) {
        m_reason = Reason::limit_seconds;
        return false;
    }
    m_into = row;
    return guarded([](PngReader& reader) { png_read_row(reader.m_png, reader.m_into.data(), nullptr); });
}

bool PngReader::read_all(std::span<std::uint8_t> pixels) {
    constexpr int adam7_passes = 7;
    const int passes = m_plan.shape.interlaced ? adam7_passes : 1;
    const std::size_t stride = m_plan.shape.row_bytes();
    for (int pass = 0; pass < passes; ++pass)
        for (std::size_t row = 0; row < m_plan.shape.height; ++row)
            if (!read_row(pixels.subspan(row * stride, stride))) return false;
    return true;
}

bool PngReader::finish() {
    return guarded([](PngReader& reader) { png_read_end(reader.m_png, nullptr); });
}

} // namespace sekisho::image
