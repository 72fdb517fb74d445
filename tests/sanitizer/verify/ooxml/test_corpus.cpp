// What the sanitiser delivers from real files must be accepted.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

TEST(VerifyOoxmlCorpus, AcceptsWhatIsDelivered) {
    std::size_t delivered = 0;
    for (const char* extension : {".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".ppsx"}) {
        for (const std::string& path : tests::corpus_files(extension)) {
            const Bytes bytes = tests::read_whole(path);
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
    RecordProperty("delivered", static_cast<int>(delivered));
    EXPECT_GE(delivered, std::getenv("SEKISHO_CORPUS") ? 20U : 0U);
}

} // namespace
} // namespace sekisho
