// Files as people and attackers made them. None was written by our sanitiser: few may be accepted, and none with a
// vector.
#include <gtest/gtest.h>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

TEST(VerifyPdfCorpus, RawFilesAreReadWithoutHarmAndVectorsRefused) {
    const auto files = tests::corpus_files(".pdf");
    if (files.empty()) GTEST_SKIP() << "SEKISHO_CORPUS is not set";
    std::size_t accepted = 0;
    for (const std::string& path : files) {
        const Bytes file = tests::read_whole(path);
        if (!verify::pdf(MemorySource(file), {})) continue;
        ++accepted;
        for (const char* trace :
             {"/JS",      "/JavaScript", "/Launch",     "/AA",          "/EmbeddedFile", "/SubmitForm",
              "/GoToR",   "/GoToE",      "/ImportData", "/RichMedia",   "/XFA",          "/AcroForm",
              "/Encrypt", "/Prev",       "/ObjStm",     "/JBIG2Decode", "/JPXDecode",    "/CCITTFaxDecode",
              "/Info",    "/Metadata",   "/PieceInfo"})
            EXPECT_EQ(as_text(file).find(trace), std::string_view::npos) << path << ' ' << trace;
    }
    EXPECT_LE(accepted, files.size() / 20);
}

} // namespace
} // namespace sekisho
