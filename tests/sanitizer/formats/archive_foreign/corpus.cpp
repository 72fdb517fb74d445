// Real archives: each ends delivered or refused with a reason, and says what it carried.
#include <gtest/gtest.h>

#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using tests::Done;
using tests::pass;

class ForeignCorpus : public testing::Test {
protected:
    static void SetUpTestSuite() { tests::warm_up(); }
};

TEST_F(ForeignCorpus, SaysWhatItFound) {
    const auto expect = [](const char* part, const char* code, const char* finding) {
        const auto path = tests::corpus_file(part);
        if (!path) return;
        const Done done = pass(as_text(tests::read_whole(*path)));
        EXPECT_EQ(done.code, code) << part;
        EXPECT_NE(done.findings.find(finding), std::string::npos) << part << ": " << done.findings;
    };
    expect("7zip_relative.7z", "zip.traversal", "");
    expect("rar_relative.rar", "", "archive.repacked"); // its names lead nowhere but down
    expect("test_read_format_rar5_symlink.rar", "", "zip.link");
    expect("test_read_format_cab_filename_cp932.cab", "", "zip.name-charset");
    expect("test_read_format_lha_filename_cp932.lzh", "", "zip.name-charset");
    expect("default.sjis.lzh", "", "archive.repacked");
    expect("test_read_format_7zip_encryption_header.7z", "input.encrypted", "");
    expect("test_read_format_rar5_encrypted_filenames.rar", "input.encrypted", "");
    expect("trailing_data.gz", "", "zip.hidden-data");
}

TEST_F(ForeignCorpus, EveryArchiveEndsWell) {
    for (const char* extension : {".7z", ".rar", ".lzh", ".cab", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"}) {
        for (const std::string& path : tests::corpus_files(extension)) {
            const std::string name = path.substr(path.rfind('/') + 1);
            const Done done = pass(as_text(tests::read_whole(path)), {.name = name});
            printf("%-22s %3zu members  %-60s %s\n", done.code.empty() ? done.type.c_str() : done.code.c_str(),
                   done.members.size(), done.findings.c_str(), name.c_str());
            std::size_t shown = 0;
            for (const auto& [member, content] : done.members)
                if (shown++ < 4) printf("      %s\n", member.c_str());
        }
    }
}

} // namespace
} // namespace sekisho
