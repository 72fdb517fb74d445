// Header levels 0 to 2, after the notes of LHa for UNIX (header.doc.ja).
#include "sanitizer/formats/archive_foreign/lzh.h"

#include <algorithm>
#include <numeric>

#include "sanitizer/formats/archive_foreign/ends.h"

namespace sekisho::archive_foreign {

namespace {

constexpr std::size_t largest_header = 64 * 1024;

struct Header {
    std::string method; // "-lh5-"
    std::uint64_t packed = 0, size = 0;
    std::string folder, file;
    std::uint16_t checksum = 0;
    std::uint64_t data = 0; // absolute
    bool link = false;
};

// A small archive with one member, made of a header of our own and the packed bytes where they are.
class OneMember final : public Source {
public:
    OneMember(const Source& in, const Header& header) : m_data(in, header.data, header.packed) {
        ByteWriter fields;
        fields.text(header.method);
        fields.u32le(static_cast<std::uint32_t>(header.packed));
        fields.u32le(static_cast<std::uint32_t>(header.size));
        fields.u32le(0); // time
        fields.u8(0x20); // attributes
        fields.u8(0);    // level
        fields.u8(1);    // length of the name
        fields.text("m");
        fields.u16le(header.checksum);
        ByteWriter made;
        made.u8(static_cast<std::uint8_t>(fields.size()));
        made.u8(static_cast<std::uint8_t>(std::accumulate(fields.bytes().begin(), fields.bytes().end(), 0U)));
        made.raw(fields.bytes());
        m_header = made.take();
    }
    std::uint64_t size() const override { return m_header.size() + m_data.size() + 1; } // a NUL ends the archive
    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const override {
        std::size_t done = 0;
        if (offset < m_header.size()) {
            done = std::min(into.size(), m_header.size() - static_cast<std::size_t>(offset));
            std::copy_n(m_header.begin() + static_cast<std::ptrdiff_t>(offset), done, into.begin());
        }
        const std::uint64_t within = offset + done - m_header.size();
        if (done < into.size() && within < m_data.size()) done += TRY(m_data.read_at(within, into.subspan(done)));
        if (done < into.size() && offset + done == size() - 1) into[done++] = 0;
        return done;
    }
    Result<View> whole(std::uint64_t) const override { return refuse(Reason::internal); }

private:
    SliceSource m_data;
    Bytes m_header;
};

class LzhReader final : public Reader {
public:
    LzhReader(const Source& in, Budget& budget) : m_in(in), m_budget(budget) {}
    Result<std::optional<Entry>> next() override;
    Result<> read_to(Sink& out) override;
    Result<bool> bytes_after() override;

private:
    Result<Bytes> bytes(std::uint64_t at, std::size_t size) const;
    Result<Header> read_header(std::uint8_t level);
    Result<Header> read_base(std::uint8_t level);
    Result<Header> read_level2();
    // Walks the extended headers; returns how many bytes they have.
    Result<std::uint64_t> read_extended(std::uint64_t at, std::uint16_t first, Header& header) const;

