#include "sanitizer/formats/image/exif.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace sekisho::image {

namespace {

constexpr std::uint16_t tag_orientation = 0x0112;
constexpr std::uint16_t tag_gps = 0x8825;
constexpr std::uint16_t type_short = 3;
constexpr std::uint32_t units_of_second = 10'000; // as Place has angles
constexpr std::uint32_t units_of_minute = 60 * units_of_second;
constexpr std::uint32_t units_of_degree = 60 * units_of_minute;

class Tiff {
public:
    explicit Tiff(View view) : m_reader(view), m_little(starts_with(view, "II")) {}
    Result<> seek(std::size_t position) { return m_reader.seek(position); }
    Result<> skip(std::size_t count) { return m_reader.skip(count); }
    std::size_t position() const { return m_reader.position(); }
    Result<std::uint8_t> u8() { return m_reader.u8(); }
    Result<std::uint16_t> u16() { return m_little ? m_reader.u16le() : m_reader.u16be(); }
    Result<std::uint32_t> u32() { return m_little ? m_reader.u32le() : m_reader.u32be(); }

private:
    ByteReader m_reader;
    bool m_little;
};

Result<> read_entry(Tiff& tiff, Exif& exif, std::optional<std::uint32_t>& gps_at) {
    const std::uint16_t tag = TRY(tiff.u16());
    const std::uint16_t type = TRY(tiff.u16());
    TRY(tiff.skip(4));
    const std::size_t value_at = tiff.position();
    const std::uint16_t value = TRY(tiff.u16());
    TRY(tiff.skip(2));
    if (tag == tag_gps) {
        exif.gps = true;
        TRY(tiff.seek(value_at));
        gps_at = TRY(tiff.u32());
    }
    if (tag == tag_orientation && type == type_short && value >= 1 && value <= 8) exif.orientation = value;
    return {};
}

Result<> read(Tiff& tiff, Exif& exif, std::optional<std::uint32_t>& gps_at) {
    TRY(tiff.skip(4));
    TRY(tiff.seek(TRY(tiff.u32())));
    const std::uint16_t count = TRY(tiff.u16());
    for (std::uint16_t i = 0; i < count; ++i) TRY(read_entry(tiff, exif, gps_at));
    exif.thumbnail = TRY(tiff.u32()) != 0; // a second directory
    return {};
}

// What a GPS directory says, as far as it counts here.
struct Gps {
    std::optional<double> latitude, longitude, altitude; // degrees, degrees, metres; without their signs
    bool south = false, west = false, below_sea = false;
};

// RATIONAL numbers, each by `share` of the one before; nothing if one is none.
Result<std::optional<double>> rationals(Tiff& tiff, std::uint32_t at, unsigned count, double share) {
    TRY(tiff.seek(at));
    double sum = 0;
    double unit = 1;
    for (unsigned i = 0; i < count; ++i, unit *= share) {
        const std::uint32_t above = TRY(tiff.u32());
        const std::uint32_t below = TRY(tiff.u32());
        if (below == 0 && above != 0) return std::nullopt;
        if (below != 0) sum += unit * above / below;
    }
    return sum;
}

Result<> read_gps_entry(Tiff& tiff, Gps& gps) {
    const std::uint16_t tag = TRY(tiff.u16());
    const std::uint16_t type = TRY(tiff.u16());
    const std::uint32_t count = TRY(tiff.u32());
    const std::size_t value_at = tiff.position();
    const std::uint8_t first = TRY(tiff.u8());
    TRY(tiff.seek(value_at));
    const std::uint32_t at = TRY(tiff.u32());
    const std::size_t next = tiff.position();
    constexpr std::uint16_t type_rational = 5;
    if (tag == 1) gps.south = first == 'S';
    if (tag == 3) gps.west = first == 'W';
    if (tag == 5) gps.below_sea = first == 1;
    if (type == type_rational && count == 3 && tag == 2) gps.latitude = TRY(rationals(tiff, at, 3, 1.0 / 60));
    if (type == type_rational && count == 3 && tag == 4) gps.longitude = TRY(rationals(tiff, at, 3, 1.0 / 60));
    if (type == type_rational && count == 1 && tag == 6) gps.altitude = TRY(rationals(tiff, at, 1, 1));
    return tiff.seek(next);
}

Result<> read_gps(Tiff& tiff, std::uint32_t at, Gps& gps) {
    constexpr std::uint16_t most_entries = 64; // the standard has 32 tags
    TRY(tiff.seek(at));
    const std::uint16_t count = TRY(tiff.u16());
    for (std::uint16_t i = 0; i < std::min(count, most_entries); ++i) TRY(read_gps_entry(tiff, gps));
    return {};
}

std::optional<Place> place_of(const Gps& gps) {
    constexpr double highest = 100'000; // metres, well above any aeroplane
    if (!gps.latitude || !gps.longitude || *gps.latitude > 90 || *gps.longitude > 180) return std::nullopt;
    Place place;
    place.latitude = std::llround(*gps.latitude * units_of_degree) * (gps.south ? -1 : 1);
    place.longitude = std::llround(*gps.longitude * units_of_degree) * (gps.west ? -1 : 1);
    if (gps.altitude && *gps.altitude <= highest)
        place.altitude = static_cast<std::int32_t>(std::lround(*gps.altitude * 100)) * (gps.below_sea ? -1 : 1);
    return place;
}

void append_entry(ByteWriter& block, std::uint16_t tag, std::uint16_t type, std::uint32_t count, std::uint32_t value) {
    block.u16be(tag);
    block.u16be(type);
    block.u32be(count);
    block.u32be(value);
}

void append_angle(ByteWriter& block, std::int64_t angle) {
    const auto units = static_cast<std::uint64_t>(std::abs(angle)); // 180 degrees are more than 32 bits hold
    for (const std::uint64_t part : {units / units_of_degree, units / units_of_minute % 60}) {
        block.u32be(static_cast<std::uint32_t>(part));
        block.u32be(1);
    }
    block.u32be(static_cast<std::uint32_t>(units % units_of_minute));
    block.u32be(units_of_second);
}

} // namespace

