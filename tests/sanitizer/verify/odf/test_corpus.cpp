// What the sanitiser delivers from real files must be accepted, and a second time it finds nothing more.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

struct Row {
    const char* file; // a part of its path
    Finding finding;  // that its threat row asks for
};

constexpr Row rows[] = {
    {"feature_fields_update.odt", Finding::odf_macro},
    {"testODSMacro.ods", Finding::odf_macro},
    {"testODPMacro.odp", Finding::odf_macro},
    {"testODSMacro.fods", Finding::odf_flat},
    {"testODPMacro.fodp", Finding::odf_macro},
    {"external_link_import_xml_MSO15.ods", Finding::odf_external_source},
    {"embedded-simple-2007.odt", Finding::odf_embedding},
    {"nestedFrames.odt", Finding::odf_event},
    {"test-input/test1.odt", Finding::odf_event},
    {"testOpenOffice2.odf", Finding::odf_doctype},
    {"duplicate-files.odt", Finding::odf_package_quirk},
    {"slash.odt", Finding::odf_package_quirk},
    {"dirty.odt", Finding::odf_opaque},
    {"validator/src/test/resources/good.odt", Finding::odf_signature},
};

Result<Type> sanitized(View input, tests::Bench& bench) {
    const MemorySource in(input);
    return sanitize_file(in, bench.out, "", bench.context);
}

TEST(OdfCorpus, EachRowIsFoundInItsFile) {
    for (const Row& row : rows) {
        const auto path = tests::corpus_file(row.file);
        if (!path) continue;
        tests::Bench bench(Level::rebuild, {}, sanitize_file);
        const auto type = sanitized(tests::read_whole(*path), bench);
        EXPECT_TRUE(type) << row.file << ": " << (type ? "" : to_line(type.error()));
        EXPECT_TRUE(bench.found(row.finding)) << row.file << ": " << row_of(row.finding).code;
    }
    if (const auto locked = tests::corpus_file("PasswordProtected.odt")) {
        tests::Bench bench(Level::rebuild, {}, sanitize_file);
        EXPECT_EQ(sanitized(tests::read_whole(*locked), bench).error().code, "input.encrypted");
    }
}

TEST(OdfCorpus, WhatIsDeliveredIsAcceptedAndStays) {
    std::size_t delivered = 0;
    for (const char* extension : {".odt", ".ods", ".odp", ".odg", ".odf", ".fodt", ".fods", ".fodp"}) {
        for (const std::string& path : tests::corpus_files(extension)) {
            tests::Bench first(Level::rebuild, {}, sanitize_file), second(Level::rebuild, {}, sanitize_file);
            const auto type = sanitized(tests::read_whole(path), first);
            if (!type) continue;
            ++delivered;
            const auto done = verify::file(*type, MemorySource(first.out.bytes()), Limits());
            EXPECT_TRUE(done) << path << "\n  " << (done ? "" : to_line(done.error()));
            EXPECT_TRUE(sanitized(first.out.bytes(), second)) << path;
            for (const Entry& entry : second.report.entries())
                ADD_FAILURE() << path << " again: " << row_of(entry.finding).code;
            tests::Bench third(Level::rebuild, {}, sanitize_file);
            EXPECT_TRUE(sanitized(second.out.bytes(), third)) << path;
            EXPECT_TRUE(third.out.bytes() == second.out.bytes()) << path;
        }
    }
    EXPECT_GE(delivered, std::getenv("SEKISHO_CORPUS") ? 45U : 0U);
}

} // namespace
} // namespace sekisho
