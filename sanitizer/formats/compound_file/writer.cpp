#include "sanitizer/formats/compound_file/writer.h"

#include <algorithm>
#include <array>

namespace sekisho {

namespace {

constexpr std::uint32_t free_sector = 0xFFFFFFFF, end_of_chain = 0xFFFFFFFE, fat_sector = 0xFFFFFFFD,
                        difat_sector = 0xFFFFFFFC, nothing = 0xFFFFFFFF;
constexpr std::size_t sector_size = 512, numbers_a_sector = sector_size / 4, fat_places_in_header = 109,
                      entries_a_sector = 4;
// Shorter streams would have to lie in sectors of their own kind.
constexpr std::size_t shortest = 4096;

std::size_t sectors_of(std::size_t bytes) {
    return (bytes + sector_size - 1) / sector_size;
}
std::size_t size_of(const NamedStream& stream) {
    return std::max(stream.content.size(), shortest);
}

// In this order: the allocation table, the sectors that say where it lies, the directory, the streams.
struct Plan {
    std::size_t tables = 0, table_lists = 0, content = 1;

    explicit Plan(std::span<const NamedStream> streams) {
        for (const NamedStream& stream : streams) content += sectors_of(size_of(stream));
        for (;;) {
            const std::size_t needed = (tables + table_lists + content + numbers_a_sector - 1) / numbers_a_sector;
            if (needed == tables) return;
            tables = needed;
            // The last number of each such sector leads to the next.
            const std::size_t beyond = tables - std::min(tables, fat_places_in_header);
            table_lists = (beyond + numbers_a_sector - 2) / (numbers_a_sector - 1);
        }
    }
    std::uint32_t directory() const { return static_cast<std::uint32_t>(tables + table_lists); }
};

// Up to that size of all.
void fill(ByteWriter& out, std::size_t size, std::uint8_t with) {
    out.raw(Bytes(size - out.size(), with));
}

void put_header(ByteWriter& out, const Plan& plan) {
    constexpr std::array<std::uint8_t, 8> signature{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    out.raw(signature);
    out.raw(Bytes(16));
    // Version 3.62, little endian, sectors of 2^9 and 2^6 bytes
    for (const std::uint16_t number : std::to_array<std::uint16_t>({0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0})) out.u16le(number);
    out.u32le(0);
    out.u32le(static_cast<std::uint32_t>(plan.tables));
    out.u32le(plan.directory());
    out.u32le(0);
    out.u32le(shortest);
    out.u32le(end_of_chain);
    out.u32le(0);
    out.u32le(plan.table_lists > 0 ? static_cast<std::uint32_t>(plan.tables) : end_of_chain);
    out.u32le(static_cast<std::uint32_t>(plan.table_lists));
    for (std::size_t i = 0; i < std::min(plan.tables, fat_places_in_header); ++i)
        out.u32le(static_cast<std::uint32_t>(i));
    fill(out, sector_size, 0xFF);
}

void put_chain(ByteWriter& out, std::size_t first, std::size_t count) {
    for (std::size_t i = 1; i < count; ++i) out.u32le(static_cast<std::uint32_t>(first + i));
    out.u32le(end_of_chain);
}

void put_tables(ByteWriter& out, const Plan& plan, std::span<const NamedStream> streams) {
    const std::size_t start = out.size();
    for (std::size_t i = 0; i < plan.tables; ++i) out.u32le(fat_sector);
    for (std::size_t i = 0; i < plan.table_lists; ++i) out.u32le(difat_sector);
    put_chain(out, plan.directory(), 1);
    std::size_t at = plan.directory() + std::size_t{1};
    for (const NamedStream& stream : streams) {
        put_chain(out, at, sectors_of(size_of(stream)));
        at += sectors_of(size_of(stream));
    }
    fill(out, start + plan.tables * sector_size, 0xFF);
}

void put_table_lists(ByteWriter& out, const Plan& plan) {
    std::size_t table = fat_places_in_header;
    for (std::size_t i = 0; i < plan.table_lists; ++i) {
        for (std::size_t place = 0; place + 1 < numbers_a_sector; ++place, ++table)
            out.u32le(table < plan.tables ? static_cast<std::uint32_t>(table) : free_sector);
        const bool last = i + 1 == plan.table_lists;
        out.u32le(last ? end_of_chain : static_cast<std::uint32_t>(plan.tables + i + 1));
    }
}

struct Node {
    std::uint8_t kind = 0; // 2: stream, 5: root
    std::uint32_t right = nothing, child = nothing, first = 0;
    std::size_t size = 0;
};

void put_entry(ByteWriter& out, std::string_view name, const Node& node) {
    const std::size_t start = out.size();
    for (const char c : name) out.u16le(static_cast<std::uint8_t>(c));
    fill(out, start + 64, 0);
    out.u16le(static_cast<std::uint16_t>((name.size() + 1) * 2));
    out.u8(node.kind);
    out.u8(1); // black
    for (const std::uint32_t number : {nothing, node.right, node.child}) out.u32le(number);
    fill(out, start + 116, 0);
    out.u32le(node.first);
    out.u32le(static_cast<std::uint32_t>(node.size));
    out.u32le(0);
}

void put_directory(ByteWriter& out, const Plan& plan, std::span<const NamedStream> streams) {
    const std::size_t start = out.size();
    put_entry(out, "Root Entry", {5, nothing, streams.empty() ? nothing : 1U, end_of_chain, 0});
    std::uint32_t first = plan.directory() + 1;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        const bool last = i + 1 == streams.size();
        put_entry(out, streams[i].name,
                  {2, last ? nothing : static_cast<std::uint32_t>(i + 2), nothing, first, size_of(streams[i])});
        first += static_cast<std::uint32_t>(sectors_of(size_of(streams[i])));
    }
    while (out.size() < start + sector_size) {
        const std::size_t entry = out.size();
        fill(out, entry + 68, 0);
        for (int i = 0; i < 3; ++i) out.u32le(nothing);
        fill(out, entry + 128, 0);
    }
}

} // namespace

Bytes write_compound_file(std::span<const NamedStream> streams) {
    if (streams.size() >= entries_a_sector) bug("a compound file has more streams than its writer knows places for");
    const Plan plan(streams);
    ByteWriter out;
    put_header(out, plan);
    put_tables(out, plan, streams);
    put_table_lists(out, plan);
    put_directory(out, plan, streams);
    for (const NamedStream& stream : streams) {
        const std::size_t start = out.size();
        out.raw(stream.content);
        fill(out, start + sectors_of(size_of(stream)) * sector_size, 0);
    }
    return out.take();
}

} // namespace sekisho