Exif parse_exif(View view) {
    Exif exif;
    if (!starts_with(view, "II") && !starts_with(view, "MM")) return exif;
    Tiff tiff(view);
    std::optional<std::uint32_t> gps_at;
    (void)read(tiff, exif, gps_at); // a block that ends early has told what it could
    Gps gps;
    if (gps_at) (void)read_gps(tiff, *gps_at, gps);
    exif.place = place_of(gps);
    return exif;
}

// Big-endian; a directory that leads to that of the place, and that one (CIPA DC-008 4.6.6), version 2.3.
Bytes exif_of(const Place& place) {
    constexpr std::uint16_t of_bytes = 1, of_letters = 2, of_longs = 4, of_rationals = 5;
    constexpr std::uint32_t place_at = 8 + 2 + 12 + 4;
    const std::uint16_t entries = place.altitude ? 7 : 5;
    const std::uint32_t numbers_at = place_at + 2 + 12 * entries + 4;
    ByteWriter block;
    block.raw(as_view(std::string_view("Exif\0\0MM\0*\0\0\0\x08\0\1", 16)));
    append_entry(block, tag_gps, of_longs, 1, place_at);
    block.u32be(0);
    block.u16be(entries);
    append_entry(block, 0, of_bytes, 4, 0x02030000);
    append_entry(block, 1, of_letters, 2, (place.latitude < 0 ? 'S' : 'N') * 0x1000000U);
    append_entry(block, 2, of_rationals, 3, numbers_at);
    append_entry(block, 3, of_letters, 2, (place.longitude < 0 ? 'W' : 'E') * 0x1000000U);
    append_entry(block, 4, of_rationals, 3, numbers_at + 24);
    if (place.altitude) {
        append_entry(block, 5, of_bytes, 1, *place.altitude < 0 ? 0x1000000U : 0);
        append_entry(block, 6, of_rationals, 1, numbers_at + 48);
    }
    block.u32be(0);
    append_angle(block, place.latitude);
    append_angle(block, place.longitude);
    if (place.altitude) {
        block.u32be(static_cast<std::uint32_t>(std::abs(*place.altitude)));
        block.u32be(100);
    }
    return block.take();
}

} // namespace sekisho::image
