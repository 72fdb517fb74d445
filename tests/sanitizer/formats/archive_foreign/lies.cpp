// What headers claim and is not so, and what two readers would read differently.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "sanitizer/formats/archive_foreign/rar_headers.h"
#include "tests/sanitizer/formats/archive_foreign/headers.h"
#include "tests/sanitizer/formats/archive_foreign/support.h"

namespace sekisho {
namespace {

using tests::Cabinet;
using tests::cabinet;
using tests::Given;
using tests::LzhMember;
using tests::pass;
using tests::rar5_end;
using tests::rar5_file;
using tests::rar5_start;
using namespace std::string_literals;
using tests::RarFile;
using tests::Workbench;

class ArchiveLies : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
    Workbench bench;
};

// How many members our own reading of RAR headers sees, or the code of the refusal.
std::string members_of(const std::vector<std::string>& volumes, const Limits& limits = {}) {
    std::string whole;
    std::vector<std::uint64_t> parts;
    for (const std::string& volume : volumes) {
        whole += volume;
        parts.push_back(volume.size());
    }
    Budget budget(limits);
    const MemorySource source(as_view(whole));
    const auto members =
        archive_foreign::rar_members(source, volumes.size() > 1 ? parts : std::span<const std::uint64_t>(), budget);
    return members ? std::to_string(members->size()) : members.error().code;
}

// The parts of a set, one behind the other.
std::string code_of_set(const std::vector<std::string>& volumes) {
    std::string whole;
    Given given{.name = "a.rar"};
    for (const std::string& volume : volumes) {
        whole += volume;
        given.parts.push_back(volume.size());
    }
    return pass(whole, given).code;
}

// In a process that may have little memory.
std::string code_within(rlim_t memory, const std::string& archive) {
    int ends[2];
    if (pipe(ends) != 0) return "pipe";
    const pid_t child = fork();
    if (child == 0) {
        const rlimit limit{memory, memory};
        setrlimit(RLIMIT_AS, &limit);
        const std::string code = pass(archive).code;
        (void)!write(ends[1], code.data(), code.size());
        _exit(0);
    }
    close(ends[1]);
    char code[64];
    const ssize_t size = read(ends[0], code, sizeof code);
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return std::string(code, static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
}

constexpr std::uint64_t from_previous = 8, to_next = 16, size_unknown = 8;

} // namespace

TEST(RarHeaders, WhatContradictsItselfIsRefused) {
    const std::string start = rar5_start(), end = rar5_end();
    const std::string whole = start + rar5_file() + end;
    const std::string first = rar5_start(1) + rar5_file({.flags = to_next, .size = 5}) + end;
    const auto second = [&](const RarFile& file) { return rar5_start(2) + rar5_file(file) + end; };
    // One byte more than its header has: the byte before it would be read as the size of a record.
    const std::uint64_t too_long = whole.find("hello") - start.size() - 4;
    const struct {
        const char* what;
        std::vector<std::string> volumes;
        const char* code;
    } rows[] = {
        {"nothing wrong", {whole}, "1"},
        {"a set", {first, second({.flags = from_previous, .size = 5})}, "1"},
        {"a size that is unknown", {start + rar5_file({.file_flags = size_unknown}) + end}, "archive.method"},
        {"records larger than their header", {start + rar5_file({.records = too_long + 1}) + end}, "archive.damaged"},
        {"data beyond the end", {start + rar5_file({.data = 500})}, "archive.part"},
        {"cut within a header", {whole.substr(0, start.size() + 9)}, "archive.part"},
        {"goes on in no other volume", {first}, "archive.part"},
        {"began in no other volume", {start + rar5_file({.flags = from_previous}) + end}, "archive.part"},
        {"another member where the first should go on", {first, second({})}, "archive.part"},
        {"goes on with another size", {first, second({.flags = from_previous, .size = 6})}, "archive.damaged"},
        {"a second volume that is no RAR", {whole, "no RAR!!" + rar5_file() + end}, "archive.damaged"},
        {"RAR 4: a block of no size", {std::string("Rar!\x1a\x07\0", 7) + tests::rar4_block(0)}, "archive.damaged"},
    };
    Limits limits;
    limits.seconds = 1;
    for (const auto& [what, volumes, code] : rows) EXPECT_EQ(members_of(volumes, limits), code) << what;
    limits.members = 1;
    EXPECT_EQ(members_of({start + rar5_file() + rar5_file() + end}, limits), "limit.members");
}

// What libarchive would ask for is known before it is asked.
TEST(RarHeaders, WhatIsEncryptedIsSeen) {
    const std::string start4("Rar!\x1a\x07\0", 7);
    // RAR 4: a checksum, the kind, flags, the size of the header, and what a file has there.
    const auto block4 = [&](char kind, char flags) {
        return start4 + "\0\0"s + kind + flags + "\0\x20\0"s + std::string(25, '\0');
    };
    EXPECT_EQ(members_of({rar5_start() + tests::rar5_block(tests::variables({4, 0}))}), "input.encrypted")
        << "all headers";
    const auto record =
        tests::variables({2, 1, 3, 0, 0, 0, 0, 0, 0, 2, 1, 0}); // of kind 1, at the end of a file's header
    EXPECT_EQ(members_of({rar5_start() + tests::rar5_block(record)}), "input.encrypted") << "one file";
    EXPECT_EQ(members_of({block4('\x73', '\x80')}), "input.encrypted") << "RAR 4: all headers";
    EXPECT_EQ(members_of({block4('\x74', '\x04')}), "input.encrypted") << "RAR 4: one file";
}

// A second RAR where libarchive looks for the next volume, and we do not.
TEST_F(ArchiveLies, BothReadersOfARarMustSeeTheSame) {
    const std::string one = rar5_start() + rar5_file() + rar5_end();
    EXPECT_EQ(code_of_set({one, one}), "archive.damaged") << "libarchive ends at the end of the first";
    // Volumes of real size, or libarchive 3.6 loses its place.
    const std::string two(6000, '2'), three(9000, '3');
    const std::string first = rar5_start(1) + rar5_file({.name = "1.txt"}) + rar5_end(),
                      hidden = rar5_start(2) + rar5_file({.name = "2.txt", .content = two}) + rar5_end(),
                      second = rar5_start(2) + rar5_file({.name = "2.txt", .content = three, .crc_of = two});
    EXPECT_EQ(code_of_set({first + hidden, second + rar5_end()}), "archive.damaged");
}

TEST_F(ArchiveLies, LzhHeaders) {
    const std::string folder("\x02"
                             "d\xff"),
        large("\x42"
              "12345678"),
        filler = "?" + std::string(40'000, 'x');
    std::string short_header = tests::lzh(LzhMember{.level = 0});
    short_header[0] = 10;
    unsigned sum = 0;
    for (std::size_t i = 2; i < 12; ++i) sum += static_cast<std::uint8_t>(short_header[i]);
    short_header[1] = static_cast<char>(sum);
    const struct {
        const char* what;
        std::string archive;
        const char* code;
    } rows[] = {
        {"level 0", tests::lzh(LzhMember{.level = 0}), ""},
        {"level 1", tests::lzh(LzhMember{.extended = {folder}}), ""},
        {"level 2", tests::lzh(LzhMember{.level = 2, .extended = {"\1a.txt", folder}}), ""},
        {"level 3", tests::lzh(LzhMember{.level = 3}), "archive.method"},
        {"a wrong sum", tests::lzh(LzhMember{.sum = 1}), "archive.damaged"},
        {"a header shorter than its fields", short_header, "archive.damaged"},
        {"cut within the header", tests::lzh(LzhMember{}).substr(0, 25), "archive.part"},
        {"sizes of 64 bits", tests::lzh(LzhMember{.extended = {large}}), "archive.method"},
        {"an extended header of no size", tests::lzh(LzhMember{.content = "\1hello", .first_extended = 2}),
         "archive.damaged"},
        {"80 KB of extended headers", tests::lzh(LzhMember{.extended = {filler, filler}}), "archive.damaged"},
        {"more extended headers than packed bytes", tests::lzh(LzhMember{.extended = {folder}, .packed = -6}),
         "archive.damaged"},
        {"level 2: the content within the header",
         tests::lzh(LzhMember{.level = 2, .extended = {"\1a.txt", folder}, .header = -13}), "archive.damaged"},
        {"a folder with bytes beyond the end", tests::lzh(LzhMember{.method = "-lhd-", .packed = 100}), "archive.part"},
        {"more bytes than are packed", tests::lzh(LzhMember{.size = 5}), "archive.damaged"},
    };
    for (const auto& [what, archive, code] : rows) EXPECT_EQ(pass(archive).code, code) << what;
}

TEST_F(ArchiveLies, Cabinets) {
    constexpr std::uint16_t has_previous = 1, has_next = 2, quantum = 2;
    const std::string names("b.cab\0disk\0", 11);
    const struct {
        const char* what;
        Cabinet how;
        const char* code;
    } rows[] = {
        {"nothing wrong", {}, ""},
        {"less than it claims to be", {.size = 1}, "archive.part"},
        {"one before it", {.flags = has_previous, .names = names}, "archive.part"},
        {"one behind it", {.flags = has_next, .names = names}, "archive.part"},
        {"a packing that nobody reads", {.compression = quantum}, "archive.method"},
    };
    for (const auto& [what, how, code] : rows) EXPECT_EQ(pass(cabinet(how)).code, code) << what;
}

TEST_F(ArchiveLies, AStartAloneIsAPart) {
    bench.write("a.txt", "hello");
    ASSERT_TRUE(bench.run("7z a a.7z a.txt >/dev/null"));
    EXPECT_EQ(pass(bench.read("a.7z").substr(0, 20)).code, "archive.part");
    EXPECT_EQ(pass(cabinet().substr(0, 20)).code, "archive.part");
    EXPECT_EQ(pass(rar5_start().substr(0, 10)).code, "archive.part");
    EXPECT_EQ(pass(tests::rar4({{"a.txt", "hello"}}).substr(0, 9)).code, "archive.part");
}

// The blocks of a sparse file stand in its order, or one would lie under another.
TEST_F(ArchiveLies, SparseBlocksAreInOrder) {
    const auto done = pass(tests::sparse_tar("0,5,8,5", 13, "helloworld"));
    EXPECT_EQ(done.code, "");
    EXPECT_EQ(pass(tests::sparse_tar("0,5,2,5", 10, "helloworld")).code, "archive.damaged");
}

// libarchive unpacks what is passed over, too.
TEST_F(ArchiveLies, WhatIsRemovedCountsToo) {
    ASSERT_TRUE(
        bench.run("head -c 3000000 /dev/zero > Thumbs.db; echo hello > a.txt; 7z a a.7z Thumbs.db a.txt >/dev/null"));
    Given given;
    EXPECT_EQ(pass(bench.read("a.7z"), given).code, "");
    given.limits.bytes_unpacked = 1'000'000;
    EXPECT_EQ(pass(bench.read("a.7z"), given).code, "limit.bytes");
}

TEST_F(ArchiveLies, APackedFileInPartsIsJoined) {
    bench.write("a.txt", "hello\n");
    ASSERT_TRUE(bench.run("gzip a.txt"));
    const std::string packed = bench.read("a.txt.gz");
    const auto done = pass(packed, {.name = "a.txt.gz", .parts = {10, packed.size() - 10}});
    EXPECT_EQ(done.bytes, "hello\n");
    EXPECT_TRUE(done.found("archive.joined"));
    EXPECT_FALSE(pass(packed, {.name = "a.txt.gz"}).found("archive.joined"));
}

#ifndef SEKISHO_SANITIZED
// A01: a few bytes that ask for gigabytes, behind so much that libarchive has begun to read.
TEST_F(ArchiveLies, ADictionaryBeyondMemoryIsALimit) {
    constexpr rlim_t memory = 1 << 30;
    bench.write("a", "hello");
    ASSERT_TRUE(bench.run("xz -0 a; seq 200000 > b; xz -0 -k b; zstd -q b"));
    std::string xz = bench.read("a.xz"); // a block header follows 12 bytes: size, flags, filter, 1, dictionary, ...
    const std::size_t size = 4 * static_cast<std::uint8_t>(xz[12]);
    xz[16] = 40; // 4 GiB
    const std::uint32_t crc = libdeflate_crc32(0, xz.data() + 12, size);
    for (std::size_t i = 0; i < 4; ++i) xz[12 + size + i] = static_cast<char>(crc >> (8 * i));
    const std::string code = code_within(memory, bench.read("b.xz") + xz);
    EXPECT_TRUE(code == "limit.memory" || code == "archive.damaged") << code; // which is what libarchive 3.6; 3.7 says
    const std::string zstd("\x28\xb5\x2f\xfd\0\xa8\x29\0\0hello", 14);        // a window of 2 GiB
    EXPECT_EQ(code_within(memory, bench.read("b.zst") + zstd), "limit.memory");
}
#endif

} // namespace sekisho
