// libjpeg behind a wall: everything that can longjmp lives in jpeg_codec.cpp and jpeg_io.cpp, in functions without
// objects that have destructors, and is entered only through JpegCodec::guarded().
#pragma once

#include <array>
#include <csetjmp>
#include <cstdio>

#include <jpeglib.h>

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/codes/grey.h"
#include "sanitizer/formats/image/jpeg_segments.h"

namespace sekisho {
class Source;
}

namespace sekisho::image {

constexpr unsigned most_scans = 100;
constexpr unsigned most_warnings = 100'000; // one lost restart marker can make tens of thousands

// How a picture has to be turned to be upright (EXIF orientation, CIPA DC-008 4.6.5.1).
struct Turn {
    bool transpose = false;      // rows become columns; the mirrors below act before that
    bool mirror_rows = false;    // top and bottom change
    bool mirror_columns = false; // left and right change
    static Turn of(unsigned orientation);
    bool none() const { return !transpose && !mirror_rows && !mirror_columns; }
};

class JpegCodec {
public:
    JpegCodec(const Source& source, Budget& budget);
    JpegCodec(const JpegCodec&) = delete;
    JpegCodec& operator=(const JpegCodec&) = delete;
    ~JpegCodec();

    // Each returns false on failure; then reason() says why.
    bool read_header();
    bool read_coefficients(Turn turn); // turned, if `turn` is not none; only when fits_blocks(turn)
    void keep_place(const Place& place) { m_exif = exif_of(place); } // before anything is written
    bool write_coefficients(View icc);
    bool start_pixels();
    bool read_pixels(std::span<std::uint8_t> pixels);                             // the whole picture, as stored
    bool write_pixels(std::span<const std::uint8_t> pixels, Turn turn, View icc); // the same, turned
    bool copy_pixels(View icc);                                                   // both, row by row
    bool look_at_coefficients(); // after read_coefficients(): makes grey()
    bool finish_reading();

    Reason reason() const { return m_reason; }
    const jpeg_decompress_struct& header() const { return m_in; }
    const JpegSegments& segments() const { return m_segments; }
    std::uint64_t coefficient_bytes() const;
    bool fits_blocks(Turn turn) const; // can be turned without cutting a block
    bool needs_all_in_memory() const;  // progressive, or several scans
    bool damaged() const { return m_serious != 0; }
    bool stray_bytes() const { return m_warnings != m_serious; }
    std::uint64_t bytes_behind() const; // after finish_reading()
    // What the picture shows: of all pixels when they were copied or written, else of look_at_coefficients().
    const codes::Grey& grey() const { return m_grey; }
    Bytes take_output() { return std::move(m_output); }

private:
    friend struct JpegIo;
    using Step = void (*)(JpegCodec&);
    bool guarded(Step step) noexcept;
    void prepare_output(Turn turn);
    void put_segments();
    bool all_codable();
    std::size_t bright_component() const;
    void look_at_row(View row);
    static void request_turned(JpegCodec& codec);
    static void turn_all(JpegCodec& codec);

    const Source& m_source;
    Budget& m_budget;
    std::uint64_t m_offset = 0;
    bool m_input_ended = false;
    JpegSegments m_segments;
    Bytes m_output;
    std::uint64_t m_most_output;

    std::jmp_buf m_jump{};
    Reason m_reason = Reason::none;
    unsigned m_warnings = 0;
    unsigned m_serious = 0; // warnings about the picture itself
    jpeg_decompress_struct m_in{};
    jpeg_compress_struct m_out{};
    jpeg_error_mgr m_errors{};
    jpeg_source_mgr m_reader{};
    jpeg_destination_mgr m_writer{};
    jpeg_progress_mgr m_progress{};
    jvirt_barray_ptr* m_blocks = nullptr;                           // libjpeg's
    std::array<jvirt_barray_ptr, MAX_COMPONENTS> m_turned_blocks{}; // libjpeg's
    Turn m_turn;
    View m_icc;
    Bytes m_exif;
    std::span<std::uint8_t> m_pixels;
    View m_pixels_out;
    Bytes m_row;
    codes::Grey m_grey;
    std::array<std::uint8_t, 64 * 1024> m_in_buffer{};
    std::array<std::uint8_t, 64 * 1024> m_out_buffer{};
    std::array<std::uint8_t, 64 * 1024> m_segment{};
};

} // namespace sekisho::image
