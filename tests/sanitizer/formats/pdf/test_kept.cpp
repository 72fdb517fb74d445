// What policy may let stay: attachments, each sanitised, and form fields without actions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

// Stands for every other format: text becomes "clean", programs are refused.
Result<Type> nested(const Source& in, Sink& out, std::string_view, Context&) {
    const View content = TRY(in.whole(1U << 20));
    if (starts_with(content, "MZ")) return refuse(Reason::type_executable);
    TRY(out.write(std::string_view("clean")));
    return Type::text;
}

Result<> verified_part(Type type, const Source& content, const Limits&) {
    const View bytes = TRY(content.whole(1U << 20));
    const bool note = as_text(bytes).find("blocked") == std::string::npos;
    if (type == Type::text && (as_text(bytes) == "clean" || note)) return {};
    return refuse(Reason::verify_pdf_attachment);
}

Rebuilt keep(View input, Level level = Level::rebuild) {
    Bench bench(level, {}, nested);
    bench.context.choose({.keep_attachments = true, .keep_forms = true});
    Rebuilt rebuilt{bench.run(pdf::rebuild, Type::pdf, input), {}, {}};
    rebuilt.entries = bench.report.entries();
    rebuilt.bytes = bench.out.take();
    return rebuilt;
}

Result<> verify_with_parts(View pdf) {
    return verify::pdf(MemorySource(pdf), {}, verified_part);
}

bool has(const Rebuilt& rebuilt, Finding finding, Action action) {
    return std::ranges::any_of(rebuilt.entries,
                               [&](const Entry& entry) { return entry.finding == finding && entry.action == action; });
}

void expect_settled(const Rebuilt& rebuilt) {
    ASSERT_TRUE(rebuilt.result) << to_line(rebuilt.result.error());
    const auto good = verify_with_parts(rebuilt.bytes);
    EXPECT_TRUE(good) << to_line(good.error());
    const Rebuilt again = keep(rebuilt.bytes);
    ASSERT_TRUE(again.result) << to_line(again.result.error());
    for (const Entry& entry : again.entries) EXPECT_EQ(entry.action, Action::kept) << row_of(entry.finding).code;
    EXPECT_EQ(keep(again.bytes).bytes, again.bytes);
}

std::string file(Sample& sample, const std::string& name, const std::string& content) {
    const int stream = sample.add_stream("/Type/EmbeddedFile/Subtype/application#2Fx-evil", content);
    return "<</Type/Filespec/F(" + name + ")/UF(" + name + ")/Desc(evil)/EF<</F " + std::to_string(stream) + " 0 R>>>>";
}

Sample with_attachments() {
    Sample sample;
    const std::string one = file(sample, "note.txt", "a note");
    const std::string two = file(sample, "tool.exe", "MZ program");
    const std::string three = file(sample, "../note.txt", "another");
    sample.catalog = "/Names<</EmbeddedFiles<</Names[(a)" + one + "(b)" + two + "]>>>>";
    sample.page = "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[1 1 9 9]/FS" + three + ">>]";
    return sample;
}

TEST(PdfAttachments, AreSanitisedAndAttachedAgain) {
    const Rebuilt rebuilt = keep(with_attachments().bytes());
    expect_settled(rebuilt);
    EXPECT_TRUE(has(rebuilt, Finding::pdf_attachment, Action::kept));
    EXPECT_TRUE(has(rebuilt, Finding::pdf_attachment, Action::replaced));
    const std::string all = unpacked(rebuilt.bytes);
    for (const char* gone : {"a note", "MZ program", "x-evil", "Desc", "FileAttachment", "another"})
        EXPECT_THAT(all, Not(HasSubstr(gone)));
    EXPECT_THAT(all, HasSubstr("clean"));
}

TEST(PdfAttachments, AreDroppedWithoutThePolicyAndAtOtherLevels) {
    const Rebuilt dropped = rebuild(with_attachments().bytes());
    ASSERT_TRUE(dropped.result);
    EXPECT_TRUE(has(dropped, Finding::pdf_attachment, Action::removed));
    EXPECT_THAT(unpacked(dropped.bytes), Not(HasSubstr("EmbeddedFile")));
    const Rebuilt flat = keep(with_attachments().bytes(), Level::flatten);
    ASSERT_TRUE(flat.result);
    EXPECT_THAT(unpacked(flat.bytes), Not(HasSubstr("EmbeddedFile")));
}