    const Source& m_in;
    Budget& m_budget;
    std::uint64_t m_next = 0; // where the next header starts
    Header m_header;
};

Result<Bytes> LzhReader::bytes(std::uint64_t at, std::size_t size) const {
    Bytes read(size);
    if (TRY(m_in.read_at(at, read)) != size) return refuse(Reason::archive_part);
    return read;
}

Result<std::uint64_t> LzhReader::read_extended(std::uint64_t at, std::uint16_t first, Header& header) const {
    constexpr std::uint8_t file_name = 1, folder_name = 2, large_file = 0x42, unix_mode = 0x50;
    constexpr std::uint16_t mode_kind = 0170000, mode_link = 0120000;
    std::uint64_t all = 0;
    for (std::uint16_t size = first; size != 0;) {
        if (size < 3 || all + size > largest_header) return refuse(Reason::archive_damaged);
        const Bytes read = TRY(bytes(at + all, size));
        const View content = View(read).subspan(1, size - 3U);
        if (read[0] == file_name) header.file = as_text(content);
        if (read[0] == folder_name) header.folder = as_text(content);
        if (read[0] == large_file) return refuse(Reason::archive_method);
        if (read[0] == unix_mode && content.size() >= 2)
            header.link |= ((content[0] | content[1] << 8) & mode_kind) == mode_link;
        all += size;
        size = static_cast<std::uint16_t>(read[size - 2U] | read[size - 1U] << 8);
    }
    std::ranges::replace(header.folder, '\xff', '/');
    return all;
}

// Method to size, which all levels have at the same place.
Result<Header> common(ByteReader& reader) {
    Header header;
    header.method = as_text(TRY(reader.bytes(5)));
    header.packed = TRY(reader.u32le());
    header.size = TRY(reader.u32le());
    TRY(reader.skip(6)); // time, attributes, level
    return header;
}

// Levels 0 and 1: at most 257 bytes under a sum, then extended headers that count as packed data.
Result<Header> LzhReader::read_base(std::uint8_t level) {
    const Bytes start = TRY(bytes(m_next, 2));
    const Bytes read = TRY(bytes(m_next + 2, start[0]));
    if (static_cast<std::uint8_t>(std::accumulate(read.begin(), read.end(), 0U)) != start[1])
        return refuse(Reason::archive_damaged);
    ByteReader reader(read);
    Header header = TRY(common(reader));
    header.file = as_text(TRY(reader.bytes(TRY(reader.u8()))));
    header.checksum = TRY(reader.u16le());
    header.data = m_next + 2 + read.size();
    if (level == 0) return header;
    // The last two bytes of what has 22 at least.
    const std::uint16_t first = static_cast<std::uint16_t>(read[read.size() - 2] | read[read.size() - 1] << 8);
    const std::uint64_t extended = TRY(read_extended(header.data, first, header));
    if (extended > header.packed) return refuse(Reason::archive_damaged);
    header.data += extended;
    header.packed -= extended;
    return header;
}

Result<Header> LzhReader::read_level2() {
    constexpr std::size_t fixed = 26;
    const Bytes read = TRY(bytes(m_next, fixed));
    ByteReader reader(read);
    const std::uint16_t size = TRY(reader.u16le());
    Header header = TRY(common(reader));
    header.checksum = TRY(reader.u16le());
    TRY(reader.skip(1)); // system
    const std::uint64_t extended = TRY(read_extended(m_next + fixed, TRY(reader.u16le()), header));
    if (size < fixed + extended) return refuse(Reason::archive_damaged);
    header.data = m_next + size;
    return header;
}

Result<Header> LzhReader::read_header(std::uint8_t level) {
    auto header = level == 2 ? read_level2() : read_base(level);
    if (!header && header.error().code == "input.short") return refuse(Reason::archive_damaged);
    if (!header) return header;
    if (header->data > m_in.size() || header->packed > m_in.size() - header->data) return refuse(Reason::archive_part);
    return header;
}

Result<std::optional<Reader::Entry>> LzhReader::next() {
    constexpr std::size_t level_at = 20;
    TRY(m_budget.check_time());
    if (m_next >= m_in.size() || TRY(bytes(m_next, 1))[0] == 0) return std::nullopt;
    const std::uint8_t level = TRY(bytes(m_next, level_at + 1))[level_at];
    if (level > 2) return refuse(Reason::archive_method);
    m_header = TRY(read_header(level));
    m_next = m_header.data + m_header.packed;
    TRY(m_budget.take_members());
    Entry entry;
    entry.name = m_header.folder;
    if (!entry.name.empty() && !entry.name.ends_with('/')) entry.name += '/';
    entry.name += m_header.file;
    entry.kind = m_header.method != "-lhd-" ? Entry::Kind::file : Entry::Kind::folder;
    // LHa for UNIX packs a link as a folder "name|target".
    if (m_header.link || (entry.kind == Entry::Kind::folder && entry.name.find('|') != entry.name.npos))
        entry.kind = Entry::Kind::other;
    entry.size = m_header.size; // held to the limits when it is read
    return entry;
}

Result<> LzhReader::read_to(Sink& out) {
    const OneMember member(m_in, m_header);
    const auto reader = TRY(open_library(Type::lzh, member, m_budget));
    if (!TRY(reader->next())) return refuse(Reason::archive_damaged);
    return reader->read_to(out);
}

Result<bool> LzhReader::bytes_after() {
    return any_but_zeros(m_in, m_next, m_budget);
}

} // namespace

Result<std::unique_ptr<Reader>> open_lzh(const Source& in, Budget& budget) {
    return std::make_unique<LzhReader>(in, budget);
}

} // namespace sekisho::archive_foreign
