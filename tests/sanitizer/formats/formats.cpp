// The whole table: detection, every level, and the verifier's opinion of what comes out.
#include "sanitizer/formats/formats.h"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/verify.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/samples/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

struct Done {
    std::string outcome; // type written, or code of the refusal
    std::string verdict; // of the verifier: "" is good
    Bytes bytes;
};

Done sanitize(View input, std::string_view name, Level level = Level::rebuild) {
    Limits limits;
    Budget budget(limits);
    Report report;
    Context context(level, budget, report, sanitize_file);
    const MemorySource source(input);
    MemorySink out(limits.bytes_out);
    const auto type = sanitize_file(source, out, name, context);
    if (!type) {
        EXPECT_NE(reason_of(type.error()), Reason::internal) << name << ": " << to_line(type.error());
        return {type.error().code, "", {}};
    }
    Done done{std::string(row_of(*type).name), "", out.take()};
    const MemorySource output(done.bytes);
    if (const auto good = verify::file(*type, output, limits); !good) done.verdict = good.error().code;
    return done;
}

Bytes zip_of(const std::vector<std::pair<std::string, Bytes>>& members) {
    MemorySink out(1ULL << 30);
    ZipWriter writer(out);
    for (const auto& [name, content] : members) EXPECT_TRUE(writer.add(name, content));
    EXPECT_TRUE(writer.finish());
    return out.take();
}

class Formats : public testing::Test {
protected:
    static void SetUpTestSuite() { warm_up(); }
};

// A sanitiser that lies about the choice gets no attachment past the verifier.
TEST_F(Formats, TheVerifierKnowsWhatMayStay) {
    tests::PdfSample sample;
    const int stream = sample.add_stream("/Type/EmbeddedFile", "words\n");
    sample.catalog = "/Names<</EmbeddedFiles<</Names[(a.txt)<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F " +
                     std::to_string(stream) + " 0 R>>>>]>>>>";
    Limits limits;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, sanitize_file);
    const Options keeps{.keep_attachments = true};
    context.choose(keeps);
    const Bytes input = sample.bytes();
    MemorySink out(limits.bytes_out);
    ASSERT_TRUE(sanitize_file(MemorySource(input), out, "a.pdf", context));
    const MemorySource kept(out.bytes());
    EXPECT_TRUE(verify::file(Type::pdf, kept, limits, keeps));
    EXPECT_EQ(verify::file(Type::pdf, kept, limits, Options{}).error().code, "verify.pdf.attachment");
}

TEST_F(Formats, LevelsAreThoseOfTheCatalogue) {
    constexpr std::array without{Reason::level_unsupported, Reason::jtd_text_level,  Reason::type_unsupported,
                                 Reason::type_unknown,      Reason::type_empty,      Reason::type_executable,
                                 Reason::ooxml_addin,       Reason::dwg_unsupported, Reason::xdw_unsupported};
    for (const TypeRow& row : all_types()) {
        if (row.type == Type::encrypted_data) continue; // refused for that, at each level
        for (const Level level : {Level::rebuild, Level::flatten, Level::text}) {
            Budget budget(Limits{});
            Report report;
            Context context(level, budget, report, sanitize_file);
            MemorySink out(1 << 20);
            const auto done = sanitize_as(row.type, MemorySource(as_view("x")), out, context);
            const bool has = done || std::ranges::find(without, reason_of(done.error())) == without.end();
            EXPECT_EQ(is_supported(row.type, level), has) << row.name << " at " << name_of(level);
        }
    }
}

