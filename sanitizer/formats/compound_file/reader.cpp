#include "sanitizer/formats/compound_file/reader.h"

#include <algorithm>
#include <unordered_set>

#include "base/text/utf8.h"

namespace sekisho {

namespace {

constexpr std::size_t header_size = 512, entry_size = 128, difat_in_header = 109;
constexpr std::uint8_t type_unused = 0, type_storage = 1, type_stream = 2, type_root = 5;

std::unexpected<Error> damaged() {
    return refuse(Reason::ole_damaged);
}

std::vector<std::uint32_t> numbers(View bytes) {
    std::vector<std::uint32_t> made;
    made.reserve(bytes.size() / 4);
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4)
        made.push_back(static_cast<std::uint32_t>(bytes[i]) | static_cast<std::uint32_t>(bytes[i + 1]) << 8 |
                       static_cast<std::uint32_t>(bytes[i + 2]) << 16 | static_cast<std::uint32_t>(bytes[i + 3]) << 24);
    return made;
}

} // namespace

CompoundReader::CompoundReader(const Source& in, Budget& budget) {
    m_file.m_in = &in;
    m_file.m_budget = &budget;
}

Result<CompoundFile> CompoundReader::run() {
    TRY(header());
    TRY(tables());
    TRY(directory());
    TRY(tree());
    TRY(streams());
    return std::move(m_file);
}

