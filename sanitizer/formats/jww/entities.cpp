// The classes of a drawing (jwdatafmt.txt, the Serialize() of each).
#include <bit>
#include <cmath>

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/jww/rewriter.h"

namespace sekisho::jww {

namespace {

constexpr std::uint32_t width_since = 351, dimension_parts_since = 420;
constexpr std::uint8_t symbol_style = 100;  // of a point
constexpr std::uint16_t own_color = 10;     // of a solid
constexpr std::string_view picture = "^@B"; // "^@BM" and a path: the text loads a picture

bool loads_a_file(std::string_view words) {
    return words.find(picture) != words.npos;
}

} // namespace

Result<std::uint32_t> Rewriter::number() {
    const std::uint32_t value = TRY(m_in.in().u32le());
    m_out.out().u32le(value);
    return value;
}

// What is no number would be drawn differently by every program.
Result<> Rewriter::reals(int count) {
    for (int i = 0; i < count; ++i) {
        const double value = std::bit_cast<double>(TRY(m_in.in().u64le()));
        m_out.out().u64le(std::bit_cast<std::uint64_t>(std::isfinite(value) ? value : 0.0));
    }
    return {};
}

Result<Text> Rewriter::text(bool lines) {
    Text made = TRY(m_in.text());
    if (!lines) {
        m_cleaned = cad::clean(made.utf8) || m_cleaned;
        return made;
    }
    std::string all;
    std::string_view rest = made.utf8;
    for (bool more = true; more;) {
        const std::size_t end = rest.find("\r\n");
        std::string line(rest.substr(0, end));
        m_cleaned = cad::clean(line) || m_cleaned;
        all += line;
        more = end != rest.npos;
        if (!more) break;
        all += "\r\n";
        rest.remove_prefix(end + 2);
    }
    made.utf8 = std::move(all);
    return made;
}

// CData: curve, line type, colour, width, layer, layer group, flags.
Result<Rewriter::Base> Rewriter::base() {
    ByteReader& in = m_in.in();
    ByteWriter& out = m_out.out();
    Base made;
    TRY(number());
    made.style = TRY(in.u8());
    made.color = TRY(in.u16le());
    out.u8(made.style);
    out.u16le(made.color);
    if (m_version >= width_since) out.u16le(TRY(in.u16le()));
    for (int i = 0; i < 3; ++i) out.u16le(TRY(in.u16le()));
    return made;
}

Result<> Rewriter::line() {
    TRY(base());
    return reals(4);
}

Result<> Rewriter::point() {
    const Base own = TRY(base());
    TRY(reals(2));
    TRY(number());
    if (own.style != symbol_style) return {};
    TRY(number());
    return reals(2);
}

// Two points, kind, width, height, space, angle, font, text.
Result<> Rewriter::words(bool& loads) {
    TRY(base());
    TRY(reals(4));
    TRY(number());
    TRY(reals(4));
    put(TRY(text()));
    Text own = TRY(text());
    loads = loads_a_file(own.utf8);
    if (loads) {
        m_context.found(Finding::jww_external, Action::removed);
        own.utf8.clear();
    }
    if (m_words) m_words->add(own.utf8);
    put(own);
    return {};
}

Result<> Rewriter::dimension() {
    bool loads = false;
    TRY(base());
    TRY(line());
    TRY(words(loads));
    if (m_version < dimension_parts_since) return {};
    m_out.out().u16le(TRY(m_in.in().u16le()));
    for (int i = 0; i < 2; ++i) TRY(line());
    for (int i = 0; i < 4; ++i) TRY(point());
    return {};
}

Result<> Rewriter::solid() {
    const Base own = TRY(base());
    TRY(reals(8));
    if (own.color == own_color) TRY(number());
    return {};
}

Result<> Rewriter::insert(std::uint32_t block) {
    TRY(base());
    TRY(reals(5));
    const std::uint32_t part = TRY(number());
    m_nesting.add_use(block, TRY(m_nesting.block(std::to_string(part), m_context.limits())), 1);
    return {};
}

Result<bool> Rewriter::entity(std::string_view name, std::uint32_t block) {
    bool loads = false;
    if (name == "CDataSen") {
        TRY(line());
    } else if (name == "CDataEnko") {
        TRY(base());
        TRY(reals(7));
        TRY(number());
    } else if (name == "CDataTen") {
        TRY(point());
    } else if (name == "CDataMoji") {
        TRY(words(loads));
    } else if (name == "CDataSunpou") {
        TRY(dimension());
    } else if (name == "CDataSolid") {
        TRY(solid());
    } else if (name == "CDataBlock") {
        TRY(insert(block));
    } else {
        return refuse(Reason::cad_damaged); // how long it is, only its own program knows
    }
    return !loads;
}

} // namespace sekisho::jww