TEST_F(Formats, RefusalsSayWhy) {
    EXPECT_EQ(sanitize(as_view(std::string("MZ") + std::string(100, '\0')), "a.txt").outcome, "type.executable");
    EXPECT_EQ(sanitize(as_view("#!/bin/sh\n"), "a").outcome, "type.executable");
    EXPECT_EQ(sanitize(View(), "a.txt").outcome, "type.empty");
    EXPECT_EQ(sanitize(as_view(std::string("8BPS\0\1", 6)), "a.psd").outcome, "type.unsupported");
    EXPECT_EQ(sanitize(as_view("{\\rtf1}"), "a.rtf").outcome, "convert.unavailable"); // there is no office suite here
    EXPECT_EQ(sanitize(as_view(std::string("\1\2\3\0", 4)), "a.bin").outcome, "type.unknown");
    EXPECT_EQ(sanitize(as_view("hello"), "a.txt", Level::block).outcome, "level.blocked");
}

// What has no published description says which kind to send instead.
TEST_F(Formats, DrawingsAndDocumentsThatCannotBeReadSayWhatToDo) {
    const std::string dwg("AC1032\0\0\0\0", 10), unknown("\x60\x0e\0\1\2\3", 6);
    EXPECT_EQ(sanitize(as_view(dwg), "a.dxf").outcome, "dwg.unsupported");
    EXPECT_EQ(sanitize(as_view(unknown), "a.xdw").outcome, "xdw.unsupported");
    EXPECT_EQ(sanitize(as_view(unknown), "a.bin").outcome, "type.unknown");
    const Bytes ichitaro = tests::ole_file({tests::stream("DocumentText", Bytes(100, 1))});
    EXPECT_EQ(sanitize(ichitaro, "a.jtd").outcome, "jtd.text-level");
    EXPECT_EQ(sanitize(ichitaro, "a.jtd", Level::text).outcome, "jtd.no-text");
    const std::string dxf = "0\nSECTION\n2\nENTITIES\n0\nPOINT\n10\n1\n0\nENDSEC\n0\nEOF\n";
    const Done drawing = sanitize(as_view(dxf), "a.txt");
    EXPECT_EQ(drawing.outcome, "dxf");
    EXPECT_EQ(drawing.verdict, "");
    EXPECT_EQ(sanitize(as_view(dxf), "a.dxf", Level::text).outcome, "text");
    const Done pages = sanitize(as_view(dxf), "a.dxf", Level::flatten);
    EXPECT_EQ(pages.outcome, "pdf");
    EXPECT_EQ(pages.verdict, "");
    for (const Reason reason : {Reason::dwg_unsupported, Reason::xdw_unsupported, Reason::jtd_text_level})
        EXPECT_NE(row_of(reason).help_japanese.find("PDF"), std::string_view::npos);
    if (const auto path = tests::corpus_file("testDWG2010.dwg")) {
        EXPECT_EQ(sanitize(tests::read_whole(*path), "a.dwg").outcome, "dwg.unsupported");
    }
}

