#include "sanitizer/formats/pdf/icc.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t header_size = 128;
constexpr std::size_t most_tags = 100;

// ICC.1:2010, section 9: tags with numbers only.
constexpr auto tags =
    std::to_array<std::string_view>({"A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2", "bTRC", "bXYZ", "bkpt", "chad",
                                     "gTRC", "gXYZ", "gamt", "kTRC", "lumi", "rTRC", "rXYZ", "wtpt"});

std::uint32_t u32_at(View view, std::size_t at) {
    return static_cast<std::uint32_t>(view[at] << 24 | view[at + 1] << 16 | view[at + 2] << 8 | view[at + 3]);
}
std::uint16_t u16_at(View view, std::size_t at) {
    return static_cast<std::uint16_t>(view[at] << 8 | view[at + 1]);
}

// How many bytes of a curve element are its own (section 10.5 and 10.15); 0 if it is not sound.
std::size_t curve_size(View view) {
    if (view.size() < 12) return 0;
    if (starts_with(view, "curv")) {
        const std::uint64_t size = 12 + 2ULL * u32_at(view, 8);
        return size <= view.size() ? static_cast<std::size_t>(size) : 0;
    }
    constexpr std::array<std::size_t, 5> parameters{1, 3, 4, 5, 7};
    if (!starts_with(view, "para") || u16_at(view, 8) >= parameters.size()) return 0;
    const std::size_t size = 12 + 4 * parameters[u16_at(view, 8)];
    return size <= view.size() ? size : 0;
}

std::uint64_t grid_size(View view, std::size_t inputs, std::size_t outputs, std::size_t points_at, bool one_for_all) {
    std::uint64_t size = outputs;
    for (std::size_t i = 0; i < inputs; ++i) {
        const std::uint8_t points = view[one_for_all ? points_at : points_at + i];
        if (points < 2) return 0;
        size *= points;
        if (size > 1U << 26) return 0;
    }
    return size;
}

// Tables of lut8Type and lut16Type (10.8, 10.9).
std::size_t table_size(View view) {
    if (view.size() < 52) return 0;
    const std::size_t inputs = view[8];
    const std::size_t outputs = view[9];
    if (inputs < 1 || inputs > 15 || outputs < 1 || outputs > 15) return 0;
    const std::uint64_t grid = grid_size(view, inputs, outputs, 10, true);
    if (grid == 0) return 0;
    std::uint64_t size = 0;
    if (starts_with(view, "mft1")) {
        size = 48 + 256 * inputs + grid + 256 * outputs;
    } else {
        const std::uint64_t in = u16_at(view, 48);
        const std::uint64_t out = u16_at(view, 50);
        if (in < 2 || in > 4096 || out < 2 || out > 4096) return 0;
        size = 52 + 2 * (in * inputs + grid + out * outputs);
    }
    return size <= view.size() ? static_cast<std::size_t>(size) : 0;
}

bool sound_curves(View view, std::size_t at, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (at >= view.size()) return false;
        const std::size_t size = curve_size(view.subspan(at));
        if (size == 0) return false;
        at += (size + 3) / 4 * 4;
    }
    return true;
}

// lutAToBType and lutBToAType (10.10, 10.11): offsets to curves, a matrix and a grid, all inside the element.
std::size_t pipeline_size(View view) {
    if (view.size() < 32) return 0;
    const std::size_t inputs = view[8];
    const std::size_t outputs = view[9];
    if (inputs < 1 || inputs > 15 || outputs < 1 || outputs > 15) return 0;
    const bool forward = starts_with(view, "mAB ");
    const std::size_t b = u32_at(view, 12);
    const std::size_t matrix = u32_at(view, 16);
    const std::size_t m = u32_at(view, 20);
    const std::size_t grid = u32_at(view, 24);
    const std::size_t a = u32_at(view, 28);
    if (b != 0 && !sound_curves(view, b, forward ? outputs : inputs)) return 0;
    if (m != 0 && !sound_curves(view, m, forward ? outputs : inputs)) return 0;
    if (a != 0 && !sound_curves(view, a, forward ? inputs : outputs)) return 0;
    if (matrix != 0 && (matrix > view.size() || view.size() - matrix < 48)) return 0;
    if (grid != 0) {
        if (grid > view.size() || view.size() - grid < 20) return 0;
        const std::uint64_t points = grid_size(view, inputs, outputs, grid, false);
        const std::uint8_t precision = view[grid + 16];
        if (points == 0 || (precision != 1 && precision != 2) || points * precision > view.size() - grid - 20) return 0;
    }
    return view.size();
}

