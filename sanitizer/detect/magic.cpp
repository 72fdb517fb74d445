#include <algorithm>
#include <array>

#include "sanitizer/detect/rules.h"

namespace sekisho::detection {

namespace {

using namespace std::string_view_literals;

struct Magic {
    std::size_t offset;
    std::string_view bytes;
    Type type;
    bool in_text = false; // the format is text itself: its sign holds in a file that looks like text, too
};

// Order matters only where one row is the beginning of another.
constexpr std::array rows{
    Magic{0, "\xff\xd8\xff"sv, Type::jpeg},
    Magic{0, "\x89PNG\r\n\x1a\n"sv, Type::png},
    Magic{0, "GIF87a"sv, Type::gif},
    Magic{0, "GIF89a"sv, Type::gif},
    Magic{0, "II*\0"sv, Type::tiff},
    Magic{0, "MM\0*"sv, Type::tiff},
    Magic{0, "II+\0"sv, Type::tiff},
    Magic{0, "MM\0+"sv, Type::tiff},
    Magic{0, "8BPS"sv, Type::psd},
    Magic{0, "\0\0\0\x0cjP  "sv, Type::jp2},
    Magic{0, "\xff\x4f\xff\x51"sv, Type::jp2},
    Magic{0, "\xd7\xcd\xc6\x9a"sv, Type::metafile},
    Magic{0, "\1\0\x09\0\0\3"sv, Type::metafile},
    Magic{40, " EMF"sv, Type::metafile},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, Type::ole},
    Magic{0, "{\\rt"sv, Type::rtf, true},
    Magic{0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"sv, Type::onenote},
    Magic{0, "\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe2\x10\xea\x57\x22\x76\x5f"sv, Type::onenote},
    Magic{0, "\x78\x9f\x3e\x22"sv, Type::tnef},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, Type::seven_zip},
    Magic{0, "Rar!\x1a\x07"sv, Type::rar},
    Magic{0, "RE\x7e\x5e"sv, Type::rar},
    Magic{0, "MSCF\0\0\0\0"sv, Type::cab},
    Magic{2, "-lh"sv, Type::lzh},
    Magic{2, "-lz"sv, Type::lzh},
    Magic{2, "-pm"sv, Type::lzh},
    Magic{0, "\x1f\x8b\x08"sv, Type::gzip},
    Magic{0, "BZh"sv, Type::bzip2},
    Magic{0,
          "\xfd"
          "7zXZ\0"sv,
          Type::xz},
    Magic{0, "\x28\xb5\x2f\xfd"sv, Type::zstd},
    Magic{0,
          "\x7f"
          "ELF"sv,
          Type::executable},
    Magic{0, "\xfe\xed\xfa\xce"sv, Type::executable},
    Magic{0, "\xfe\xed\xfa\xcf"sv, Type::executable},
    Magic{0, "\xce\xfa\xed\xfe"sv, Type::executable},
    Magic{0, "\xcf\xfa\xed\xfe"sv, Type::executable},
    Magic{0, "\xca\xfe\xba\xbe"sv, Type::executable},
    Magic{0, "\0asm"sv, Type::executable},
    Magic{0, "dex\n0"sv, Type::executable},
    Magic{0, "\x1bLua"sv, Type::executable},
    Magic{0, "Cr24"sv, Type::executable},
    Magic{0, "#!"sv, Type::script, true}, // also one that carries a binary
    Magic{0, "L\0\0\0\1\x14\2\0"sv, Type::shortcut},
    Magic{0, "ITSF"sv, Type::help},
    Magic{0, "?_\3\0"sv, Type::help},
    Magic{0, "%!"sv, Type::postscript, true},
    Magic{0, "\4%!"sv, Type::postscript},
    Magic{0, "\xc5\xd0\xd3\xc6"sv, Type::postscript},
    Magic{0, "AC10"sv, Type::dwg},
    Magic{0, "AutoCAD Binary DXF\r\n\x1a\0"sv, Type::dxf},
    Magic{0, "JwwData."sv, Type::jww},
    Magic{0, "ID3"sv, Type::audio_video},
    Magic{0, "OggS"sv, Type::audio_video},
    Magic{0, "fLaC"sv, Type::audio_video},
    Magic{0, "MThd"sv, Type::audio_video},
    Magic{0, "FLV\1"sv, Type::audio_video},
    Magic{0, "\x1a\x45\xdf\xa3"sv, Type::audio_video},
    Magic{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv, Type::audio_video},
    Magic{0, "\0\0\1\xba"sv, Type::audio_video},
    Magic{0, "\0\0\1\xb3"sv, Type::audio_video},
    Magic{4, "moov"sv, Type::audio_video},
    Magic{4, "mdat"sv, Type::audio_video},
    Magic{4, "wide"sv, Type::audio_video},
    Magic{0, "OTTO\0"sv, Type::font},
    Magic{0, "ttcf\0"sv, Type::font},
    Magic{0, "true\0"sv, Type::font},
    Magic{0, "\0\1\0\0\0"sv, Type::font},
    Magic{0, "wOFF"sv, Type::font},
    Magic{0, "wOF2"sv, Type::font},
    Magic{0, "SQLite format 3\0"sv, Type::database},
    Magic{4, "Standard Jet DB"sv, Type::database},
    Magic{4, "Standard ACE DB"sv, Type::database},
    Magic{0, "vhdxfile"sv, Type::iso},
    Magic{0, "conectix"sv, Type::iso},
    Magic{0, "KDMV"sv, Type::iso},
    Magic{0, "QFI\xfb"sv, Type::iso},
};

bool has(View view, std::size_t offset, std::string_view bytes) {
    return offset <= view.size() && starts_with(view.subspan(offset), bytes);
}

bool is_printable(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return c >= ' ' && c < 0x7f; });
}