// A part of a split archive makes no sense alone, whatever is in it; other files are not judged by such a name.
TEST_F(Formats, APartOfASetIsRefusedByName) {
    const Bytes noise{0x91, 0x00, 0x17, 0xfe, 0x01, 0x83};
    const Bytes whole = zip_of({{"a.txt", Bytes(100'000, 'a')}});
    EXPECT_EQ(sanitize(View(whole).first(60), "a.zip.001").outcome, "archive.part");
    EXPECT_EQ(sanitize(noise, "a.zip.002").outcome, "archive.part");
    EXPECT_EQ(sanitize(noise, "a.z01").outcome, "archive.part");
    EXPECT_EQ(sanitize(noise, "a.part2.rar").outcome, "archive.part");
    EXPECT_EQ(sanitize(noise, "a.bin").outcome, "type.unknown");
    EXPECT_EQ(sanitize(as_view("hello\n"), "notes.001").outcome, "text");
    EXPECT_EQ(sanitize(as_view("MZ" + std::string(100, '\0')), "setup.001").outcome, "type.executable");
}

// Archives in archives, whatever else lies between.
TEST_F(Formats, HowArchivesAreNestedIsReported) {
    const auto nesting = [](const Bytes& input) {
        Limits limits;
        Budget budget(limits);
        Report report;
        Context context(Level::rebuild, budget, report, sanitize_file);
        MemorySink out(limits.bytes_out);
        EXPECT_TRUE(sanitize_file(MemorySource(input), out, "a", context));
        return std::pair(report.archive_depth(), report.archive_members());
    };
    using Nesting = std::pair<std::uint32_t, std::uint32_t>;
    const Bytes text = to_bytes("words");
    const Bytes one = zip_of({{"a.txt", text}, {"b.txt", text}});
    EXPECT_EQ(nesting(text), Nesting(0, 0));
    EXPECT_EQ(nesting(one), Nesting(1, 2));
    EXPECT_EQ(nesting(zip_of({{"one.zip", one}, {"c.txt", text}})), Nesting(2, 4));
    EXPECT_EQ(nesting(zip_of({{"one.zip", one}, {"again.zip", one}})), Nesting(2, 6)) << "side by side is no deeper";
    EXPECT_EQ(nesting(zip_of({{"two.zip", zip_of({{"one.zip", one}})}})), Nesting(3, 4));
}

TEST_F(Formats, AnArchiveOfTextsPassesItsVerifier) {
    const Bytes inner = zip_of({{"deep.csv", to_bytes("=cmd|' /C calc'!A0,1\n")}});
    const Bytes outer = zip_of({{"a.txt", to_bytes("住民票")},
                                {"inner.zip", inner},
                                {"evil.js", to_bytes("just words")},
                                {"setup.exe", to_bytes("MZ" + std::string(100, '\0'))}});
    for (const Level level : {Level::rebuild, Level::flatten, Level::text}) {
        const Done done = sanitize(outer, "outer.zip", level);
        EXPECT_EQ(done.outcome, "zip");
        EXPECT_EQ(done.verdict, "");
        Budget budget(Limits{});
        const MemorySource source(done.bytes);
        const auto reader = ZipReader::open(source, budget);
        ASSERT_TRUE(reader);
        const bool flat = level == Level::flatten;
        EXPECT_TRUE(reader->find(flat ? "a.pdf" : "a.txt"));
        EXPECT_TRUE(reader->find("inner.zip"));
        EXPECT_TRUE(reader->find(flat ? "evil.js.pdf" : "evil.js.txt"));
        EXPECT_TRUE(reader->find("setup.exe.blocked.txt"));
    }
}

// One real file of each kind, alone and within an archive.
TEST_F(Formats, CorpusOfEachKind) {
    std::vector<std::pair<std::string, Bytes>> members;
    for (const char* extension : {".pdf", ".jpg", ".png", ".csv", ".txt"}) {
        std::size_t tried = 0, delivered = 0;
        for (const std::string& path : tests::corpus_files(extension)) {
            if (tried == 6) break;
            Bytes bytes = tests::read_whole(path);
            if (bytes.size() > 1'000'000) continue;
            ++tried;
            const std::string name = path.substr(path.rfind('/') + 1);
            const Done done = sanitize(bytes, name);
            printf("%-18s %-22s %s\n", done.outcome.c_str(), done.verdict.c_str(), name.c_str());
            if (done.bytes.empty()) continue;
            EXPECT_EQ(done.verdict, "") << path;
            ++delivered;
            members.emplace_back(name, std::move(bytes));
        }
    }
    if (members.empty()) return;
    const Done done = sanitize(zip_of(members), "all.zip");
    EXPECT_EQ(done.outcome, "zip");
    EXPECT_EQ(done.verdict, "");
}

TEST_F(Formats, CorpusArchives) {
    for (const std::string& path : tests::corpus_files(".zip")) {
        const Done done = sanitize(tests::read_whole(path), path);
        printf("%-22s %-22s %s\n", done.outcome.c_str(), done.verdict.c_str(),
               path.substr(path.rfind('/') + 1).c_str());
        EXPECT_EQ(done.verdict, "") << path;
    }
}

} // namespace
} // namespace sekisho
