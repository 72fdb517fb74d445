// Forms as they arrive, cut at every possible place, and forms that no browser writes.
#include <algorithm>

#include <gtest/gtest.h>

#include "gateway/portal/forms/multipart.h"

namespace sekisho::portal::tests {

namespace {

// Gives at most `step` bytes at once.
class SlowBody final : public Body {
public:
    SlowBody(std::string text, std::size_t step) : m_text(std::move(text)), m_step(step) {}
    Result<std::size_t> read(std::span<std::uint8_t> into) override {
        const std::size_t count = std::min({m_step, into.size(), m_text.size() - m_at});
        std::ranges::copy(as_view(m_text).subspan(m_at, count), into.begin());
        m_at += count;
        return count;
    }

private:
    std::string m_text;
    std::size_t m_step;
    std::size_t m_at = 0;
};

struct Taken {
    std::string name;
    std::optional<std::string> file_name;
    std::string content;
    bool operator==(const Taken&) const = default;
};

Result<std::vector<Taken>> take_all(const std::string& text, std::size_t step,
                                    const std::string& type = "multipart/form-data; boundary=xyz") {
    SlowBody body(text, step);
    Multipart parts = TRY(Multipart::of(type, body));
    std::vector<Taken> all;
    for (;;) {
        const auto part = TRY(parts.next());
        if (!part) return all;
        all.push_back({part->name, part->file_name, TRY(parts.text(1 << 20))});
    }
}

const std::string good = "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
                         "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%22a%22.pdf\"\r\n"
                         "Content-Type: application/pdf\r\n\r\n\r\n--xy\r\n--xyzw?\r\n--xyz--\r\n";

} // namespace

TEST(Multipart, IsTheSameWhereverItIsCut) {
    // "--xyzw" after a line end is the boundary followed by something else: no browser picks such a boundary.
    EXPECT_FALSE(take_all(good, 1));
    std::string text = good;
    text.replace(text.find("--xyzw?"), 7, "-xyz--?");
    const std::vector<Taken> expected{{"csrf", std::nullopt, "abc"}, {"file", "\"a\".pdf", "\r\n--xy\r\n-xyz--?"}};
    for (std::size_t step = 1; step <= text.size(); ++step) {
        const auto all = take_all(text, step);
        ASSERT_TRUE(all) << step << all.error().message;
        EXPECT_EQ(*all, expected) << step;
    }
}

TEST(Multipart, EveryTruncationIsRefused) {
    std::string text = good;
    text.replace(text.find("--xyzw?"), 7, "-xyz--?");
    for (std::size_t size = 0; size + 2 < text.size(); ++size) {
        const auto all = take_all(text.substr(0, size), 7);
        ASSERT_FALSE(all) << size;
        EXPECT_EQ(all.error().code, "http.form");
    }
}

TEST(Multipart, WhatNoBrowserWritesIsRefused) {
    const auto part = [](const std::string& header) { return "--xyz\r\n" + header + "\r\n\r\nx\r\n--xyz--\r\n"; };
    EXPECT_TRUE(take_all(part("content-disposition: form-data; name=\"a\""), 64));
    for (const std::string& text :
         {part("Content-Type: text/plain"), part("Content-Disposition: attachment; name=\"a\""),
          part("Content-Disposition: form-data"), part("Content-Disposition: form-data; name=a"),
          part("Content-Disposition: form-data; name=\"a\"; name=\"b\""),
          part("Content-Disposition: form-data; name=\"a\"; filename=\"x\"; filename=\"y\""),
          part("Content-Disposition: form-data; name=\"a\"; filename*=UTF-8''x"),
          part("Content-Disposition: form-data; name=\"a"),
          part("Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\""),
          part("X: " + std::string(9000, 'x') + "\r\nContent-Disposition: form-data; name=\"a\""),
          "preamble\r\n" + part("Content-Disposition: form-data; name=\"a\""),
          part("Content-Disposition: form-data; name=\"a\"") + "epilogue"})
        EXPECT_FALSE(take_all(text, 64)) << text.substr(0, 100);
}

TEST(Multipart, ItsTypeMustSayItsBoundary) {
    const std::string text = "--xyz--\r\n";
    EXPECT_TRUE(take_all(text, 64, "Multipart/Form-Data; boundary=\"xyz\""));
    for (const std::string type : {"text/plain", "multipart/form-data", "multipart/form-data; boundary=",
                                   "multipart/form-data; boundary=x yz", "multipart/mixed; boundary=xyz"})
        EXPECT_FALSE(take_all(text, 64, type)) << type;
    EXPECT_FALSE(take_all(text, 64, "multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST(Multipart, HasALimitedNumberOfParts) {
    std::string text;
    for (int i = 0; i < 65; ++i) text += "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
    EXPECT_FALSE(take_all(text + "--xyz--\r\n", 4096));
}

} // namespace sekisho::portal::tests