// ISO base media (ISO/IEC 14496-12): the brand tells pictures from films.
std::optional<Type> by_brand(View first) {
    if (!has(first, 4, "ftyp")) return std::nullopt;
    for (const std::string_view brand :
         {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"})
        if (has(first, 8, brand)) return Type::heif;
    if (has(first, 8, "jp2 ") || has(first, 8, "jpx ")) return Type::jp2;
    return Type::audio_video;
}

std::optional<Type> by_chunk_form(View first) {
    if (has(first, 0, "RIFF") || has(first, 0, "RIFX")) {
        if (has(first, 8, "WEBP")) return Type::webp;
        if (has(first, 8, "WAVE") || has(first, 8, "AVI ") || has(first, 8, "RMID")) return Type::audio_video;
    }
    if (has(first, 0, "FORM") && (has(first, 8, "AIFF") || has(first, 8, "AIFC"))) return Type::audio_video;
    return std::nullopt;
}

// ContentInfo (RFC 5652): a sequence that begins with the identifier of what is in it.
std::optional<Type> by_cms(View first) {
    constexpr std::string_view pkcs7 = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    if (!has(first, 0, "\x30") || first.size() < 2) return std::nullopt;
    const std::size_t length_size = first[1] > 0x80 ? first[1] - 0x80U : 0;
    const std::size_t at = 2 + length_size;
    if (length_size > 4 || !has(first, at, pkcs7) || first.size() <= at + pkcs7.size()) return std::nullopt;
    return first[at + pkcs7.size()] == 2 ? Type::signed_data : Type::encrypted_data;
}

// Magic of two bytes would claim texts: each asks for a second sign.
std::optional<Type> by_weak_magic(View first) {
    constexpr std::size_t dos_header = 64;
    if (has(first, 0, "MZ") && std::ranges::count(first.first(std::min(first.size(), dos_header)), 0) > 0)
        return Type::executable;
    if (const auto type = by_cms(first)) return type;
    if (has(first, 0, "BM") && has(first, 6, "\0\0\0\0"sv)) return Type::bmp;
    if (first.size() > 2 && first[0] == 0xff && (first[1] & 0xe6) == 0xe2 && (first[2] & 0xf0) != 0xf0)
        return Type::audio_video; // MPEG audio, layer 3 or 2
    const auto sync_at = [&](std::size_t at) { return at < first.size() && first[at] == 0x47; };
    if (sync_at(0) && sync_at(188) && sync_at(376) && sync_at(564)) return Type::audio_video; // MPEG transport stream
    return std::nullopt;
}

bool source_has(const Source& in, std::uint64_t offset, std::string_view bytes) {
    Bytes found(bytes.size());
    const auto count = in.read_at(offset, found);
    return count && *count == bytes.size() && as_text(found) == bytes;
}

} // namespace

bool is_tar(View first) {
    constexpr std::size_t block = 512, sum_at = 148, sum_size = 8;
    if (first.size() < block) return false;
    // The checksum counts its own field as spaces (POSIX ustar).
    unsigned sum = 0;
    for (std::size_t i = 0; i < block; ++i) sum += i >= sum_at && i < sum_at + sum_size ? ' ' : first[i];
    unsigned declared = 0;
    bool digits = false;
    for (const std::uint8_t c : first.subspan(sum_at, sum_size)) {
        if (c == ' ' && !digits) continue;
        if (c < '0' || c > '7') break;
        declared = declared * 8 + (c - '0');
        digits = true;
    }
    return digits && declared == sum && first[0] != 0;
}

bool is_disk_image(const Source& in, const Ends& ends) {
    for (const std::uint64_t descriptor : {0x8001ULL, 0x8801ULL, 0x9001ULL})
        for (const std::string_view name : {"CD001", "BEA01", "NSR02", "NSR03"})
            if (source_has(in, descriptor, name)) return true;
    constexpr std::size_t trailer = 512;
    if (ends.last.size() < trailer) return false;
    const View footer = View(ends.last).last(trailer);
    return starts_with(footer, "conectix") || starts_with(footer, "koly\0\0\0\4"sv);
}

std::optional<Type> by_magic(const Source& in, const Ends& ends) {
    const View first = ends.first;
    for (const Magic& row : rows)
        if (has(first, row.offset, row.bytes) && (row.in_text || !is_printable(row.bytes) || !looks_like_text(ends)))
            return row.type;
    if (const auto type = by_brand(first)) return type;
    if (const auto type = by_chunk_form(first)) return type;
    if (is_tar(first)) return Type::tar;
    if (is_disk_image(in, ends)) return Type::iso;
    return by_weak_magic(first);
}

} // namespace sekisho::detection
