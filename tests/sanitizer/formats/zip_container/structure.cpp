// Where the parts of an archive lie: end records, split sets, ZIP64, the directory, and what they claim.
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/zip_container/raw_zip.h"

namespace sekisho {
namespace {

using tests::RawMember;
using tests::RawZip;

// What opening refuses; "" if it opens. `parts`: sizes of a split set.
std::string opening(std::string_view zip, const std::vector<std::uint64_t>& parts = {}, const Limits& limits = {}) {
    Budget budget(limits);
    const MemorySource source(as_view(zip));
    const auto reader = ZipReader::open(source, budget, parts);
    return reader ? "" : reader.error().code;
}

// The same, and reading the first member in pieces; `written`: how much of it came.
std::string reading(std::string_view zip, std::uint64_t* written = nullptr, const Limits& limits = {}) {
    Budget budget(limits);
    const MemorySource source(as_view(zip));
    const auto reader = ZipReader::open(source, budget);
    if (!reader) return reader.error().code;
    MemorySink out(1ULL << 30);
    const auto done = reader->read_to(reader->entries().at(0), out);
    if (written) *written = out.bytes().size();
    return done ? "" : done.error().code;
}

RawMember member(std::string name, std::string content = "content") {
    RawMember made;
    made.name = std::move(name);
    made.content = std::move(content);
    return made;
}

RawZip two() {
    return RawZip{.members = {member("a.txt"), member("b.txt")}};
}

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(value >> (8 * i));
}

// Fields of the last central header and of the end record, and where they stand in it.
struct Field {
    std::size_t at, size;
};
constexpr Field signature{0, 4}, name_size{28, 2}, disk_start{34, 2}, local_offset{42, 4};
constexpr Field directory_disk{6, 2}, count_here{8, 2}, count{10, 2}, directory_size{12, 4};

std::string central(std::string zip, const Field& field, std::uint64_t value) {
    put(zip, zip.rfind("PK\1\2") + field.at, value, field.size);
    return zip;
}
std::string record(std::string zip, const Field& field, std::uint64_t value) {
    put(zip, zip.rfind("PK\5\6") + field.at, value, field.size);
    return zip;
}

// A ZIP64 record and its locator before the end record, which has the same values.
struct Wide {
    std::uint32_t disk = 0, directory_disk = 0;
    std::uint64_t count_here = 2, count = 2;
    std::uint32_t locator_disk = 0, disks = 1;
    std::int64_t at = 0; // added to where the record is
    std::string mark = "PK\6\6";
    std::string between = {}; // record and locator
};
std::string wide(const std::string& zip, const Wide& how = {}) {
    const std::size_t end = zip.rfind("PK\5\6"), directory = zip.find("PK\1\2");
    ByteWriter out;
    out.text(zip.substr(0, end));
    out.text(how.mark);
    out.u64le(44);
    out.u32le(0x002D002D);
    out.u32le(how.disk);
    out.u32le(how.directory_disk);
    out.u64le(how.count_here);
    out.u64le(how.count);
    out.u64le(end - directory);
    out.u64le(directory);
    out.text(how.between);
    out.text("PK\6\7");
    out.u32le(how.locator_disk);
    out.u64le(static_cast<std::uint64_t>(static_cast<std::int64_t>(end) + how.at));
    out.u32le(how.disks);
    out.text(zip.substr(end));
    return std::string(as_text(out.bytes()));
}

// A ZIP64 extra field with these values.
Bytes wide_field(const std::vector<std::uint64_t>& values) {
    ByteWriter field;
    field.u16le(1);
    field.u16le(static_cast<std::uint16_t>(8 * values.size()));
    for (const std::uint64_t value : values) field.u64le(value);
    return field.take();
}

// Stored blocks of deflate that fill `pieces` pieces of 128 KiB to the last byte.
std::string stored_blocks(std::size_t pieces, bool ends = true) {
    std::string all;
    for (std::size_t i = 0; i < 2 * pieces; ++i) {
        const unsigned size = i % 2 == 0 ? 65535 : 65527;
        all += static_cast<char>(ends && i + 1 == 2 * pieces ? 1 : 0);
        for (const unsigned number : {size, ~size})
            for (const unsigned shift : {0U, 8U}) all += static_cast<char>(number >> shift);
        all.append(size, 'a');
    }
    return all;
}

// More than is unpacked at once.
constexpr std::size_t many = 129, many_unpacked = many * (65535 + 65527);

std::string large(const std::string& deflated, std::int64_t size = 0) {
    RawZip zip{.members = {member("a.txt", deflated)}};
    zip.members[0].local = zip.members[0].central = [&](RawMember::Fields& fields) {
        fields.method = 8;
        fields.crc = tests::crc_of(std::string(many_unpacked, 'a'));
        fields.unpacked = static_cast<std::uint32_t>(static_cast<std::int64_t>(many_unpacked) + size);
    };
    return zip.build();
}

} // namespace

