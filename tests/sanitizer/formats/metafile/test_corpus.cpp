// Real metafiles: alone, and inside Office documents.
#include <gtest/gtest.h>

#include "sanitizer/formats/metafile/metafile.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/image/image.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

struct Tally {
    unsigned drawn = 0, incomplete = 0, refused = 0;

    void add(View file, const std::string& name) {
        tests::Bench bench;
        const auto type = bench.run(metafile::to_png, Type::metafile, file);
        if (!type) {
            ++refused;
            EXPECT_NE(reason_of(type.error()), Reason::internal) << name;
            printf("%-20s %s\n", type.error().code.c_str(), name.c_str());
            return;
        }
        ++drawn;
        if (bench.found(Finding::image_damaged)) {
            ++incomplete;
            printf("%-20s %s\n", "incomplete", name.c_str());
        }
        EXPECT_TRUE(bench.found(Finding::image_metafile)) << name;
        EXPECT_TRUE(verify::png(MemorySource(bench.out.bytes()), Limits())) << name;
    }
};

bool is_metafile_name(std::string_view name) {
    return name.ends_with(".emf") || name.ends_with(".wmf");
}

void add_members(Tally& tally, const std::string& path) {
    const Bytes file = tests::read_whole(path);
    const MemorySource source(file);
    Budget budget{Limits()};
    const auto zip = ZipReader::open(source, budget);
    if (!zip) return;
    for (const ZipEntry& entry : zip->entries()) {
        if (!is_metafile_name(entry.raw_name)) continue;
        const auto content = zip->read(entry);
        if (content) tally.add(*content, path.substr(path.rfind('/') + 1) + " " + entry.raw_name);
    }
}

TEST(MetafileCorpus, IsDrawnAndPassesTheVerifier) {
    Tally tally;
    for (const char* extension : {".emf", ".wmf"})
        for (const std::string& path : tests::corpus_files(extension)) tally.add(tests::read_whole(path), path);
    for (const char* extension : {".docx", ".xlsx", ".pptx"})
        for (const std::string& path : tests::corpus_files(extension)) add_members(tally, path);
    printf("drawn %u (of these incomplete %u), refused %u\n", tally.drawn, tally.incomplete, tally.refused);
    EXPECT_GE(tally.drawn, tally.refused * 4);
}

} // namespace
} // namespace sekisho
