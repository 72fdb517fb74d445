// Finding the end record (APPNOTE 4.3.14 to 4.3.16).
#include <algorithm>
#include <optional>

#include "sanitizer/formats/zip_container/directory.h"

namespace sekisho::zip_detail {

namespace {

constexpr std::uint64_t end_size = 22, longest_comment = 65535, locator_size = 20, zip64_end_size = 56;
constexpr std::string_view end_signature = "PK\5\6", locator_signature = "PK\6\7", zip64_signature = "PK\6\6",
                           entry_signature = "PK\1\2", split_signature = "PK\7\b";

struct EndRecord {
    std::uint64_t position = 0;
    std::uint16_t disk = 0, directory_disk = 0, count_here = 0, count = 0, comment = 0;
    std::uint32_t size = 0, offset = 0;
};

Result<EndRecord> parse_record(View view, std::uint64_t position) {
    ByteReader reader(view);
    TRY(reader.skip(4));
    EndRecord record;
    record.position = position;
    record.disk = TRY(reader.u16le());
    record.directory_disk = TRY(reader.u16le());
    record.count_here = TRY(reader.u16le());
    record.count = TRY(reader.u16le());
    record.size = TRY(reader.u32le());
    record.offset = TRY(reader.u32le());
    record.comment = TRY(reader.u16le());
    return record;
}

bool signature_at(const Source& in, std::uint64_t offset, std::string_view signature) {
    std::uint8_t found[4] = {};
    if (offset > in.size()) return false;
    const auto count = in.read_at(offset, found);
    return count && *count == 4 && starts_with(found, signature);
}

// The record whose comment ends exactly at the end of the file; of several the first, so that an archive hidden in the
// comment stays a comment. Without one, the last record whose comment ends earlier (bytes follow it).
Result<EndRecord> find_record(const Source& in, bool& bytes_after) {
    if (in.size() < end_size) return refuse(Reason::zip_truncated);
    const std::uint64_t tail_size = std::min(in.size(), end_size + longest_comment);
    const std::uint64_t start = in.size() - tail_size;
    const Bytes tail = TRY(read_exactly(in, start, tail_size));
    const std::string_view text = as_text(tail);
    std::optional<EndRecord> last;
    bool seen = false;
    for (std::size_t at = text.find(end_signature); at != text.npos; at = text.find(end_signature, at + 1)) {
        if (tail_size - at < end_size) break;
        seen = true;
        const EndRecord record = TRY(parse_record(View(tail).subspan(at), start + at));
        const std::uint64_t stop = at + end_size + record.comment;
        if (stop == tail_size) return record;
        if (stop < tail_size) last = record;
    }
    if (!last && !seen && signature_at(in, 0, split_signature)) return refuse(Reason::zip_spanned);
    if (!last) return refuse(seen ? Reason::zip_truncated : Reason::zip_directory_damaged);
    bytes_after = true;
    return *last;
}

// A value of the plain record is either saturated or the same.
bool agrees(std::uint64_t plain, std::uint64_t saturated, std::uint64_t wide) {
    return plain == saturated || plain == wide;
}

// Replaces values from the ZIP64 end record; returns where that record starts, or nothing without one.
Result<std::optional<std::uint64_t>> apply_zip64(const Source& in, const EndRecord& record, End& end) {
    if (record.position < locator_size || !signature_at(in, record.position - locator_size, locator_signature))
        return std::nullopt;
    const std::uint64_t locator_at = record.position - locator_size;
    const Bytes locator = TRY(read_exactly(in, locator_at, locator_size));
    ByteReader place(View(locator).subspan(4));
    const std::uint32_t disk = TRY(place.u32le());
    std::uint64_t at = TRY(place.u64le());
    const std::uint32_t disks = TRY(place.u32le());
    if (disk != 0 || disks > 1) return refuse(Reason::zip_spanned);
    // A prefix that the offsets do not count moves the record; its usual size tells where it then is.
    if (at >= locator_at || !signature_at(in, at, zip64_signature)) {
        if (locator_at < zip64_end_size || !signature_at(in, locator_at - zip64_end_size, zip64_signature))
            return refuse(Reason::zip_directory_damaged);
        at = locator_at - zip64_end_size;
    }
    if (locator_at - at < zip64_end_size) return refuse(Reason::zip_overlap);
    const Bytes wide = TRY(read_exactly(in, at, zip64_end_size));
    ByteReader reader(View(wide).subspan(16));
    const std::uint32_t this_disk = TRY(reader.u32le());
    const std::uint32_t directory_disk = TRY(reader.u32le());
    const std::uint64_t count_here = TRY(reader.u64le());
    end.count = TRY(reader.u64le());
    end.directory_size = TRY(reader.u64le());
    end.directory = TRY(reader.u64le());
    if (this_disk != 0 || directory_disk != 0 || count_here != end.count) return refuse(Reason::zip_spanned);
    if (!agrees(record.count, 0xFFFF, end.count) || !agrees(record.size, in_zip64, end.directory_size) ||
        !agrees(record.offset, in_zip64, end.directory))
        return refuse(Reason::zip_headers_disagree);
    return at;
}

// The directory is where its offset says, or, behind a prefix that offsets do not count, right before the end record.
// If both places hold one, two readers would see two archives.
Result<> settle_directory(const Source& in, std::uint64_t limit, End& end) {
    if (end.directory_size > limit) return refuse(Reason::zip_truncated);
    const std::uint64_t before_end = limit - end.directory_size;
    if (end.directory == before_end) return {};
    const bool as_said =
        end.directory < before_end && (end.count == 0 || signature_at(in, end.directory, entry_signature));
    const bool moved = end.directory < before_end && end.count != 0 && signature_at(in, before_end, entry_signature);
    if (as_said == moved) return refuse(Reason::zip_directory_damaged);
    if (as_said) {
        end.gap = true;
        return {};
    }
    end.base = before_end - end.directory;
    end.directory = before_end;
    return {};
}

// Offsets of a split set (8.3) count from the start of the part that they are in.
Result<> apply_parts(const Source& in, const EndRecord& record, std::span<const std::uint64_t> parts, End& end) {
    if (parts.size() != record.disk + 1U || record.directory_disk >= parts.size()) return refuse(Reason::zip_spanned);
    const bool zip64 =
        record.position >= locator_size && signature_at(in, record.position - locator_size, locator_signature);
    if (zip64) return refuse(Reason::zip_spanned); // more than 65535 members or 4 GiB: nobody splits those this way
    std::uint64_t at = 0;
    for (const std::uint64_t size : parts) {
        end.disks.push_back(at);
        at += size;
    }
    end.directory += end.disks[record.directory_disk];
    TRY(settle_directory(in, record.position, end));
    if (end.base != 0) return refuse(Reason::zip_directory_damaged);
    // The mark of a split set stands before the first member and is no secret (8.5.3).
    if (signature_at(in, 0, split_signature)) end.base = split_signature.size();
    return {};
}

} // namespace

Result<Bytes> read_exactly(const Source& in, std::uint64_t offset, std::uint64_t size) {
    if (offset > in.size() || size > in.size() - offset) return refuse(Reason::zip_truncated);
    Bytes bytes(size);
    if (TRY(in.read_at(offset, bytes)) != size) return refuse(Reason::zip_truncated);
    return bytes;
}

Result<End> find_end(const Source& in, std::span<const std::uint64_t> parts) {
    End end;
    const EndRecord record = TRY(find_record(in, end.bytes_after));
    end.comment = record.comment != 0;
    end.count = record.count;
    end.directory_size = record.size;
    end.directory = record.offset;
    if (record.disk != 0 && !parts.empty()) {
        TRY(apply_parts(in, record, parts, end));
        return end;
    }
    const auto wide_at = TRY(apply_zip64(in, record, end));
    // 0xFFFF: the ZIP64 record, which was checked, has the number.
    const auto spanned = [&](std::uint16_t disk) { return disk != 0 && !(wide_at && disk == 0xFFFF); };
    if (spanned(record.disk) || spanned(record.directory_disk) || record.count_here != record.count)
        return refuse(Reason::zip_spanned);
    TRY(settle_directory(in, wide_at.value_or(record.position), end));
    return end;
}

} // namespace sekisho::zip_detail
