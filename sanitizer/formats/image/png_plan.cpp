#include "sanitizer/formats/image/png_plan.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "sanitizer/formats/image/exif.h"
#include "sanitizer/formats/image/png_chunk.h"

namespace sekisho::image {

namespace {

constexpr std::uint32_t largest_chunk = 0x7FFFFFFF;
constexpr std::uint32_t largest_known_chunk = 1U << 20; // of those whose content is looked at
constexpr std::size_t largest_icc = 1U << 20;

struct Chunk {
    std::array<char, 4> type{};
    std::uint64_t offset = 0; // of the content
    std::uint32_t size = 0;
    std::string_view name() const { return {type.data(), type.size()}; }
    bool critical() const { return (type[0] & 0x20) == 0; }
};

// The content of a chunk, its checksum checked.
Result<Bytes> content_of(const Source& in, const Chunk& chunk) {
    if (chunk.size > largest_known_chunk) return refuse(Reason::input_damaged);
    Bytes bytes(std::size_t{chunk.size} + 4);
    if (TRY(in.read_at(chunk.offset, bytes)) != bytes.size()) return refuse(Reason::input_short);
    ByteReader tail(View(bytes).last(4));
    bytes.resize(chunk.size);
    if (TRY(tail.u32be()) != chunk_crc(chunk.name(), bytes)) return refuse(Reason::input_damaged);
    return bytes;
}

Result<Chunk> chunk_at(const Source& in, std::uint64_t offset) {
    std::array<std::uint8_t, 8> head{};
    if (TRY(in.read_at(offset, head)) != head.size()) return refuse(Reason::input_short);
    ByteReader reader(head);
    Chunk chunk;
    chunk.size = TRY(reader.u32be());
    const View type = TRY(reader.bytes(4));
    std::copy(type.begin(), type.end(), chunk.type.begin());
    chunk.offset = offset + head.size();
    if (chunk.size > largest_chunk || chunk.offset + chunk.size + 4 > in.size()) return refuse(Reason::input_short);
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (!std::ranges::all_of(chunk.type, letter)) return refuse(Reason::input_damaged);
    return chunk;
}

bool depth_fits(const PngShape& shape) {
    const unsigned depth = shape.depth;
    switch (shape.colour) {
    case 0:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
        return depth == 8 || depth == 16;
    default:
        return false;
    }
}

Result<PngShape> read_shape(View content) {
    ByteReader reader(content);
    PngShape shape;
    shape.width = TRY(reader.u32be());
    shape.height = TRY(reader.u32be());
    shape.depth = TRY(reader.u8());
    shape.colour = TRY(reader.u8());
    const unsigned compression = TRY(reader.u8());
    const unsigned filter = TRY(reader.u8());
    const unsigned interlace = TRY(reader.u8());
    shape.interlaced = interlace == 1;
    const bool sized =
        shape.width != 0 && shape.height != 0 && shape.width <= largest_chunk && shape.height <= largest_chunk;
    if (!sized || !depth_fits(shape) || compression != 0 || filter != 0 || interlace > 1 || !reader.at_end())
        return refuse(Reason::input_damaged);
    return shape;
}

// A profile name, a zero, method 0, a zlib stream.
void read_icc(View content, PngPlan& plan) {
    plan.has_icc = true;
    const auto name_end = std::ranges::find(content, std::uint8_t{0});
    const auto skipped = static_cast<std::size_t>(name_end - content.begin()) + 2;
    if (skipped >= content.size()) return;
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!inflater) return;
    Bytes profile(largest_icc);
    std::size_t size = 0;
    const View packed = content.subspan(skipped);
    if (libdeflate_zlib_decompress(inflater.get(), packed.data(), packed.size(), profile.data(), profile.size(),
                                   &size) != LIBDEFLATE_SUCCESS)
        return;
    profile.resize(size);
    plan.icc = std::move(profile);
}

Result<> read_density(View content, PngPlan& plan) {
    ByteReader reader(content);
    PngDensity density;
    density.x = TRY(reader.u32be());
    density.y = TRY(reader.u32be());
    density.unit = TRY(reader.u8());
    if (density.unit <= 1 && density.x <= largest_chunk && density.y <= largest_chunk && reader.at_end())
        plan.density = density;
    return {};
}

Result<> read_colours(std::string_view name, View content, PngPlan& plan) {
    ByteReader reader(content);
    if (name == "gAMA" && content.size() == 4) {
        const std::uint32_t gamma = TRY(reader.u32be());
        if (gamma != 0 && gamma <= largest_chunk) plan.gamma = gamma;
    } else if (name == "sRGB" && content.size() == 1) {
        if (content[0] <= 3) plan.srgb = content[0];
    } else if (name == "cHRM" && content.size() == 32) {
        std::array<std::uint32_t, 8> values{};
        for (std::uint32_t& value : values) value = TRY(reader.u32be());
        if (std::ranges::all_of(values, [](std::uint32_t value) { return value <= 200'000; })) plan.primaries = values;
    } else if (name == "pHYs" && content.size() == 9) {
        return read_density(content, plan);
    } else if (name == "iCCP") {
        read_icc(content, plan);
    }
    return {};
}

Result<> read_palette(View content, PngPlan& plan) {
    const std::size_t most = plan.shape.colour == 3 ? std::size_t{1} << plan.shape.depth : 256;
    if (content.empty() || content.size() % 3 != 0 || content.size() / 3 > most || !plan.palette.empty())
        return refuse(Reason::input_damaged);
    if (plan.shape.colour == 0 || plan.shape.colour == 4) return refuse(Reason::input_damaged);
    plan.palette.assign(content.begin(), content.end());
    return {};
}

// A transparency that does not fit the picture is no transparency.
void read_transparency(View content, PngPlan& plan) {
    const std::size_t expected = plan.shape.colour == 0 ? 2 : plan.shape.colour == 2 ? 6 : 0;
    const bool fits = plan.shape.colour == 3 ? !content.empty() && content.size() <= plan.palette.size() / 3
                                             : expected != 0 && content.size() == expected;
    if (fits)
        plan.transparency.assign(content.begin(), content.end());
    else
        plan.unknown = true;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::ranges::find(names, name) != names.end();
}

// What does not fit ends the animation, not the picture.
Result<> read_animation(const Source& in, const Chunk& chunk, PngPlan& plan) {
    PngAnimation& animation = plan.animation;
    if (chunk.name() == "acTL") {
        const Bytes content = TRY(content_of(in, chunk));
        ByteReader reader(content);
        animation.sound = animation.sound && !animation.declared && plan.data_size == 0 && chunk.size == 8;
        animation.declared = true;
        animation.count = reader.u32be().value_or(0);
        animation.plays = reader.u32be().value_or(0);
        return {};
    }
    std::array<std::uint8_t, 26> head{};
    const std::size_t wanted = chunk.name() == "fcTL" ? 26 : 4;
    if (!animation.sound) return {};
    if (chunk.size < wanted || TRY(in.read_at(chunk.offset, std::span(head).first(wanted))) != wanted) {
        animation.sound = false;
        return {};
    }
    ByteReader reader(head);
    animation.sound = TRY(reader.u32be()) == animation.sequence++ && animation.declared;
    if (chunk.name() == "fdAT") {
        animation.sound = animation.sound && !animation.frames.empty() && plan.data_size != 0;
        if (animation.sound) animation.frames.back().data.emplace_back(chunk.offset + 4, chunk.size - 4);
        return {};
    }
    PngFrame frame;
    frame.width = TRY(reader.u32be());
    frame.height = TRY(reader.u32be());
    frame.x = TRY(reader.u32be());
    frame.y = TRY(reader.u32be());
    frame.delay = TRY(reader.u16be());
    frame.delay_unit = TRY(reader.u16be());
    frame.disposal = TRY(reader.u8());
    frame.blend = TRY(reader.u8());
    const bool inside = frame.width != 0 && frame.height != 0 && frame.x <= plan.shape.width &&
                        frame.y <= plan.shape.height && frame.width <= plan.shape.width - frame.x &&
                        frame.height <= plan.shape.height - frame.y && frame.disposal <= 2 && frame.blend <= 1;
    const bool whole = frame.width == plan.shape.width && frame.height == plan.shape.height;
    if (plan.data_size == 0) animation.first_is_default = true;
    animation.sound = animation.sound && inside && (plan.data_size != 0 || (whole && animation.frames.empty()));
    animation.frames.push_back(frame);
    return {};
}

Result<> read_optional(const Source& in, const Chunk& chunk, PngPlan& plan) {
    const std::string_view name = chunk.name();
    if (is_one_of(name, {"gAMA", "sRGB", "cHRM", "pHYs", "iCCP"}))
        return read_colours(name, TRY(content_of(in, chunk)), plan);
    if (name == "tRNS") {
        read_transparency(TRY(content_of(in, chunk)), plan);
        return {};
    }
    if (name == "eXIf") {
        plan.metadata = true;
        if (chunk.size > largest_known_chunk) return {};
        const Exif exif = parse_exif(TRY(content_of(in, chunk)));
        plan.gps = plan.gps || exif.gps;
        plan.thumbnail = plan.thumbnail || exif.thumbnail;
        return {};
    }
    if (is_one_of(name, {"acTL", "fcTL", "fdAT"})) return read_animation(in, chunk, plan);
    if (is_one_of(name, {"tEXt", "zTXt", "iTXt"}))
        plan.comment = true;
    else if (name == "tIME")
        plan.metadata = true;
    else
        plan.unknown = true;
    return {};
}

Result<> read_data(const Chunk& chunk, PngPlan& plan) {
    const std::uint64_t start = chunk.offset - 8;
    if (plan.data_size == 0)
        plan.data_offset = start;
    else if (plan.data_offset + plan.data_size != start)
        return refuse(Reason::input_damaged); // not in one run
    plan.data_size = chunk.offset + chunk.size + 4 - plan.data_offset;
    return {};
}

Result<bool> read_chunk(const Source& in, const Chunk& chunk, PngPlan& plan) {
    const std::string_view name = chunk.name();
    if (name == "IEND") return true;
    if (name == "IDAT")
        TRY(read_data(chunk, plan));
    else if (name == "PLTE")
        TRY(read_palette(TRY(content_of(in, chunk)), plan));
    else if (chunk.critical())
        return refuse(Reason::image_unsupported);
    else
        TRY(read_optional(in, chunk, plan));
    return false;
}

} // namespace

bool PngAnimation::usable() const {
    if (!declared || !sound || frames.empty() || count != frames.size()) return false;
    for (std::size_t i = first_is_default ? 1 : 0; i < frames.size(); ++i)
        if (frames[i].data.empty()) return false;
    return !first_is_default || frames[0].data.empty();
}

Result<PngPlan> plan_png(const Source& in, Budget& budget) {
    std::array<std::uint8_t, 8> head{};
    if (TRY(in.read_at(0, head)) != head.size() || as_text(head) != png_signature) return refuse(Reason::input_damaged);
    const Chunk first = TRY(chunk_at(in, head.size()));
    if (first.name() != "IHDR") return refuse(Reason::input_damaged);
    PngPlan plan;
    plan.shape = TRY(read_shape(TRY(content_of(in, first))));
    std::uint64_t offset = first.offset + first.size + 4;
    for (bool end = false; !end;) {
        TRY(budget.check_time());
        if (offset >= in.size()) {
            plan.no_end = true;
            break;
        }
        const Chunk chunk = TRY(chunk_at(in, offset));
        end = TRY(read_chunk(in, chunk, plan));
        offset = chunk.offset + chunk.size + 4;
    }
    plan.trailing = offset < in.size();
    if (plan.data_size == 0 || (plan.shape.colour == 3 && plan.palette.empty())) return refuse(Reason::input_damaged);
    return plan;
}

} // namespace sekisho::image
