// libpng behind a wall: it sees a header of our making, the IDAT chunks, and nothing else of the file.
// All of its longjmp happens in png_reader.cpp.
#pragma once

#include <csetjmp>

#include <png.h>

#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

class PngReader {
public:
    PngReader(const Source& source, Budget& budget, const PngPlan& plan);
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;
    ~PngReader();

    // Each returns false on failure; then reason() says why. Rows are as the shape says: packed, 16 bit big-endian.
    bool start();
    bool read_row(std::span<std::uint8_t> row);    // the next one; not for interlaced pictures
    bool read_all(std::span<std::uint8_t> pixels); // the whole picture, also an interlaced one
    bool finish();
    Reason reason() const { return m_reason; }

private:
    using Step = void (*)(PngReader&);
    bool guarded(Step step) noexcept;
    bool serve(std::span<std::uint8_t> into) noexcept;
    static PngReader& reader_of(png_structp png);
    static void on_error(png_structp png, png_const_charp message);
    static void on_read(png_structp png, png_bytep into, std::size_t count);

    const Source& m_source;
    Budget& m_budget;
    const PngPlan& m_plan;
    Bytes m_head; // signature, IHDR, PLTE
    Bytes m_tail; // IEND
    std::uint64_t m_position = 0;
    std::jmp_buf m_jump{};
    Reason m_reason = Reason::input_damaged;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
    std::span<std::uint8_t> m_into;
};

} // namespace sekisho::image
