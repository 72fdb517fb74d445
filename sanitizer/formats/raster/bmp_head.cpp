#include "sanitizer/formats/raster/bmp_head.h"

#include <algorithm>

namespace sekisho::raster {

namespace {

constexpr std::size_t file_header = 14;
constexpr std::uint32_t core_header = 12, info_header = 40, header_with_masks = 52, header_with_alpha = 56,
                        header_5 = 124;
constexpr std::size_t largest_head = file_header + header_5 + 16 + 4 * 256;
enum Compression : std::uint32_t { plain = 0, rle8 = 1, rle4 = 2, bit_fields = 3, alpha_bit_fields = 6 };

Result<> read_sizes(ByteReader& reader, std::uint32_t header, BmpHead& head) {
    if (header == core_header) {
        head.width = TRY(reader.u16le());
        head.height = TRY(reader.u16le());
    } else {
        const auto width = static_cast<std::int32_t>(TRY(reader.u32le()));
        const std::int64_t height = static_cast<std::int32_t>(TRY(reader.u32le()));
        if (width <= 0) return refuse(Reason::input_damaged);
        head.width = static_cast<std::uint32_t>(width);
        head.top_down = height < 0;
        head.height = static_cast<std::uint32_t>(height < 0 ? -height : height);
    }
    TRY(reader.skip(2)); // planes
    head.bits = TRY(reader.u16le());
    if (head.width == 0 || head.height == 0) return refuse(Reason::input_damaged);
    return {};
}

bool known_bits(unsigned bits, std::uint32_t compression) {
    switch (compression) {
    case plain:
        return bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    case rle8:
        return bits == 8;
    case rle4:
        return bits == 4;
    case bit_fields:
    case alpha_bit_fields:
        return bits == 16 || bits == 32;
    default:
        return false; // a JPEG or PNG inside, Huffman of OS/2
    }
}

Result<> read_masks(ByteReader& reader, std::uint32_t header, std::uint32_t compression, BmpHead& head) {
    if (compression == plain) {
        if (head.bits == 16) head.masks = {0x7C00, 0x03E0, 0x001F, 0};
        if (head.bits == 32) head.masks = {0xFF0000, 0xFF00, 0xFF, 0};
    }
    const bool given = compression == bit_fields || compression == alpha_bit_fields;
    const bool alpha = header >= header_with_alpha || compression == alpha_bit_fields;
    if (given && (header == info_header || header >= header_with_masks)) {
        TRY(reader.seek(file_header + info_header));
        for (std::size_t i = 0; i < (alpha ? 4U : 3U); ++i) head.masks[i] = TRY(reader.u32le());
    }
    return {};
}

Result<> read_profile(ByteReader& reader, BmpHead& head) {
    TRY(reader.seek(file_header + 56));
    const std::uint32_t kind = TRY(reader.u32le());
    TRY(reader.seek(file_header + 112));
    const std::uint64_t offset = TRY(reader.u32le());
    const std::uint64_t size = TRY(reader.u32le());
    constexpr std::uint32_t linked = 0x4C494E4B, embedded = 0x4D424544; // 'LINK', 'MBED'
    head.linked_profile = kind == linked;
    if (kind != embedded) return {};
    head.profile_at = file_header + offset;
    head.profile_size = size;
    return {};
}

Result<> read_palette(ByteReader& reader, std::uint32_t header, std::uint32_t colours, BmpHead& head) {
    if (head.bits > 8) return {};
    const std::uint32_t most = 1U << head.bits;
    const std::uint32_t count = colours == 0 ? most : std::min(colours, most);
    const std::size_t step = header == core_header ? 3 : 4;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (reader.position() + step > head.pixels_at) break; // shorter than it says: the rest is black
        const View entry = TRY(reader.bytes(step));
        for (const std::size_t c : {2U, 1U, 0U}) head.palette.push_back(entry[c]);
    }
    head.palette.resize(3 * std::size_t{most});
    return {};
}

} // namespace

Result<BmpHead> read_bmp_head(const Source& in) {
    Bytes bytes(static_cast<std::size_t>(std::min<std::uint64_t>(in.size(), largest_head)));
    bytes.resize(TRY(in.read_at(0, bytes)));
    ByteReader reader(bytes);
    BmpHead head;
    if (TRY(reader.u16le()) != 0x4D42) return refuse(Reason::input_damaged);
    TRY(reader.skip(8));
    head.pixels_at = TRY(reader.u32le());
    const std::uint32_t header = TRY(reader.u32le());
    if (header != core_header && (header < 16 || header > header_5)) return refuse(Reason::image_unsupported);
    TRY(read_sizes(reader, header, head));
    std::uint32_t compression = plain;
    std::uint32_t colours = 0;
    if (header >= info_header) {
        compression = TRY(reader.u32le());
        TRY(reader.skip(4));
        head.per_metre_x = TRY(reader.u32le());
        head.per_metre_y = TRY(reader.u32le());
        colours = TRY(reader.u32le());
    }
    if (!known_bits(head.bits, compression)) return refuse(Reason::image_unsupported);
    head.coding = compression == rle8   ? BmpCoding::run_length_8
                  : compression == rle4 ? BmpCoding::run_length_4
                                        : BmpCoding::plain;
    TRY(read_masks(reader, header, compression, head));
    if (header == header_5) TRY(read_profile(reader, head));
    const bool masks_behind = header == info_header && compression != plain && head.coding == BmpCoding::plain;
    TRY(reader.seek(file_header + header + (masks_behind ? (compression == bit_fields ? 12 : 16) : 0)));
    TRY(read_palette(reader, header, colours, head));
    head.head_end = reader.position();
    if (head.pixels_at < file_header + core_header || head.pixels_at > in.size()) return refuse(Reason::input_damaged);
    if (head.per_metre_x > 1'000'000 || head.per_metre_y > 1'000'000) head.per_metre_x = head.per_metre_y = 0;
    return head;
}

} // namespace sekisho::raster