TEST(PdfAttachments, AreVerifiedByTheirOwnGrammar) {
    const Rebuilt rebuilt = keep(with_attachments().bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_FALSE(verify::pdf(MemorySource(rebuilt.bytes), {}));
    EXPECT_FALSE(verify::pdf(MemorySource(rebuilt.bytes), {},
                             [](Type, const Source&, const Limits&) -> Result<> { return refuse(Reason::internal); }));
}

TEST(PdfAttachments, ThatReachALimitEndTheWhole) {
    Bench bench(Level::rebuild, {}, [](const Source&, Sink&, std::string_view, Context&) -> Result<Type> {
        return refuse(Reason::limit_pixels);
    });
    bench.context.choose({.keep_attachments = true});
    const auto result = bench.run(pdf::rebuild, Type::pdf, with_attachments().bytes());
    ASSERT_FALSE(result);
    EXPECT_EQ(reason_of(result.error()), Reason::limit_pixels);
}

TEST(PdfAttachments, ThatCannotBeUnpackedAreDropped) {
    Sample sample;
    const std::string stream = std::to_string(sample.add_stream("/Type/EmbeddedFile/Filter/JPXDecode", "a note"));
    sample.catalog = "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.txt)/EF<</F " + stream + " 0 R>>>>]>>>>";
    const Rebuilt rebuilt = keep(sample.bytes());
    expect_settled(rebuilt);
    EXPECT_TRUE(has(rebuilt, Finding::pdf_attachment, Action::removed));
    EXPECT_THAT(unpacked(rebuilt.bytes), Not(HasSubstr("EmbeddedFile")));
}

Sample with_form() {
    Sample sample;
    const std::string look =
        std::to_string(sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 80 20]", "0 0 1 rg 0 0 80 20 re f"));
    const auto widget = [&](const std::string& entries) {
        return std::to_string(sample.add("<</Type/Annot/Subtype/Widget/Rect[10 10 90 30]" + entries + ">>")) + " 0 R ";
    };
    const std::string text = widget("/FT/Tx/T(a.b)/V(Yaizu)/MaxLen 9/DA(/Helv 11 Tf 1 0 0 rg)/AP<</N " + look +
                                    " 0 R>>/AA<</K<</S/JavaScript/JS(app.alert(1))>>>>");
    const std::string choice =
        widget("/FT/Ch/T(c)/Ff 131072/V(x)/Opt[(x)[(y)(Y)]]/AP<</N " + look + " 0 R>>/A<</S/Launch/F(calc)>>");
    const std::string box = widget("/FT/Btn/T(d)/V/On/AS/On/AP<</N<</On " + look + " 0 R/Off " + look + " 0 R>>>>" +
                                   "/MK<</CA(4)/I " + look + " 0 R>>");
    const std::string button = widget("/FT/Btn/T(e)/Ff 65536/AP<</N " + look + " 0 R>>/A<</S/SubmitForm/F(http://x)>>");
    const std::string chosen_file = widget("/FT/Tx/T(f)/Ff 1048576/V(p)/AP<</N " + look + " 0 R>>");
    const std::string signature = widget("/FT/Sig/T(g)/V<</Type/Sig/Contents<0011>>>/AP<</N " + look + " 0 R>>");
    const std::string hidden = widget("/FT/Tx/T(h)/F 2/V(secret)/AP<</N " + look + " 0 R>>");
    const std::string all = text + choice + box + button + chosen_file + signature + hidden;
    sample.page = "/Annots[" + all + "]";
    sample.catalog = "/AcroForm<</Fields[" + all + "]/NeedAppearances true/CO[" + text + "]/XFA(<x/>)/SigFlags 3>>";
    return sample;
}

TEST(PdfForms, StayWithoutActionsIfPolicySaysSo) {
    const Rebuilt rebuilt = keep(with_form().bytes());
    expect_settled(rebuilt);
    EXPECT_TRUE(has(rebuilt, Finding::pdf_form, Action::kept));
    EXPECT_TRUE(has(rebuilt, Finding::pdf_signature, Action::flattened));
    const std::string all = unpacked(rebuilt.bytes);
    for (const char* kept : {"/FT /Tx", "/FT /Ch", "/FT /Btn", "(Yaizu)", "/MaxLen 9", "/FieldLatin 11 Tf", "/AS /On",
                             "/CA (4)", "/Opt ["})
        EXPECT_THAT(all, HasSubstr(kept));
    for (const char* gone : {"JavaScript", "Launch", "SubmitForm", "/AA", "/CO", "XFA", "/Sig", "NeedAppearances",
                             "1048576", "65536", "secret", "/I "})
        EXPECT_THAT(all, Not(HasSubstr(gone)));
}

TEST(PdfForms, OfRadioButtonsKeepTheirParent) {
    Sample sample;
    const std::string look = std::to_string(sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "n"));
    const auto button = [&](const std::string& state) {
        return "<</Type/Annot/Subtype/Widget/Rect[1 1 9 9]/Parent 9 0 R/AS/Off/AP<</N<</" + state + " " + look +
               " 0 R>>>>>>";
    };
    sample.add(button("one"));
    sample.add(button("two"));
    sample.add("<</FT/Btn/Ff 49152/T(choice)/V/Off/Kids[7 0 R 8 0 R]>>");
    sample.page = "/Annots[7 0 R 8 0 R]";
    sample.catalog = "/AcroForm<</Fields[9 0 R]>>";
    const Rebuilt rebuilt = keep(sample.bytes());
    expect_settled(rebuilt);
    const std::string all = unpacked(rebuilt.bytes);
    EXPECT_THAT(all, HasSubstr("/Ff 49152"));
    EXPECT_EQ(all.find("/T (choice)"), all.rfind("/T (choice)"));
}

TEST(PdfForms, AndAttachmentsOfRealFilesPassTheVerifier) {
    for (const std::string& path : corpus_files(".pdf")) {
        const Rebuilt rebuilt = keep(read_whole(path));
        if (!rebuilt.result) continue;
        const auto good = verify_with_parts(rebuilt.bytes);
        EXPECT_TRUE(good) << path << " " << to_line(good.error());
        const Rebuilt again = keep(rebuilt.bytes);
        ASSERT_TRUE(again.result) << path;
        for (const Entry& entry : again.entries)
            EXPECT_EQ(entry.action, Action::kept) << path << " " << row_of(entry.finding).code;
        EXPECT_EQ(keep(again.bytes).bytes, again.bytes) << path;
    }
}

TEST(PdfLinks, ThatTurnPagesPassTheVerifier) {
    Sample sample;
    sample.page = "/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/Named/N/NextPage>>>>]";
    const Rebuilt rebuilt = rebuild(sample.bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_THAT(unpacked(rebuilt.bytes), HasSubstr("NextPage"));
    const auto good = verify::pdf(MemorySource(rebuilt.bytes), {});
    EXPECT_TRUE(good) << to_line(good.error());
}

} // namespace
} // namespace sekisho::tests
