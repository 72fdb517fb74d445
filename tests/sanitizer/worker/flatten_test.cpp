// Drawing needs fonts that the page does not carry: a confined worker must find those, and nothing else.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/worker/pool.h"
#include "sanitizer/worker/sanitize.h"

namespace sekisho::worker {

namespace {

constexpr std::string_view page = R"(%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</A 5 0 R>>>>>>endobj
4 0 obj<</Length 29>>stream
BT /A 9 Tf 9 9 Td (Az) Tj ET 
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
)";

bool has_fonts() {
    return access("/usr/share/fonts/opentype", R_OK) == 0 || access("/usr/share/fonts/truetype", R_OK) == 0;
}

Descriptor memory_file(std::string_view content) {
    Descriptor file(memfd_create("flatten", MFD_CLOEXEC));
    EXPECT_TRUE(write_all(file, as_view(content)));
    return file;
}

std::string content_of(const Descriptor& file) {
    std::string content(static_cast<std::size_t>(lseek(file.get(), 0, SEEK_END)), '\0');
    EXPECT_EQ(pread(file.get(), content.data(), content.size(), 0), static_cast<ssize_t>(content.size()));
    return content;
}

} // namespace

TEST(FlattenInAWorker, GlyphsOfFontsThatAreNotEmbeddedAreDrawn) {
    if (!has_fonts()) GTEST_SKIP() << "needs fonts";
    const Descriptor in = memory_file(page);
    const Descriptor out = memory_file("");
    auto pool = Pool::start(sanitize_kind, {});
    ASSERT_TRUE(pool) << to_line(pool.error());
    auto loop = *Loop::create();
    ASSERT_TRUE((*pool)->attach(loop, [&] { loop.stop(); }));
    Sanitized answer;
    const std::array<int, 2> passed{in.get(), out.get()};
    (*pool)->submit(encode(Sanitize{Level::flatten, "a.pdf", {}}), passed, [&](Result<Frame> frame) {
        if (frame) answer = decode<Sanitized>(frame->payload).value_or(Sanitized{});
        loop.stop();
    });
    ASSERT_TRUE(loop.run());
    EXPECT_EQ(answer.verdict, Verdict::delivered) << row_of(answer.reason).code;
    EXPECT_NE(content_of(out).find("/FontFile"), std::string::npos);
}

} // namespace sekisho::worker
