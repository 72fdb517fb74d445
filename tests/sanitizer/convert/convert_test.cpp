// The real program, its confined workers and the office suite.
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/convert/filters.h"
#include "sanitizer/formats/pdf_draw/document.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "suite.h"

namespace sekisho::tests {

namespace {

constexpr std::string_view letter = "{\\rtf1\\ansi Sekisho converts this sentence.\\par}";

Reason reason_for(const Result<Bytes>& result) {
    return result ? Reason::none : reason_of(result.error());
}

std::string sheet_of(const Bytes& workbook) {
    Budget budget{Limits{}};
    const MemorySource source(workbook);
    const auto zip = ZipReader::open(source, budget);
    const ZipEntry* sheet = zip ? zip->find("xl/worksheets/sheet1.xml") : nullptr;
    return sheet ? std::string(as_text(*zip->read(*sheet))) : std::string();
}

std::string text_of(const Bytes& pages) {
    const auto document = pdf::drawing::open_document(pages, {});
    std::string text;
    for (int i = 0; document && i < pdf::drawing::page_count(*document); ++i) {
        pdf::drawing::PageSize size;
        const auto page = pdf::drawing::open_page(*document, i, size);
        if (page) text += pdf::drawing::Characters(poppler_page_get_text(page->get())).get();
    }
    return text;
}

class Convert : public testing::Test {
protected:
    static void TearDownTestSuite() { shared().reset(); }
    void SetUp() override {
        if (!Suite::is_installed()) GTEST_SKIP() << "LibreOffice is not installed";
        if (!shared()) shared().emplace();
    }
    Suite& suite() { return *shared(); }

private:
    static std::optional<Suite>& shared() {
        static std::optional<Suite> started;
        return started;
    }
};

} // namespace

TEST_F(Convert, AWordDocumentAndPagesComeOutOfRichText) {
    const auto word = suite().convert(as_view(letter), {Document::rtf, Document::docx});
    ASSERT_TRUE(word) << to_line(word.error());
    EXPECT_TRUE(starts_with(*word, "PK"));
    const auto pages = suite().convert(as_view(letter), {Document::rtf, Document::pdf});
    ASSERT_TRUE(pages) << to_line(pages.error());
    EXPECT_TRUE(starts_with(*pages, "%PDF-"));
}

// A workbook of Office 2003 that asks for the time and for chance, converted at another time each time.
TEST_F(Convert, WhatIsComputedIsTheSameEachTime) {
    constexpr std::string_view workbook =
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>"
        "<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
        "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"A\"><Table><Row>"
        "<Cell ss:Formula=\"=NOW()\"><Data ss:Type=\"Number\">1</Data></Cell>"
        "<Cell ss:Formula=\"=RAND()\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet></Workbook>";
    Conversion conversion{Document::excel_xml, Document::xlsx};
    conversion.now = 1'711'927'800; // 1 April 2024, 8:30 in Japan
    const auto first = suite().convert(as_view(workbook), conversion);
    ASSERT_TRUE(first) << to_line(first.error());
    for (int i = 0; i < 7; ++i) {
        const auto again = suite().convert(as_view(workbook), conversion);
        EXPECT_TRUE(again && *again == *first) << i;
    }
    // Days since the beginning of 1900 as Excel counts them
    EXPECT_NE(sheet_of(*first).find("<v>45383.354166"), std::string::npos) << sheet_of(*first);
}

TEST_F(Convert, WhatTheSuiteCannotOpenIsRefusedWithItsOwnReason) {
    EXPECT_EQ(reason_for(suite().convert(as_view("not a document"), {Document::doc, Document::docx})),
              Reason::convert_unreadable);
}

// The document says that it is a spreadsheet; the question says that it is text.
TEST_F(Convert, TheSuiteDoesNotGuessTheKind) {
    const auto table =
        suite().convert(as_view("<html><table><tr><td>1</td></tr></table></html>"), {Document::xls, Document::xlsx});
    EXPECT_EQ(reason_for(table), Reason::convert_unreadable);
}

// The sanitiser gives it pages of its own, in which nothing leads out; a worker that was taken over gives it others.
TEST_F(Convert, APageFetchesNothing) {
    const Descriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    socklen_t size = sizeof(address);
    ASSERT_EQ(bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(listen(listener.get(), 8), 0);
    ASSERT_EQ(getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::string outside = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    std::string page = "<!DOCTYPE html><p>first</p><link rel=stylesheet href=\"file:///etc/passwd\">";
    for (const std::string& from : {outside, std::string("file:///etc/passwd")})
        page += "<img src=\"" + from + "\"><iframe src=\"" + from + "\"></iframe><object data=\"" + from +
                "\"></object><table background=\"" + from + "\"><tr><td>x</td></tr></table>";
    const auto pages = suite().convert(as_view(page + "<p>last</p>"), {Document::html, Document::pdf});
    ASSERT_TRUE(pages) << to_line(pages.error());
    const std::string text = text_of(*pages);
    EXPECT_LT(text.find("first"), text.find("last")) << text;
    EXPECT_EQ(text.find("root:"), std::string::npos) << text;
    // For this alone it makes a socket: a worker ends that tries.
    page = "<!DOCTYPE html><link rel=stylesheet href=\"" + outside + "\">";
    (void)suite().convert(as_view(page), {Document::html, Document::pdf});
    EXPECT_LT(accept(listener.get(), nullptr, nullptr), 0) << "it called";
}

TEST_F(Convert, AQuestionThatNobodyHereAsksIsRefused) {
    EXPECT_EQ(reason_for(suite().convert(as_view(letter), {Document::rtf, Document::xlsx})), Reason::internal);
    EXPECT_EQ(reason_for(suite().convert(as_view(letter), {Document::pdf, Document::docx})), Reason::internal);
}

TEST_F(Convert, NothingOfOneDocumentIsThereForTheNext) {
    worker::Options options = Suite::usual_options();
    options.idle = 1;
    options.parallel = 1;
    Suite one_place(options);
    for (int i = 0; i < 3; ++i) {
        const auto word = one_place.convert(as_view(letter), {Document::rtf, Document::docx});
        ASSERT_TRUE(word) << i << ' ' << to_line(word.error());
    }
}

TEST_F(Convert, ADocumentThatTakesTooLongIsAVerdict) {
    worker::Options options = Suite::usual_options();
    options.seconds = 4;
    Suite hasty(options);
    ASSERT_TRUE(hasty.convert(as_view(letter), {Document::rtf, Document::docx}));
    std::string endless = "{\\rtf1\\ansi ";
    for (int i = 0; i < 400'000; ++i) endless += "{\\trowd\\cellx900\\intbl Word\\cell\\row}";
    endless += "}";
    EXPECT_EQ(reason_for(hasty.convert(as_view(endless), {Document::rtf, Document::pdf})), Reason::limit_seconds);
    EXPECT_TRUE(hasty.convert(as_view(letter), {Document::rtf, Document::docx})) << "the next one suffers";
}

// A program without the module beside it is one on a machine without the suite.
TEST(ConvertWithoutSuite, IsRefusedWithTheReason) {
    const auto folder = std::filesystem::temp_directory_path() / ("no-suite-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(SEKISHO_BIN_DIR "/sekisho-converter", folder / "sekisho-converter");
    Suite suite(Suite::usual_options(), folder);
    const auto answer = suite.convert(as_view(letter), {Document::rtf, Document::docx});
    EXPECT_EQ(reason_for(answer), Reason::convert_missing);
    std::filesystem::remove_all(folder);
}

TEST(ConvertFilters, OneApplicationLoadsAndSaves) {
    EXPECT_TRUE(convert::filters_for(Document::xls, Document::xlsx));
    EXPECT_TRUE(convert::filters_for(Document::odg, Document::pdf));
    EXPECT_FALSE(convert::filters_for(Document::doc, Document::xlsx));
    EXPECT_FALSE(convert::filters_for(Document::pdf, Document::docx));
    EXPECT_FALSE(convert::filters_for(Document::count, Document::count));
}

} // namespace sekisho::tests
