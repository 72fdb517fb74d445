// What the sanitiser delivers from real files must be accepted.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

// With SEKISHO_CORPUS_ALL set every file, else each of which the whole takes little time.
bool is_small(const Bytes& bytes) {
    return std::getenv("SEKISHO_CORPUS_ALL") || bytes.size() < (256U << 10);
}

TEST(VerifyOoxmlCorpus, AcceptsWhatIsDelivered) {
    std::size_t delivered = 0;
    for (const char* extension : {".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".ppsx"}) {
        for (const std::string& path : tests::corpus_files(extension)) {
            const Bytes bytes = tests::read_whole(path);
            if (!is_small(bytes)) continue;
            tests::Bench bench(Level::rebuild, {}, sanitize_file);
            const MemorySource in(bytes);
            const auto type = sanitize_file(in, bench.out, "", bench.context);
            if (!type) continue;
            ++delivered;
            const MemorySource out(bench.out.bytes());
            const auto done = verify::file(*type, out, Limits());
            EXPECT_TRUE(done) << path << "\n  " << (done ? "" : to_line(done.error()));
        }
    }
    EXPECT_GE(delivered, std::getenv("SEKISHO_CORPUS") ? 20U : 0U);
}

} // namespace
} // namespace sekisho