std::size_t element_size(View view) {
    if (view.size() < 12) return 0;
    if (starts_with(view, "XYZ ")) return view.size() >= 20 ? 20 : 0;
    if (starts_with(view, "sf32")) return view.size() >= 44 ? 44 : 0;
    if (starts_with(view, "curv") || starts_with(view, "para")) return curve_size(view);
    if (starts_with(view, "mft1") || starts_with(view, "mft2")) return table_size(view);
    if (starts_with(view, "mAB ") || starts_with(view, "mBA ")) return pipeline_size(view);
    return 0;
}

struct Element {
    std::uint32_t tag;
    View data;
};

int components_of(std::string_view space) {
    if (space == "GRAY") return 1;
    if (space == "RGB " || space == "Lab " || space == "XYZ ") return 3;
    return space == "CMYK" ? 4 : 0;
}

// Header fields that conversion depends on; creator, dates, device and identifier are not.
void put_header(ByteWriter& out, View header, std::uint32_t size) {
    out.u32be(size);
    out.u32be(0);
    out.u32be(u32_at(header, 8) & 0xFFF00000);                            // version
    out.raw(header.subspan(12, 12));                                      // class, colour space, connection space
    for (int i = 0; i < 6; ++i) out.u16be(i == 0 ? 2000 : i < 3 ? 1 : 0); // a date that says nothing
    out.text("acsp");
    for (int i = 0; i < 6; ++i) out.u32be(0);
    out.u32be(u32_at(header, 64) & 3);                                                          // rendering intent
    for (const std::uint32_t value : {0x0000F6D6U, 0x00010000U, 0x0000D32DU}) out.u32be(value); // D50
    while (out.size() < header_size) out.u8(0);
}

} // namespace

Result<Profile> rewrite_icc(View view) {
    if (view.size() < header_size + 4 || as_text(view.subspan(36, 4)) != "acsp") return refuse(Reason::input_damaged);
    constexpr auto classes = std::to_array<std::string_view>({"mntr", "prtr", "scnr", "spac"});
    const std::string_view space = as_text(view.subspan(16, 4));
    const std::string_view connection = as_text(view.subspan(20, 4));
    const bool known = std::ranges::find(classes, as_text(view.subspan(12, 4))) != classes.end() &&
                       components_of(space) != 0 && (connection == "XYZ " || connection == "Lab ");
    const std::uint32_t count = u32_at(view, header_size);
    if (!known || count > most_tags || view.size() < header_size + 4 + 12ULL * count)
        return refuse(Reason::input_damaged);
    std::vector<Element> elements;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::size_t row = header_size + 4 + 12ULL * i;
        const std::size_t offset = u32_at(view, row + 4);
        if (std::ranges::find(tags, as_text(view.subspan(row, 4))) == tags.end() || offset >= view.size()) continue;
        const View data = view.subspan(offset, std::min<std::size_t>(u32_at(view, row + 8), view.size() - offset));
        const std::size_t size = element_size(data);
        if (size == 0) return refuse(Reason::input_damaged);
        elements.push_back({u32_at(view, row), data.first(size)});
    }
    if (elements.empty()) return refuse(Reason::input_damaged);
    ByteWriter body;
    std::vector<std::uint32_t> offsets;
    const std::size_t start = header_size + 4 + 12 * elements.size();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        // Tags that shared one element go on sharing it.
        const auto same = std::ranges::find_if(
            elements, [&](const Element& other) { return other.data.data() == elements[i].data.data(); });
        if (const auto first = static_cast<std::size_t>(same - elements.begin()); first < i) {
            offsets.push_back(offsets[first]);
            continue;
        }
        offsets.push_back(static_cast<std::uint32_t>(start + body.size()));
        body.raw(elements[i].data);
        while (body.size() % 4 != 0) body.u8(0);
    }
    ByteWriter out;
    put_header(out, view.first(header_size), static_cast<std::uint32_t>(start + body.size()));
    out.u32be(static_cast<std::uint32_t>(elements.size()));
    for (std::size_t i = 0; i < elements.size(); ++i) {
        out.u32be(elements[i].tag);
        out.u32be(offsets[i]);
        out.u32be(static_cast<std::uint32_t>(elements[i].data.size()));
    }
    out.raw(body.bytes());
    return Profile{out.take(), components_of(space)};
}

} // namespace sekisho::pdf
