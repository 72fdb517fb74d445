// Enhanced metafiles ([MS-EMF]).
#pragma once

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

struct Emf {
    Gdi& gdi;
    ObjectTable objects;
    bool glyph_numbers = false; // text as numbers of a font that is not here
};

// Picture size and the way from device coordinates to its pixels.
struct Frame {
    int width = 0;
    int height = 0;
    Matrix device_to_image;
    double pixels_per_mm = 1; // of the device
    std::size_t handles = 0;
    std::uint32_t header_size = 0;
};

constexpr double most_side = 2000; // pixels of a picture

Result<Frame> read_emf_frame(View file);
// True: something in it was damaged or left out, what came before is drawn.
Result<bool> play_emf(View file, const Frame& frame, Gdi& gdi);

// Handlers of one record each, by subject. They refuse Reason::input_damaged for a bad record.
using PlayEmf = Result<> (*)(Emf& emf, std::uint32_t type, Fields& fields);

struct EmfRow {
    std::uint32_t type;
    PlayEmf play;
};

std::span<const EmfRow> emf_state_rows();
std::span<const EmfRow> emf_line_rows();
std::span<const EmfRow> emf_object_rows();
std::span<const EmfRow> emf_bitmap_rows();
std::span<const EmfRow> emf_region_rows();
std::span<const EmfRow> emf_text_rows();

constexpr std::uint32_t record_head = 8; // type and size of a record, which its offsets count

// An offset into the head wraps to one behind the record, which is refused like any other.
inline View part_of_record(Fields& fields, std::uint32_t offset, std::uint64_t size) {
    return fields.part(std::uint64_t{offset} - record_head, size);
}

inline Result<> all_read(const Fields& fields) {
    if (!fields.good()) return refuse(Reason::input_damaged);
    return {};
}

} // namespace sekisho::metafile
