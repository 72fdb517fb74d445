// The central directory (APPNOTE 4.3.12) and its agreement with the local headers (4.3.7, 4.3.9).
#include "sanitizer/formats/zip_container/directory.h"

#include <algorithm>

#include <libdeflate.h>

#include "sanitizer/formats/zip_container/decrypt.h"

namespace sekisho::zip_detail {

namespace {

constexpr std::uint64_t largest_directory = 64ULL << 20;
constexpr std::uint32_t mode_kind = 0170000, mode_link = 0120000, mode_directory = 0040000, mode_file = 0100000;

ZipEntry::Kind kind_of(std::string_view name, std::uint32_t attributes) {
    // Unix mode in the upper half, whatever system the header names: some readers do not ask for it.
    const std::uint32_t mode = (attributes >> 16) & mode_kind;
    if (mode == mode_link) return ZipEntry::Kind::symlink;
    if (name.ends_with('/') || mode == mode_directory) return ZipEntry::Kind::directory;
    if (mode == 0 || mode == mode_file) return ZipEntry::Kind::file;
    const bool unix_device = mode == 0010000 || mode == 0020000 || mode == 0060000 || mode == 0140000;
    return unix_device ? ZipEntry::Kind::device : ZipEntry::Kind::file;
}

// Takes the wide value from the ZIP64 field if `plain` is saturated. The order of calls is the order of APPNOTE 4.5.3.
Result<std::uint64_t> widen(std::uint32_t plain, ByteReader& zip64) {
    if (plain != in_zip64 || zip64.remaining() < 8) return plain;
    return zip64.u64le();
}

// How a member is encrypted, by its flags and the AES field.
void set_encryption(Member& member, View extra, std::uint16_t time) {
    ZipEntry& entry = member.entry;
    entry.encrypted =
        (member.flags & (flag_encrypted | flag_strong_encryption | flag_masked)) != 0 || entry.method == method_aes;
    if (!entry.encrypted) return;
    entry.encryption = ZipEntry::Encryption::other;
    if ((member.flags & (flag_encrypted | flag_strong_encryption | flag_masked)) != flag_encrypted) return;
    if (entry.method != method_aes) {
        // With a data descriptor the checksum was not known when the header was made: the time stands in for it.
        const bool by_time = (member.flags & flag_descriptor) != 0;
        entry.encryption = ZipEntry::Encryption::zipcrypto;
        entry.password_check = static_cast<std::uint8_t>(by_time ? time >> 8 : entry.crc >> 24);
        return;
    }
    const AesField field = aes_field(extra);
    if (!field.valid) return;
    entry.encryption = ZipEntry::Encryption::aes;
    entry.aes_strength = field.strength;
    entry.aes_method = field.method;
    entry.crc_given = field.has_crc;
}

// Where a member's local header is.
Result<std::uint64_t> place_of(const End& end, std::uint16_t disk, std::uint64_t offset) {
    std::uint64_t base = end.base;
    if (!end.disks.empty()) {
        if (disk >= end.disks.size()) return refuse(Reason::zip_spanned);
        base = end.disks[disk];
    } else if (disk != 0 && disk != 0xFFFF) {
        return refuse(Reason::zip_spanned);
    }
    if (offset > UINT64_MAX - base) return refuse(Reason::zip_truncated);
    return base + offset;
}

Result<Member> read_header(ByteReader& reader, const End& end, bool& has_comment) {
    const auto signature = reader.u32le();
    if (!signature || *signature != 0x02014b50) return refuse(Reason::zip_directory_damaged);
    Member member;
    ZipEntry& entry = member.entry;
    TRY(reader.skip(4)); // versions
    member.flags = TRY(reader.u16le());
    entry.method = TRY(reader.u16le());
    const std::uint16_t time = TRY(reader.u16le());
    TRY(reader.skip(2)); // date
    entry.crc = TRY(reader.u32le());
    const std::uint32_t packed = TRY(reader.u32le());
    const std::uint32_t unpacked = TRY(reader.u32le());
    const std::uint16_t name_size = TRY(reader.u16le());
    const std::uint16_t extra_size = TRY(reader.u16le());
    const std::uint16_t comment_size = TRY(reader.u16le());
    const std::uint16_t disk = TRY(reader.u16le());
    TRY(reader.skip(2)); // internal attributes
    const std::uint32_t attributes = TRY(reader.u32le());
    const std::uint32_t local = TRY(reader.u32le());
    entry.raw_name = as_text(TRY(reader.bytes(name_size)));
    const View extra = TRY(reader.bytes(extra_size));
    TRY(reader.skip(comment_size));
    has_comment |= comment_size != 0;

    ByteReader zip64(find_extra(extra, extra_zip64));
    entry.unpacked = TRY(widen(unpacked, zip64));
    entry.packed = TRY(widen(packed, zip64));
    const std::uint64_t offset = TRY(widen(local, zip64));
    member.local = TRY(place_of(end, disk, offset));
    entry.kind = kind_of(entry.raw_name, attributes);
    entry.name_is_utf8 = (member.flags & flag_utf8) != 0;
    entry.unicode_name = unicode_path(extra, entry.raw_name);
    set_encryption(member, extra, time);
    return member;
}

struct Local {
    std::uint16_t flags = 0, method = 0;
    std::uint32_t crc = 0, packed = 0, unpacked = 0;
    std::uint64_t data = 0;
    std::string name;
    Bytes extra;
};

Result<Local> read_local(const Source& in, std::uint64_t offset, std::size_t expected_name) {
    constexpr std::uint64_t fixed = 30;
    const Bytes head = TRY(read_exactly(in, offset, fixed));
    ByteReader reader(head);
    if (TRY(reader.u32le()) != 0x04034b50) return refuse(Reason::zip_headers_disagree);
    Local local;
    TRY(reader.skip(2));
    local.flags = TRY(reader.u16le());
    local.method = TRY(reader.u16le());
    TRY(reader.skip(4));
    local.crc = TRY(reader.u32le());
    local.packed = TRY(reader.u32le());
    local.unpacked = TRY(reader.u32le());
    const std::uint16_t name_size = TRY(reader.u16le());
    const std::uint16_t extra_size = TRY(reader.u16le());
    if (name_size != expected_name) return refuse(Reason::zip_headers_disagree);
    const Bytes rest = TRY(read_exactly(in, offset + fixed, std::uint64_t{name_size} + extra_size));
    local.name = as_text(View(rest).first(name_size));
    local.extra.assign(rest.begin() + name_size, rest.end());
    local.data = offset + fixed + name_size + extra_size;
    return local;
}

// Sizes and CRC of the local header are the central ones; with a data descriptor they may also be absent (zero).
Result<> check_sizes(const Local& local, const ZipEntry& entry, bool descriptor) {
    ByteReader zip64(find_extra(local.extra, extra_zip64));
    const std::uint64_t unpacked = TRY(widen(local.unpacked, zip64));
    const std::uint64_t packed = TRY(widen(local.packed, zip64));
    const auto same = [&](std::uint64_t here, std::uint64_t there) {
        return here == there || (descriptor && here == 0);
    };
    const auto same_wide = [&](std::uint64_t here, std::uint64_t there) {
        return same(here, there) || (descriptor && here == in_zip64);
    };
    if (!same(local.crc, entry.crc) || !same_wide(packed, entry.packed) || !same_wide(unpacked, entry.unpacked))
        return refuse(Reason::zip_headers_disagree);
    return {};
}

// The data descriptor behind the data: with or without signature, 32 or 64 bits wide. Returns its length.
Result<std::uint64_t> check_descriptor(const Source& in, std::uint64_t at, const ZipEntry& entry) {
    Bytes bytes(24);
    bytes.resize(TRY(in.read_at(at, bytes)));
    for (const bool wide : {false, true}) {
        for (const bool signature : {true, false}) {
            ByteWriter expected;
            if (signature) expected.u32le(0x08074b50);
            expected.u32le(entry.crc);
            if (!wide && (entry.packed > UINT32_MAX || entry.unpacked > UINT32_MAX)) continue;
            if (wide) {
                expected.u64le(entry.packed);
                expected.u64le(entry.unpacked);
            } else {
                expected.u32le(static_cast<std::uint32_t>(entry.packed));
                expected.u32le(static_cast<std::uint32_t>(entry.unpacked));
            }
            if (starts_with(bytes, as_text(expected.bytes()))) return expected.size();
        }
    }
    return refuse(Reason::zip_headers_disagree);
}

bool is_ascii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

// Encryption always; the encoding of a name only where it makes a difference.
bool flags_agree(std::uint16_t local, std::uint16_t central, std::string_view name) {
    constexpr std::uint16_t always = flag_encrypted | flag_strong_encryption | flag_masked | flag_patch;
    const std::uint16_t compared = static_cast<std::uint16_t>(is_ascii(name) ? always : always | flag_utf8);
    return (local & compared) == (central & compared);
}

} // namespace

View find_extra(View extra, std::uint16_t id) {
    ByteReader reader(extra);
    while (reader.remaining() >= 4) {
        const auto found = reader.u16le();
        const auto size = reader.u16le();
        const auto content = reader.bytes(size.value_or(0));
        if (!content) return {};
        if (*found == id) return *content;
    }
    return {};
}

std::string unicode_path(View extra, std::string_view raw_name) {
    ByteReader reader(find_extra(extra, extra_unicode_path));
    const auto version = reader.u8();
    const auto crc = reader.u32le();
    if (!version || !crc || *version != 1) return {};
    if (*crc != libdeflate_crc32(0, raw_name.data(), raw_name.size())) return {};
    return std::string(as_text(reader.rest()));
}

Result<std::vector<Member>> read_directory(const Source& in, const End& end, bool& has_comment) {
    if (end.directory_size > largest_directory) return refuse(Reason::limit_members);
    const Bytes bytes = TRY(read_exactly(in, end.directory, end.directory_size));
    ByteReader reader(bytes);
    std::vector<Member> members;
    constexpr std::uint64_t smallest_header = 46;
    members.reserve(std::min(end.count, bytes.size() / smallest_header));
    for (std::uint64_t i = 0; i < end.count; ++i) {
        auto member = read_header(reader, end, has_comment);
        if (!member && member.error().code == "input.short") return refuse(Reason::zip_directory_damaged);
        members.push_back(TRY(std::move(member)));
    }
    // Only a digital signature (4.3.13) may follow, which no reader in use looks at.
    if (!reader.at_end() && !starts_with(reader.rest(), "PK\5\5")) return refuse(Reason::zip_directory_damaged);
    return members;
}

Result<> check_local(const Source& in, const End& end, Member& member) {
    ZipEntry& entry = member.entry;
    const Local local = TRY(read_local(in, member.local, entry.raw_name.size()));
    const bool descriptor = (local.flags & flag_descriptor) != 0;
    if (local.name != entry.raw_name || local.method != entry.method ||
        !flags_agree(local.flags, member.flags, entry.raw_name))
        return refuse(Reason::zip_headers_disagree);
    const std::string unicode_name = unicode_path(local.extra, local.name);
    if (entry.unicode_name.empty()) entry.unicode_name = unicode_name;
    if (!unicode_name.empty() && unicode_name != entry.unicode_name) return refuse(Reason::zip_headers_disagree);
    TRY(check_sizes(local, entry, descriptor));
    if (entry.encryption == ZipEntry::Encryption::aes) {
        const AesField field = aes_field(local.extra);
        if (!field.valid || field.strength != entry.aes_strength || field.method != entry.aes_method ||
            field.has_crc != entry.crc_given)
            return refuse(Reason::zip_headers_disagree);
    }
    if (entry.method == method_stored && !entry.encrypted && entry.packed != entry.unpacked)
        return refuse(Reason::zip_size);
    entry.data_offset = local.data;
    if (local.data > end.directory || entry.packed > end.directory - local.data) return refuse(Reason::zip_overlap);
    member.end = local.data + entry.packed;
    if (descriptor) member.end += TRY(check_descriptor(in, member.end, entry));
    if (member.end > end.directory) return refuse(Reason::zip_overlap);
    return {};
}

} // namespace sekisho::zip_detail
