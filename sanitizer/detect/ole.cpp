// OLE compound files ([MS-CFB]): what the directory names decides between the kinds. A scan for 128-byte directory
// entries, which needs no trust in the sector chains, finds the kinds that are so wherever they name themselves; which
// document it is is said by the root alone, because a document holds others.
#include <algorithm>
#include <array>

#include "sanitizer/detect/rules.h"
#include "sanitizer/formats/compound_file/compound_file.h"

namespace sekisho::detection {

namespace {

constexpr std::size_t entry_size = 128, name_size = 64;
constexpr std::uint64_t scan_limit = 64ULL << 20;
// {000C1084-0000-0000-C000-000000000046}: Windows Installer.
constexpr std::array<std::uint8_t, 16> installer{0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46};

std::uint8_t upper(std::uint8_t c) {
    return c >= 'a' && c <= 'z' ? static_cast<std::uint8_t>(c - 32) : c;
}

// Names are compared without case ([MS-CFB] 2.6.4). Is this directory entry called `name` (UTF-16LE, its length with
// the final zero in bytes at 64)?
bool is_called(View entry, std::string_view name) {
    if (entry[name_size] != (name.size() + 1) * 2 || entry[name_size + 1] != 0) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (upper(entry[2 * i]) != upper(static_cast<std::uint8_t>(name[i])) || entry[2 * i + 1] != 0) return false;
    return true;
}

std::optional<Type> by_entry(View entry) {
    if (is_called(entry, "EncryptedPackage")) return Type::encrypted_office;
    if (is_called(entry, "Root Entry") && std::ranges::equal(entry.subspan(80, 16), installer)) return Type::executable;
    if (is_called(entry, "__properties_version1.0")) return Type::msg; // [MS-OXMSG] 2.4
    return std::nullopt;
}

// The streams of an Ichitaro document.
bool is_ichitaro(View entry) {
    return is_called(entry, "DocumentText") || is_called(entry, "JSCompDocument") ||
           is_called(entry, "\4JSRV_SegmentInformation");
}

struct Main {
    std::string_view stream;
    Type type;
};
constexpr std::array mains{Main{"WordDocument", Type::doc}, Main{"Workbook", Type::xls}, Main{"Book", Type::xls},
                           Main{"PowerPoint Document", Type::ppt}};

// Excel writes both of its streams for readers of two ages.
Result<Type> by_root(const CompoundFile& file) {
    Type type = Type::ole;
    for (const Main& main : mains) {
        if (!file.child(CompoundFile::root, main.stream)) continue;
        if (type != Type::ole && type != main.type) return refuse(Reason::type_ambiguous);
        type = main.type;
    }
    return type;
}

// Of a file whose tables contradict each other, so that its format says what is wrong.
std::optional<Type> by_any_name(View entry) {
    for (const Main& main : mains)
        if (is_called(entry, main.stream)) return main.type;
    return std::nullopt;
}

} // namespace

Result<Type> kind_of_ole(const Source& in, Budget& budget) {
    Bytes piece(piece_size);
    Type named = Type::ole;
    bool ichitaro = false;
    // Entries lie on multiples of 128: sectors have 512 or 4096 bytes.
    for (std::uint64_t at = 0; at < std::min(in.size(), scan_limit); at += piece_size) {
        TRY(budget.check_time());
        const std::size_t count = TRY(in.read_at(at, piece));
        for (std::size_t at_entry = 0; at_entry + entry_size <= count; at_entry += entry_size) {
            const View entry = View(piece).subspan(at_entry, entry_size);
            if (const auto type = by_entry(entry)) return *type;
            ichitaro = ichitaro || is_ichitaro(entry);
            if (named == Type::ole) named = by_any_name(entry).value_or(Type::ole);
        }
    }
    Budget own(budget.limits()); // looking is not unpacking
    const auto file = CompoundFile::open(in, own);
    const Type type = file ? TRY(by_root(*file)) : named;
    // An Office document can hold one of Ichitaro inside; so the root decides first.
    return type == Type::ole && ichitaro ? Type::jtd : type;
}

} // namespace sekisho::detection
