#include "sanitizer/formats/archive_foreign/reader.h"

#include <algorithm>
#include <vector>

#include <libdeflate.h>

#include "sanitizer/formats/archive_foreign/ends.h"
#include "sanitizer/formats/archive_foreign/library.h"
#include "sanitizer/formats/archive_foreign/lzh.h"
#include "sanitizer/formats/archive_foreign/rar_headers.h"

namespace sekisho::archive_foreign {

namespace {

constexpr std::size_t piece_size = 128 * 1024;

// One of the files that libarchive believes to read; all lie in one Source.
struct Volume {
    std::uint64_t start = 0, size = 0, position = 0;
};

// What the callbacks work on. They are C: no exception and no Result gets through them, so the first error waits here.
struct Feed {
    Feed(const Source& source, Budget& given) : in(source), budget(given), piece(piece_size) {}

    const Source& in;
    Budget& budget;
    Bytes piece;
    std::vector<std::pair<Feed*, Volume>> volumes;
    std::optional<Error> error;
};
using Client = std::pair<Feed*, Volume>;

Result<std::size_t> read_piece(Feed& feed, Volume& volume) {
    TRY(feed.budget.check_time());
    const std::size_t size = std::min<std::uint64_t>(feed.piece.size(), volume.size - volume.position);
    const std::size_t count = TRY(feed.in.read_at(volume.start + volume.position, std::span(feed.piece).first(size)));
    volume.position += count;
    return count;
}

la_ssize_t give_piece(Library* reader, void* data, const void** buffer) {
    auto& [feed, volume] = *static_cast<Client*>(data);
    auto count = read_piece(*feed, volume);
    if (!count) {
        feed->error = std::move(count).error();
        archive_set_error(reader, EIO, "stopped");
        return ARCHIVE_FATAL;
    }
    *buffer = feed->piece.data();
    return static_cast<la_ssize_t>(*count);
}

la_int64_t skip(Library*, void* data, la_int64_t wanted) {
    Volume& volume = static_cast<Client*>(data)->second;
    const auto count =
        std::min(static_cast<std::uint64_t>(std::max<la_int64_t>(wanted, 0)), volume.size - volume.position);
    volume.position += count;
    return static_cast<la_int64_t>(count);
}

la_int64_t seek(Library*, void* data, la_int64_t offset, int whence) {
    Volume& volume = static_cast<Client*>(data)->second;
    const std::uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? volume.position : volume.size;
    const la_int64_t target = static_cast<la_int64_t>(base) + offset;
    if (target < 0 || static_cast<std::uint64_t>(target) > volume.size) return ARCHIVE_FATAL;
    volume.position = static_cast<std::uint64_t>(target);
    return target;
}

int switch_volume(Library*, void*, void* to) {
    static_cast<Client*>(to)->second.position = 0;
    return ARCHIVE_OK;
}

class LibraryReader final : public Reader {
public:
    LibraryReader(Type type, const Source& in, Budget& budget, Sums sums = {})
        : m_type(type), m_feed(in, budget), m_sums(sums) {}

    Result<> start(std::span<const std::uint64_t> parts);
    Result<std::optional<Entry>> next() override;
    Result<> read_to(Sink& out) override;
    Result<bool> bytes_after() override;

private:
    std::unexpected<Error> refusal() {
        if (m_feed.error) return std::unexpected(*m_feed.error);
        return refusal_of(m_reader.get());
    }
    Result<> match_header();
    Result<> check_sum() const;
    Result<> write_gap(std::uint64_t until, Sink& out);
    Result<> take(std::uint64_t size);
    Result<> put(View piece, Sink& out);
    bool is_split() const { return m_feed.volumes.size() > 1; }

    Type m_type;
    Feed m_feed;
    Handle m_reader;
    std::optional<Entry> m_entry;
    std::uint64_t m_position = 0; // in the member that is read
    std::uint64_t m_unpacked = 0; // of all members
    std::uint32_t m_crc = 0;      // of the member that is read
    std::vector<RarMember> m_headers;
    Sums m_sums;              // of those members, if they were encrypted
    std::size_t m_number = 0; // of the member in m_headers, from 1
};

Result<> LibraryReader::start(std::span<const std::uint64_t> parts) {
    const Utf8Locale locale;
    m_reader.reset(archive_read_new());
    if (!m_reader) return refuse(Reason::limit_memory);
    Library* reader = m_reader.get();
    if (!support(reader, m_type)) return refuse(Reason::archive_method);
    std::uint64_t at = 0;
    // Only RAR numbers its parts and has headers in each; of all others the parts are one file cut in pieces.
    const bool volumes = m_type == Type::rar && parts.size() > 1;
    if (m_type == Type::rar)
        m_headers = TRY(rar_members(m_feed.in, volumes ? parts : std::span<const std::uint64_t>(), m_feed.budget));
    for (const std::uint64_t size : volumes ? parts : std::span<const std::uint64_t>()) {
        m_feed.volumes.push_back({&m_feed, {at, size}});
        at += size;
    }
    if (!volumes) m_feed.volumes.push_back({&m_feed, {0, m_feed.in.size()}});
    archive_read_set_read_callback(reader, give_piece);
    archive_read_set_skip_callback(reader, skip);
    archive_read_set_seek_callback(reader, seek);
    archive_read_set_switch_callback(reader, switch_volume);
    for (Client& client : m_feed.volumes)
        if (archive_read_append_callback_data(reader, &client) != ARCHIVE_OK) return refuse(Reason::limit_memory);
    if (archive_read_open1(reader) != ARCHIVE_OK) return refusal();
    return {};
}

Reader::Entry::Kind kind_of(archive_entry* entry) {
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry)) return Reader::Entry::Kind::other;
    switch (archive_entry_filetype(entry)) {
    case 0: // the archive does not say; what it holds is looked at like any file
    case AE_IFREG:
        return Reader::Entry::Kind::file;
    case AE_IFDIR:
        return Reader::Entry::Kind::folder;
    default:
        return Reader::Entry::Kind::other;
    }
}

