// Archives that grow beyond all measure end soon, with a limit, and without much memory.
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::pass;
using tests::Workbench;

struct Measured {
    std::string code;
    double seconds = 0; // of work, however busy the machine is
    long kib = 0;       // highest resident set, anonymous memory files that are mapped included
};

// In a process of its own, so that its memory can be told from that of the test.
Measured measured(const std::string& archive) {
    int ends[2];
    if (pipe(ends) != 0) return {"pipe"};
    const pid_t child = fork();
    if (child == 0) {
        Limits limits;
        Budget budget(limits);
        Report report;
        Context context(Level::rebuild, budget, report, tests::nested);
        const MemorySource source(as_view(archive));
        MemorySink out(limits.bytes_out);
        const auto type = tests::nested(source, out, "bomb", context);
        const std::string code = type ? "delivered" : type.error().code;
        (void)!write(ends[1], code.data(), code.size());
        _exit(0);
    }
    close(ends[1]);
    char code[64];
    const ssize_t size = read(ends[0], code, sizeof code);
    close(ends[0]);
    rusage usage{};
    wait4(child, nullptr, 0, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return {std::string(code, static_cast<std::size_t>(std::max<ssize_t>(size, 0))),
            seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss};
}

class ArchiveBomb : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
    static void expect_limit(const std::string& archive, const char* what) {
        const Measured bomb = measured(archive);
        printf("%-24s %-14s %5.2f s %7ld KiB\n", what, bomb.code.c_str(), bomb.seconds, bomb.kib);
        EXPECT_TRUE(bomb.code.starts_with("limit.")) << what << ": " << bomb.code;
#ifndef SEKISHO_SANITIZED
        EXPECT_LT(bomb.seconds, 5) << what;
        EXPECT_LT(bomb.kib, 256 * 1024) << what;
#endif
    }
    Workbench bench;
};

// A01, A02
TEST_F(ArchiveBomb, HighRatio) {
    ASSERT_TRUE(bench.run("truncate -s 200M zeros; xz -T1 -0 -c zeros > a.xz; zstd -q -1 -c zeros > a.zst; "
                          "tar -S -cf sparse.tar zeros; gzip -9 -c zeros > a.gz; bzip2 -1 -c zeros > a.bz2; "
                          "7z a -mx=1 a.7z zeros >/dev/null"));
    for (const char* name : {"a.xz", "a.zst", "sparse.tar", "a.gz", "a.bz2", "a.7z"})
        expect_limit(bench.read(name), name);
}

// A17: what a member declares is a claim.
TEST_F(ArchiveBomb, Claims) {
    std::string rar = tests::rar5({{"a.txt", "hello"}});
    EXPECT_EQ(pass(rar).code, "");
    ASSERT_TRUE(bench.run("truncate -s 5G hole; tar -S -cf a.tar hole"));
    expect_limit(bench.read("a.tar"), "5 GiB hole");
}

TEST_F(ArchiveBomb, Depth) {
    bench.write("a.txt", "hello");
    ASSERT_TRUE(bench.run("gzip -c a.txt > n; for i in 1 2 3 4 5 6 7 8 9; do gzip -c n > m; mv m n; done"));
    expect_limit(bench.read("n"), "gzip in gzip");
    ASSERT_TRUE(bench.run("mv a.txt n; for i in 1 2 3 4 5 6 7 8 9; do rm -f m; 7z a m n >/dev/null; mv m.7z n; done"));
    expect_limit(bench.read("n"), "7z in 7z");
}

TEST_F(ArchiveBomb, Members) {
    std::vector<tests::Stored> many(120'000, {"a", ""});
    expect_limit(tests::lzh(many), "120000 members");
}

TEST_F(ArchiveBomb, Corpus) {
    for (const char* part : {"7zip_malformed_numfiles_oom.7z", "rar5_loop_bug.rar", "gzip_recursive.gz"}) {
        const auto path = tests::corpus_file(part);
        if (!path) continue;
        const Measured bomb = measured(std::string(as_text(tests::read_whole(*path))));
        printf("%-24s %-14s %5.2f s %7ld KiB\n", part, bomb.code.c_str(), bomb.seconds, bomb.kib);
        EXPECT_NE(bomb.code, "delivered") << part;
        EXPECT_NE(bomb.code, "") << part;
#ifndef SEKISHO_SANITIZED
        EXPECT_LT(bomb.seconds, 5) << part;
        EXPECT_LT(bomb.kib, 256 * 1024) << part;
#endif
    }
}

} // namespace
} // namespace sekisho