// [MS-CFB] 2.2
Result<> CompoundReader::header() {
    Bytes bytes(header_size);
    if (TRY(m_file.m_in->read_at(0, bytes)) != header_size) return damaged();
    ByteReader reader(bytes);
    if (!starts_with(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return damaged();
    TRY(reader.seek(26));
    m_version = TRY(reader.u16le());
    const std::uint16_t order = TRY(reader.u16le());
    const std::uint16_t shift = TRY(reader.u16le());
    const std::uint16_t mini_shift = TRY(reader.u16le());
    if (order != 0xFFFE || mini_shift != 6 || !((m_version == 3 && shift == 9) || (m_version == 4 && shift == 12)))
        return damaged();
    m_file.m_sector_size = 1U << shift;
    TRY(reader.seek(44));
    m_fat_count = TRY(reader.u32le());
    m_first_directory = TRY(reader.u32le());
    TRY(reader.skip(4));
    m_file.m_mini_cutoff = TRY(reader.u32le());
    m_first_mini_fat = TRY(reader.u32le());
    m_mini_fat_count = TRY(reader.u32le());
    m_first_difat = TRY(reader.u32le());
    m_difat_count = TRY(reader.u32le());
    if (m_file.m_mini_cutoff != 4096) return damaged();
    m_header_difat = numbers(reader.rest().first(difat_in_header * 4));
    const std::uint64_t size = m_file.m_in->size();
    if (size <= m_file.m_sector_size) return damaged();
    // The last sector may be cut off; what is missing must not be needed.
    m_sector_count = (size - 1) / m_file.m_sector_size;
    // The tables of a file of 2 GiB take 16 MiB; a larger one is not read.
    if (size > (4ULL << 30)) return refuse(Reason::limit_bytes);
    m_claimed.assign(m_sector_count, false);
    return {};
}

Result<> CompoundReader::claim(std::uint32_t sector) {
    if (sector >= m_sector_count || m_claimed[sector]) return damaged();
    m_claimed[sector] = true;
    return {};
}

Result<Bytes> CompoundReader::sectors(const std::vector<std::uint32_t>& list) const {
    const std::uint32_t size = m_file.m_sector_size;
    if (list.size() * std::uint64_t{size} > m_file.m_budget->limits().bytes_in_memory)
        return refuse(Reason::limit_memory);
    Bytes bytes(list.size() * size);
    for (std::size_t i = 0; i < list.size(); ++i) {
        TRY(m_file.m_budget->check_time());
        const auto into = std::span(bytes).subspan(i * size, size);
        const std::size_t count = TRY(m_file.m_in->read_at((std::uint64_t{list[i]} + 1) * size, into));
        if (count == 0) return damaged();
    }
    return bytes;
}

// The sectors of a chain, each claimed, so that no two things share one and no chain is a circle.
Result<std::vector<std::uint32_t>> CompoundReader::chain(std::uint32_t first, std::uint64_t most) {
    std::vector<std::uint32_t> list;
    for (std::uint32_t sector = first; sector != cfb_end;) {
        TRY(m_file.m_budget->check_time());
        if (list.size() >= most || sector >= m_file.m_fat.size()) return damaged();
        TRY(claim(sector));
        list.push_back(sector);
        sector = m_file.m_fat[sector];
    }
    return list;
}

// [MS-CFB] 2.5: the sectors that say where the table's sectors are.
Result<> CompoundReader::difat_chain(std::vector<std::uint32_t>& fat_sectors) {
    std::uint32_t sector = m_first_difat;
    for (std::uint32_t i = 0; i < m_difat_count && sector < cfb_max_regular; ++i) {
        TRY(claim(sector));
        const auto entries = numbers(TRY(sectors({sector})));
        fat_sectors.insert(fat_sectors.end(), entries.begin(), entries.end() - 1);
        sector = entries.back();
    }
    if (sector < cfb_max_regular) return damaged();
    return {};
}

Result<> CompoundReader::tables() {
    std::vector<std::uint32_t> fat_sectors = m_header_difat;
    TRY(difat_chain(fat_sectors));
    std::erase_if(fat_sectors, [](std::uint32_t sector) { return sector == cfb_free; });
    if (fat_sectors.size() < m_fat_count || m_fat_count == 0) return damaged();
    fat_sectors.resize(m_fat_count);
    for (const std::uint32_t sector : fat_sectors) TRY(claim(sector));
    m_file.m_fat = numbers(TRY(sectors(fat_sectors)));
    if (m_first_mini_fat < cfb_max_regular)
        m_file.m_mini_fat = numbers(TRY(sectors(TRY(chain(m_first_mini_fat, m_sector_count)))));
    return {};
}

Result<CompoundReader::Raw> CompoundReader::raw_entry(View bytes) const {
    Raw raw;
    ByteReader reader(bytes);
    TRY(reader.seek(64));
    const std::uint16_t name_bytes = TRY(reader.u16le());
    raw.type = TRY(reader.u8());
    if (raw.type == type_unused) return raw;
    if (raw.type != type_storage && raw.type != type_stream && raw.type != type_root) return damaged();
    if (name_bytes < 2 || name_bytes > 64 || name_bytes % 2 != 0) return damaged();
    for (std::size_t i = 0; i + 2 < name_bytes; i += 2) {
        char32_t unit = bytes[i] | static_cast<char32_t>(bytes[i + 1]) << 8;
        if (unit == 0) return damaged();
        if (unit >= 0xD800 && unit < 0xE000) unit = 0xFFFD; // names here are never shown
        append_utf8(raw.entry.name, unit);
    }
    TRY(reader.skip(1)); // colour of the tree, which nobody needs to read it
    raw.left = TRY(reader.u32le());
    raw.right = TRY(reader.u32le());
    raw.child = TRY(reader.u32le());
    std::ranges::copy(TRY(reader.bytes(16)), raw.entry.class_id.begin());
    TRY(reader.skip(4 + 8 + 8));
    raw.entry.first_sector = TRY(reader.u32le());
    raw.entry.size = TRY(reader.u64le());
    if (m_version == 3) raw.entry.size &= 0xFFFFFFFF; // [MS-CFB] 2.6.3
    raw.entry.storage = raw.type != type_stream;
    if (raw.type == type_storage) raw.entry.size = 0;
    return raw;
}

Result<> CompoundReader::directory() {
    const Bytes bytes = TRY(sectors(TRY(chain(m_first_directory, m_sector_count))));
    if (bytes.size() / entry_size > m_file.m_budget->limits().members) return refuse(Reason::limit_members);
    for (std::size_t at = 0; at + entry_size <= bytes.size(); at += entry_size)
        m_raw.push_back(TRY(raw_entry(View(bytes).subspan(at, entry_size))));
    if (m_raw.empty() || m_raw[0].type != type_root) return damaged();
    for (std::size_t i = 1; i < m_raw.size(); ++i)
        if (m_raw[i].type == type_root) return damaged();
    return {};
}

// Every entry hangs in one place; entries that hang nowhere stay unreachable.
Result<> CompoundReader::tree() {
    m_reached.assign(m_raw.size(), false);
    m_reached[0] = true;
    std::vector<std::uint32_t> storages{CompoundFile::root};
    while (!storages.empty()) {
        const std::uint32_t storage = storages.back();
        storages.pop_back();
        TRY(siblings(storage, storages));
    }
    for (Raw& raw : m_raw) m_file.m_entries.push_back(std::move(raw.entry));
    return {};
}

Result<> CompoundReader::siblings(std::uint32_t storage, std::vector<std::uint32_t>& storages) {
    std::vector<std::uint32_t> waiting{m_raw[storage].child};
    std::unordered_set<std::string> names; // without case, as they are looked up
    while (!waiting.empty()) {
        const std::uint32_t index = waiting.back();
        waiting.pop_back();
        if (index == cfb_no_stream) continue;
        if (index >= m_raw.size() || m_reached[index] || m_raw[index].type == type_unused) return damaged();
        TRY(m_file.m_budget->take_members());
        m_reached[index] = true;
        std::string name = m_raw[index].entry.name;
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        if (!names.insert(std::move(name)).second) return damaged();
        m_raw[storage].entry.children.push_back(index);
        if (m_raw[index].type == type_storage) storages.push_back(index);
        waiting.push_back(m_raw[index].left);
        waiting.push_back(m_raw[index].right);
    }
    return {};
}

// The chains of all large streams, so that two that share a sector are seen before one is read.
Result<> CompoundReader::streams() {
    const CompoundFile::Entry& root = m_file.m_entries[CompoundFile::root];
    const std::uint32_t size = m_file.m_sector_size;
    if (root.size > 0) m_file.m_mini_stream = TRY(chain(root.first_sector, m_sector_count));
    if (m_file.m_mini_stream.size() * std::uint64_t{size} < root.size) return damaged();
    std::vector<bool> mini_claimed(m_file.m_mini_stream.size() * (size / cfb_mini_sector), false);
    for (std::uint32_t i = 1; i < m_file.m_entries.size(); ++i) {
        const CompoundFile::Entry& entry = m_file.m_entries[i];
        if (entry.storage || !m_reached[i] || entry.size == 0) continue;
        if (entry.size >= m_file.m_mini_cutoff) {
            const std::uint64_t needed = (entry.size + size - 1) / size;
            if (TRY(chain(entry.first_sector, m_sector_count)).size() < needed) return damaged();
            continue;
        }
        std::uint64_t left = (entry.size + cfb_mini_sector - 1) / cfb_mini_sector;
        for (std::uint32_t sector = entry.first_sector; left > 0; --left) {
            if (sector >= mini_claimed.size() || sector >= m_file.m_mini_fat.size() || mini_claimed[sector])
                return damaged();
            mini_claimed[sector] = true;
            sector = m_file.m_mini_fat[sector];
        }
    }
    return {};
}

} // namespace sekisho