Result<std::optional<Reader::Entry>> LibraryReader::next() {
    const Utf8Locale locale;
    TRY(m_feed.budget.check_time());
    m_entry.reset();
    m_position = 0;
    archive_entry* found = nullptr;
    const int result = archive_read_next_header(m_reader.get(), &found);
    if (result == ARCHIVE_EOF) {
        if (m_number != m_headers.size()) return refuse(Reason::archive_damaged);
        return std::nullopt;
    }
    // A warning is about a name or a date; without a name there is no member.
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return refusal();
    if (archive_entry_is_encrypted(found) != 0) return refuse(Reason::input_encrypted);
    TRY(m_feed.budget.take_members());
    Entry entry;
    const char* name = archive_entry_pathname(found);
    entry.name = name ? name : "";
    entry.kind = kind_of(found);
    entry.sparse = archive_entry_sparse_count(found) > 0;
    if (archive_entry_size_is_set(found) != 0 && archive_entry_size(found) >= 0)
        entry.size = static_cast<std::uint64_t>(archive_entry_size(found));
    // What it declares to become is refused before the work is done.
    if (entry.size && *entry.size > m_feed.budget.limits().bytes_unpacked) return refuse(Reason::limit_bytes);
    if (entry.size) TRY(m_feed.budget.check_ratio(m_feed.in.size(), *entry.size));
    m_entry = entry;
    TRY(match_header());
    return entry;
}

// libarchive and our own reading of the headers must agree on what is in a RAR.
Result<> LibraryReader::match_header() {
    m_crc = 0;
    if (m_type != Type::rar) return {};
    if (m_number >= m_headers.size() ||
        (m_entry->kind == Entry::Kind::file && m_entry->size != m_headers[m_number].unpacked))
        return refuse(Reason::archive_damaged);
    ++m_number;
    return {};
}

Result<> LibraryReader::check_sum() const {
    if (m_type != Type::rar) return {};
    if (m_number <= m_sums.size() && m_sums[m_number - 1])
        return TRY(m_sums[m_number - 1]->fits(m_crc)) ? Result<>() : refuse(Reason::archive_damaged);
    const RarMember& header = m_headers[m_number - 1];
    if (header.crc) return *header.crc == m_crc ? Result<>() : refuse(Reason::archive_damaged);
    // BLAKE2sp, which libarchive checks as it decompresses, and only then.
    return header.stored && m_position > 0 ? refuse(Reason::archive_checksum) : Result<>();
}

Result<> LibraryReader::take(std::uint64_t size) {
    m_unpacked += size;
    m_position += size;
    TRY(m_feed.budget.check_time());
    TRY(m_feed.budget.take_unpacked(size));
    return m_feed.budget.check_ratio(m_feed.in.size(), m_unpacked);
}

Result<> LibraryReader::put(View piece, Sink& out) {
    TRY(take(piece.size()));
    if (m_type == Type::rar) m_crc = libdeflate_crc32(m_crc, piece.data(), piece.size());
    return out.write(piece);
}

// A hole of a sparse file is zeros to everybody who reads it.
Result<> LibraryReader::write_gap(std::uint64_t until, Sink& out) {
    const Bytes zeros(std::min<std::uint64_t>(piece_size, until - m_position));
    while (m_position < until) {
        const std::size_t size = std::min<std::uint64_t>(zeros.size(), until - m_position);
        TRY(put(View(zeros).first(size), out));
    }
    return {};
}

Result<> LibraryReader::read_to(Sink& out) {
    const Utf8Locale locale;
    if (!m_entry) bug("the content of no member is read");
    for (;;) {
        const void* block = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int result = archive_read_data_block(m_reader.get(), &block, &size, &offset);
        if (result == ARCHIVE_EOF) break;
        if (result != ARCHIVE_OK) return refusal(); // a warning here is a wrong checksum
        if (size == 0) continue;
        const auto at = static_cast<std::uint64_t>(offset);
        if (offset < 0 || at < m_position || (at > m_position && !m_entry->sparse))
            return refuse(Reason::archive_damaged);
        TRY(write_gap(at, out));
        TRY(put(View(static_cast<const std::uint8_t*>(block), size), out));
    }
    if (!m_entry->size || m_position == *m_entry->size) return check_sum();
    if (m_position > *m_entry->size || !m_entry->sparse) return refuse(Reason::archive_damaged);
    return write_gap(*m_entry->size, out);
}

Result<bool> LibraryReader::bytes_after() {
    if (is_split()) return false;
    const auto used = archive_filter_bytes(m_reader.get(), -1);
    return bytes_behind(m_type, m_feed.in, static_cast<std::uint64_t>(std::max<la_int64_t>(used, 0)), m_feed.budget);
}

} // namespace

Result<std::unique_ptr<Reader>> open_library(Type type, const Source& in, Budget& budget) {
    auto reader = std::make_unique<LibraryReader>(type, in, budget);
    TRY(reader->start({}));
    return reader;
}

Result<std::unique_ptr<Reader>> Reader::open(Type type, const Source& in, std::span<const std::uint64_t> parts,
                                             Budget& budget, Sums sums) {
    if (type == Type::lzh) return open_lzh(in, budget);
    TRY(check_start(type, in, parts.size() > 1));
    auto reader = std::make_unique<LibraryReader>(type, in, budget, sums);
    TRY(reader->start(parts));
    return reader;
}

} // namespace sekisho::archive_foreign