TEST(ZipStructure, TheDirectoryIsAllThatTheRecordSays) {
    const std::string good = two().build();
    EXPECT_EQ(opening(good), "");
    EXPECT_EQ(opening(central(good, signature, 0x03014b50)), "zip.directory-damaged");
    EXPECT_EQ(opening(central(good, name_size, 60'000)), "zip.directory-damaged") << "a name beyond its end";
    EXPECT_EQ(opening(central(good, disk_start, 1)), "zip.spanned");
    std::string long_name = good;
    put(long_name, 26, 60'000, 2); // of the first local header
    EXPECT_EQ(opening(long_name), "zip.headers-disagree") << "a name beyond the end of the file";
    EXPECT_EQ(opening(record(good, directory_size, 0xFFFFFFF0)), "zip.truncated");
    EXPECT_EQ(opening(record(record(good, count, 3), count_here, 3)), "zip.directory-damaged");
    // The second would be seen by readers that do not count.
    EXPECT_EQ(opening(record(record(good, count, 1), count_here, 1)), "zip.directory-damaged");
    RawZip signed_one{.members = {member("a.txt")}};
    std::string digital = signed_one.build();
    digital.insert(digital.rfind("PK\5\6"), std::string("PK\5\5\0\0", 6));
    const std::size_t size = digital.rfind("PK\5\6") - digital.find("PK\1\2");
    EXPECT_EQ(opening(record(digital, directory_size, size)), "") << "nobody reads a digital signature";
    // 64 MiB of directory.
    std::string holes(65 << 20, '\0');
    holes += RawZip{}.build();
    EXPECT_EQ(opening(record(holes, directory_size, 65 << 20)), "limit.members");
}

TEST(ZipStructure, SplitSets) {
    RawZip split = two();
    split.disk = 1;
    const std::string good = split.build();
    const std::vector<std::uint64_t> parts{0, good.size()}; // all lies in the second
    EXPECT_EQ(opening(good, parts), "");
    EXPECT_EQ(opening(good, {0, 0, good.size()}), "zip.spanned") << "a part too many";
    EXPECT_EQ(opening(record(good, directory_disk, 2), parts), "zip.spanned");
    EXPECT_EQ(opening(central(good, disk_start, 2), parts), "zip.spanned");
    EXPECT_EQ(opening(wide(good), parts), "zip.spanned") << "ZIP64";
    split.prefix = "before";
    const std::string moved = split.build();
    EXPECT_EQ(opening(moved, {0, moved.size()}), "zip.directory-damaged");
    EXPECT_EQ(opening("PK\7\b the first part alone, without an end"), "zip.spanned");
}

TEST(ZipStructure, Zip64Records) {
    const std::string plain = two().build();
    const struct {
        const char* what;
        Wide how;
        const char* code;
    } rows[] = {
        {"nothing wrong", {}, ""},
        {"behind bytes that its locator does not count", {.at = -10}, ""},
        {"the record in another file", {.locator_disk = 1}, "zip.spanned"},
        {"several files", {.disks = 2}, "zip.spanned"},
        {"the record of another file", {.disk = 1}, "zip.spanned"},
        {"the directory in another file", {.directory_disk = 1}, "zip.spanned"},
        {"members in other files", {.count_here = 1}, "zip.spanned"},
        {"another number of members than the plain record", {.count_here = 1, .count = 1}, "zip.headers-disagree"},
        {"no record", {.mark = "PK\6\5"}, "zip.directory-damaged"},
        {"a record that reaches into its locator",
         {.at = 56, .between = "PK\6\6" + std::string(26, '\0')},
         "zip.overlap"},
    };
    for (const auto& [what, how, code] : rows) EXPECT_EQ(opening(wide(plain, how)), code) << what;
    const std::string locator("PK\6\7" + std::string(16, '\0'));
    EXPECT_EQ(opening(locator + RawZip{}.build()), "zip.directory-damaged") << "no room for a record";
}

TEST(ZipStructure, WideSizesDoNotWrapAround) {
    constexpr std::uint64_t half = 1ULL << 63;
    RawZip zip{.members = {member("a.txt"), member("b.txt")}};
    for (RawMember& one : zip.members) {
        one.extra = wide_field({half});
        one.local = one.central = [](RawMember::Fields& fields) {
            fields.method = 8;
            fields.unpacked = 0xFFFFFFFF;
        };
    }
    EXPECT_EQ(opening(zip.build()), "limit.bytes") << "the sum of what is declared";
    zip = {.members = {member("a.txt")}};
    zip.members[0].extra = wide_field({UINT64_MAX - 10});
    zip.members[0].local = zip.members[0].central = [](RawMember::Fields& fields) {
        fields.method = 8;
        fields.packed = 0xFFFFFFFF;
    };
    EXPECT_EQ(opening(zip.build()), "zip.overlap") << "data that end before they begin";
    zip = {.members = {member("a.txt")}, .prefix = "before"};
    zip.members[0].extra = wide_field({UINT64_MAX});
    EXPECT_EQ(opening(central(zip.build(), local_offset, 0xFFFFFFFF)), "zip.truncated") << "a place before the file";
}

// A file on disk answers an offset beyond all measure with an error of its own.
TEST(ZipStructure, AnOffsetBeyondMeasureIsNoFault) {
    RawZip zip{.members = {member("a.txt")}};
    zip.members[0].extra = wide_field({1ULL << 63});
    auto file = make_memory_file("zip");
    ASSERT_TRUE(file && write_all(*file, as_view(central(zip.build(), local_offset, 0xFFFFFFFF))));
    const auto source = FileSource::of(std::move(*file));
    ASSERT_TRUE(source);
    Budget budget(Limits{});
    EXPECT_EQ(ZipReader::open(*source, budget).error().code, "zip.truncated");
}

TEST(ZipStructure, DeclaredSizesAreRefusedBeforeAnythingIsRead) {
    Limits limits;
    limits.bytes_unpacked = 13; // two times seven
    EXPECT_EQ(opening(two().build(), {}, limits), "limit.bytes");
}

// Eight bytes with this checksum and the directory right behind them: its first twelve bytes are a data descriptor,
// too.
TEST(ZipStructure, ADescriptorDoesNotReachIntoTheDirectory) {
    RawZip zip{.members = {member("a.txt", "0004u}lg")}};
    zip.members[0].flags = 8;
    ASSERT_EQ(tests::crc_of("0004u}lg"), 0x02014b50U) << "the signature of a central header";
    std::string bytes = zip.build();
    put(bytes, bytes.find("PK\1\2", 30) + 4, 8, 4); // versions, where the packed size is expected
    EXPECT_EQ(opening(bytes), "zip.overlap");
}

TEST(ZipStructure, BothUnicodeNamesAreTheSame) {
    RawZip zip{.members = {member("\x94.txt")}};
    ByteWriter extra;
    const std::string path = "\u00f6.txt";
    extra.u16le(0x7075);
    extra.u16le(static_cast<std::uint16_t>(5 + path.size()));
    extra.u8(1);
    extra.u32le(tests::crc_of("\x94.txt"));
    extra.text(path);
    zip.members[0].extra = extra.take();
    std::string bytes = zip.build();
    EXPECT_EQ(opening(bytes), "");
    bytes[bytes.find(path) + path.size() - 1] = 'c'; // in the local header
    EXPECT_EQ(opening(bytes), "zip.headers-disagree");
}

TEST(ZipStructure, EncryptedMembersHaveRoomForWhatComesWithThem) {
    ByteWriter field; // AE-2 with 256 bits
    for (const unsigned one : {0x9901U, 7U, 2U, 0x4541U}) field.u16le(static_cast<std::uint16_t>(one));
    field.u8(3);
    field.u16le(0);
    const Bytes aes = field.take();
    const auto made = [](std::size_t size, std::uint16_t method, const Bytes& extra) {
        RawZip zip{.members = {member("a.txt", std::string(size, 'x'))}};
        zip.members[0].flags = 1;
        zip.members[0].extra = extra;
        zip.members[0].local = zip.members[0].central = [=](RawMember::Fields& fields) { fields.method = method; };
        return zip.build();
    };
    const auto code_of = [](const std::string& zip) {
        Budget budget(Limits{});
        const MemorySource source(as_view(zip));
        auto reader = ZipReader::open(source, budget);
        if (!reader) return reader.error().code;
        reader->use_passwords({"secret"});
        MemorySink out(1 << 20);
        return reader->read_to(reader->entries()[0], out).error().code;
    };
    EXPECT_EQ(code_of(made(11, 0, {})), "zip.size") << "ZipCrypto";
    EXPECT_EQ(code_of(made(27, 99, aes)), "zip.size") << "salt, check and proof of AES";
    EXPECT_EQ(code_of(made(28, 99, aes)), "archive.password");
    std::string weaker = made(28, 99, aes);
    weaker[weaker.find("AE") + 2] = 1; // in the local header
    EXPECT_EQ(code_of(weaker), "zip.headers-disagree");
}

TEST(ZipStructure, StreamsThatAreUnpackedInPieces) {
    std::uint64_t written = 0;
    const std::string whole = stored_blocks(many);
    EXPECT_EQ(reading(large(whole), &written), "");
    EXPECT_EQ(written, many_unpacked);
    EXPECT_EQ(reading(large(whole, -100'000), &written), "zip.size");
    EXPECT_LE(written, many_unpacked - 100'000) << "more than was declared was passed on";
    EXPECT_EQ(reading(large(whole + "behind")), "zip.size") << "in a piece of their own";
    EXPECT_EQ(reading(large("\1" + std::string("\0\0\xff\xff", 4) + whole)), "zip.size") << "in the same piece";
    EXPECT_EQ(reading(large(stored_blocks(many, false))), "zip.truncated") << "no last block";
    std::string damaged = whole;
    damaged[131072] = 7; // a kind of block that there is not
    EXPECT_EQ(reading(large(damaged)), "input.damaged");
}

TEST(ZipStructure, AnEmptyMemberHasNoChecksum) {
    RawZip zip{.members = {member("a.txt", "")}};
    EXPECT_EQ(reading(zip.build()), "");
    zip.members[0].local = zip.members[0].central = [](RawMember::Fields& fields) { fields.crc = 1; };
    EXPECT_EQ(reading(zip.build()), "zip.crc");
}

TEST(ZipStructure, AFileThatShrinksIsTruncated) {
    for (const std::size_t size : {100'000UL, 17UL << 20}) { // read at once, and in pieces
        auto file = make_memory_file("zip");
        ASSERT_TRUE(file);
        ASSERT_TRUE(write_all(*file, as_view(RawZip{.members = {member("a.txt", std::string(size, '\0'))}}.build())));
        const int descriptor = file->get();
        const auto source = FileSource::of(std::move(*file));
        Limits limits;
        limits.ratio = 100'000;
        Budget budget(limits);
        const auto reader = ZipReader::open(*source, budget);
        ASSERT_TRUE(reader);
        ASSERT_EQ(ftruncate(descriptor, 50'000), 0);
        MemorySink out(1 << 30);
        const auto done = reader->read_to(reader->entries()[0], out);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, "zip.truncated") << size;
    }
}

TEST(ZipWriter, NamesHaveALength) {
    MemorySink out(1 << 20);
    ZipWriter writer(out);
    EXPECT_EQ(writer.add("", {}).error().code, "zip.name");
    EXPECT_EQ(writer.add(std::string(65536, 'a'), {}).error().code, "zip.name");
}

// Four gigabytes need other headers, which are written before the size is known.
TEST(ZipWriter, AStreamedMemberIsSmallerThanFourGigabytes) {
    constexpr std::size_t size = 1ULL << 32;
    void* const nothing = mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ASSERT_NE(nothing, MAP_FAILED);
    MemorySink out(1 << 20);
    ZipWriter writer(out);
    const auto sink = writer.begin_member("a.txt");
    ASSERT_TRUE(sink);
    const auto done = (*sink)->write(View(static_cast<const std::uint8_t*>(nothing), size));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "limit.bytes");
    EXPECT_TRUE(out.bytes().size() < 1000) << "before any of it is packed";
    munmap(nothing, size);
}

} // namespace sekisho
