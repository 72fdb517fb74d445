#include "sanitizer/verify/image/place.h"

#include <optional>
#include <string_view>

namespace sekisho::verify {

namespace {

using namespace std::string_view_literals;

// Up to the number of entries; then the entries up to the sign of the latitude.
constexpr std::string_view head = "Exif\0\0MM\0\x2A\0\0\0\x08"
                                  "\0\1\x88\x25\0\4\0\0\0\1\0\0\0\x1A\0\0\0\0"sv;
constexpr std::string_view version = "\0\0\0\1\0\0\0\4\2\3\0\0"sv;

class Block {
public:
    explicit Block(View view) : m_reader(view) {}

    bool is(std::string_view bytes) {
        const auto taken = m_reader.bytes(bytes.size());
        return taken && as_text(*taken) == bytes;
    }
    // A letter or byte in the first of an entry's four bytes.
    bool is_one_of(std::string_view choices) {
        const auto taken = m_reader.bytes(4);
        return taken && choices.contains(static_cast<char>((*taken)[0])) && as_text(taken->subspan(1)) == "\0\0\0"sv;
    }
    bool is_number(std::uint32_t number) {
        const auto taken = m_reader.u32be();
        return taken && *taken == number;
    }
    bool is_rational(std::uint32_t most, std::uint32_t below) {
        const auto above = m_reader.u32be();
        return above && *above <= most && is_number(below);
    }
    bool is_angle(std::uint32_t degrees) {
        return is_rational(degrees, 1) && is_rational(59, 1) && is_rational(599'999, 10'000);
    }
    bool at_end() const { return m_reader.at_end(); }

private:
    ByteReader m_reader;
};

} // namespace

bool is_place(View exif) {
    constexpr std::size_t without_altitude = 146, with_altitude = 178;
    if (exif.size() != without_altitude && exif.size() != with_altitude) return false;
    const bool high = exif.size() == with_altitude;
    const std::uint32_t numbers_at = high ? 116 : 92;
    Block block(exif);
    if (!block.is(head) || !block.is(high ? "\0\7"sv : "\0\5"sv) || !block.is(version)) return false;
    if (!block.is("\0\1\0\2\0\0\0\2"sv) || !block.is_one_of("NS")) return false;
    if (!block.is("\0\2\0\5\0\0\0\3"sv) || !block.is_number(numbers_at)) return false;
    if (!block.is("\0\3\0\2\0\0\0\2"sv) || !block.is_one_of("EW")) return false;
    if (!block.is("\0\4\0\5\0\0\0\3"sv) || !block.is_number(numbers_at + 24)) return false;
    if (high && (!block.is("\0\5\0\1\0\0\0\1"sv) || !block.is_one_of("\0\1"sv))) return false;
    if (high && (!block.is("\0\6\0\5\0\0\0\1"sv) || !block.is_number(numbers_at + 48))) return false;
    if (!block.is_number(0) || !block.is_angle(90) || !block.is_angle(180)) return false;
    if (high && !block.is_rational(10'000'000, 100)) return false;
    return block.at_end();
}

} // namespace sekisho::verify
