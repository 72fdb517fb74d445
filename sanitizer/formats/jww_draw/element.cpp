#include "sanitizer/formats/jww_draw/element.h"

#include <algorithm>
#include <bit>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::jww {

namespace {

constexpr std::uint32_t width_since = 351, dimension_parts_since = 420;
constexpr std::uint8_t symbol_style = 100;
constexpr std::uint16_t own_color = 10;

struct Named {
    std::string_view name;
    Kind kind;
};
constexpr std::array names{Named{"CDataSen", Kind::line},         Named{"CDataEnko", Kind::arc},
                           Named{"CDataTen", Kind::point},        Named{"CDataMoji", Kind::words},
                           Named{"CDataSunpou", Kind::dimension}, Named{"CDataSolid", Kind::solid},
                           Named{"CDataBlock", Kind::insert}};

Result<> base(ArchiveReader& in, Element& made, std::uint32_t version) {
    ByteReader& bytes = in.in();
    TRY(bytes.u32le()); // the curve that it is a part of
    made.style = TRY(bytes.u8());
    made.color = TRY(bytes.u16le());
    if (version >= width_since) made.width = TRY(bytes.u16le());
    made.layer = TRY(bytes.u16le());
    made.group = TRY(bytes.u16le());
    TRY(bytes.u16le()); // flags
    return {};
}

Result<> reals(ArchiveReader& in, Element& made, std::size_t count, std::size_t from = 0) {
    for (std::size_t i = from; i < from + count; ++i) made.reals[i] = std::bit_cast<double>(TRY(in.in().u64le()));
    return {};
}

Result<> words(ArchiveReader& in, Element& made) {
    TRY(reals(in, made, 4));
    made.number = TRY(in.in().u32le());
    TRY(reals(in, made, 4, 4));
    TRY(in.text()); // the font
    made.utf8 = TRY(in.text()).utf8;
    return {};
}

Result<> dimension(ArchiveReader& in, Element& made, std::uint32_t version) {
    made.parts.push_back(TRY(read_element(in, Kind::line, version)));
    made.parts.push_back(TRY(read_element(in, Kind::words, version)));
    if (version < dimension_parts_since) return {};
    TRY(in.in().u16le());
    for (const Kind kind : {Kind::line, Kind::line, Kind::point, Kind::point, Kind::point, Kind::point})
        made.parts.push_back(TRY(read_element(in, kind, version)));
    return {};
}

Result<> fields(ArchiveReader& in, Element& made, std::uint32_t version) {
    switch (made.kind) {
    case Kind::line:
        return reals(in, made, 4);
    case Kind::arc:
        TRY(reals(in, made, 7));
        made.number = TRY(in.in().u32le());
        return {};
    case Kind::point:
        TRY(reals(in, made, 2));
        made.number = TRY(in.in().u32le());
        if (made.style != symbol_style) return {};
        TRY(in.in().u32le());
        return reals(in, made, 2, 2);
    case Kind::words:
        return words(in, made);
    case Kind::dimension:
        return dimension(in, made, version);
    case Kind::solid:
        TRY(reals(in, made, 8));
        if (made.color == own_color) made.number = TRY(in.in().u32le());
        return {};
    case Kind::insert:
        TRY(reals(in, made, 5));
        made.number = TRY(in.in().u32le());
        return {};
    }
    return {};
}

} // namespace

Result<Kind> kind_of(const std::string& name) {
    const auto found = std::ranges::find(names, name, &Named::name);
    if (found == names.end()) return refuse(Reason::cad_damaged);
    return found->kind;
}

Result<Element> read_base(ArchiveReader& in, std::uint32_t version) {
    Element made;
    TRY(base(in, made, version));
    return made;
}

Result<Element> read_element(ArchiveReader& in, Kind kind, std::uint32_t version) {
    Element made;
    made.kind = kind;
    TRY(base(in, made, version));
    TRY(fields(in, made, version));
    return made;
}

} // namespace sekisho::jww
