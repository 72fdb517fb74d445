// What the reader's files share: the central directory as parsed and where everything lies.
#pragma once

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::zip_detail {

// Where the end record says the central directory is, after prefix and ZIP64 were resolved.
struct End {
    std::uint64_t base = 0;      // bytes before the archive that its offsets do not count
    std::uint64_t directory = 0; // absolute offset
    std::uint64_t directory_size = 0;
    std::uint64_t count = 0;
    bool comment = false;
    bool bytes_after = false;
    bool gap = false;                 // between directory and end record
    std::vector<std::uint64_t> disks; // where each part of a split set starts; empty for an archive in one piece
};

// A central header plus what only the check against the local header needs.
struct Member {
    ZipEntry entry;
    std::uint16_t flags = 0;
    std::uint64_t local = 0; // absolute offset of the local header
    std::uint64_t end = 0;   // absolute, behind data and data descriptor; set by check_local
};

constexpr std::uint16_t flag_encrypted = 1 << 0, flag_descriptor = 1 << 3, flag_patch = 1 << 5,
                        flag_strong_encryption = 1 << 6, flag_utf8 = 1 << 11, flag_masked = 1 << 13;
constexpr std::uint16_t method_stored = 0, method_deflated = 8, method_aes = 99;
constexpr std::uint16_t extra_zip64 = 0x0001, extra_unicode_path = 0x7075, extra_aes = 0x9901;
constexpr std::uint32_t in_zip64 = 0xFFFFFFFF; // "see the ZIP64 extra field"

// Reads exactly `size` bytes at `offset`, or refuses zip.truncated.
Result<Bytes> read_exactly(const Source& in, std::uint64_t offset, std::uint64_t size);

// `parts`: the sizes of the parts of a split set; empty for one file.
Result<End> find_end(const Source& in, std::span<const std::uint64_t> parts);
Result<std::vector<Member>> read_directory(const Source& in, const End& end, bool& has_comment);
// Compares the local header with the central one and fills data_offset and end.
Result<> check_local(const Source& in, const End& end, Member& member);

// The content of the extra field `id`, empty if it is not there. Broken lengths end the search.
View find_extra(View extra, std::uint16_t id);
// The Unicode path of an 0x7075 field that was made for `raw_name` (version 1, CRC of the name); else empty.
std::string unicode_path(View extra, std::string_view raw_name);

} // namespace sekisho::zip_detail
