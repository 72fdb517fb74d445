#include "sanitizer/formats/image/exif.h"

namespace sekisho::image {

namespace {

constexpr std::uint16_t tag_orientation = 0x0112;
constexpr std::uint16_t tag_gps = 0x8825;
constexpr std::uint16_t type_short = 3;

class Tiff {
public:
    explicit Tiff(View view) : m_reader(view), m_little(starts_with(view, "II")) {}
    Result<> seek(std::size_t position) { return m_reader.seek(position); }
    Result<> skip(std::size_t count) { return m_reader.skip(count); }
    Result<std::uint16_t> u16() { return m_little ? m_reader.u16le() : m_reader.u16be(); }
    Result<std::uint32_t> u32() { return m_little ? m_reader.u32le() : m_reader.u32be(); }

private:
    ByteReader m_reader;
    bool m_little;
};

Result<> read_entry(Tiff& tiff, Exif& exif) {
    const std::uint16_t tag = TRY(tiff.u16());
    const std::uint16_t type = TRY(tiff.u16());
    TRY(tiff.skip(4));
    const std::uint16_t value = TRY(tiff.u16());
    TRY(tiff.skip(2));
    if (tag == tag_gps) exif.gps = true;
    if (tag == tag_orientation && type == type_short && value >= 1 && value <= 8) exif.orientation = value;
    return {};
}

Result<> read(Tiff& tiff, Exif& exif) {
    TRY(tiff.skip(4));
    TRY(tiff.seek(TRY(tiff.u32())));
    const std::uint16_t count = TRY(tiff.u16());
    for (std::uint16_t i = 0; i < count; ++i) TRY(read_entry(tiff, exif));
    exif.thumbnail = TRY(tiff.u32()) != 0; // a second directory
    return {};
}

} // namespace

Exif parse_exif(View view) {
    Exif exif;
    if (!starts_with(view, "II") && !starts_with(view, "MM")) return exif;
    Tiff tiff(view);
    (void)read(tiff, exif); // a block that ends early has told what it could
    return exif;
}

} // namespace sekisho::image
