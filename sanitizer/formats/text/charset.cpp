// Which charset a file is in: the first that fits all of it.
#include <array>

#include "sanitizer/formats/text/chunks.h"
#include "sanitizer/formats/text/decode.h"

namespace sekisho::text {

namespace {

// Counts what tells one Japanese charset from another.
struct Score {
    std::uint64_t wide = 0;      // everything beyond ASCII
    std::uint64_t kana = 0;      // hiragana and full-width katakana
    std::uint64_t half_kana = 0; // half-width katakana
    bool escape = false;
    bool nul = false;

    void ascii(View run) {
        nul = nul || std::memchr(run.data(), 0, run.size()) != nullptr;
        escape = escape || std::memchr(run.data(), 0x1B, run.size()) != nullptr;
    }
    void put(char32_t point) {
        ++wide;
        kana += point >= 0x3041 && point <= 0x30FE ? 1U : 0U;
        half_kana += point >= 0xFF61 && point <= 0xFF9F ? 1U : 0U;
    }
};

// Empty: the file is not in this charset, or it holds NUL.
Result<std::optional<Score>> try_charset(Charset charset, const Source& in, std::uint32_t mark, Budget& budget) {
    Decoder decoder(charset);
    Score score;
    bool fits = true;
    TRY(for_chunks(in, mark, budget, [&](View chunk, bool last) -> Result<std::optional<std::size_t>> {
        const auto used = decoder.decode(chunk, last, score);
        fits = used.has_value();
        if (score.nul) return std::nullopt;
        return used;
    }));
    if (score.nul) return refuse(Reason::text_binary);
    if (!fits) return std::nullopt;
    return score;
}

// EUC-JP bytes often pass as CP932, as half-width katakana mixed with rare ideographs. Bank files of nothing but
// half-width katakana are CP932 and stay so.
bool is_euc(const Score& euc, const Score& cp932) {
    if (euc.kana * 10 >= euc.wide) return true;
    const std::uint64_t double_byte = cp932.wide - cp932.half_kana;
    return cp932.half_kana > double_byte && cp932.kana == 0 && double_byte * 20 >= cp932.wide;
}

Result<std::optional<Detected>> by_mark(const Source& in, Budget& budget) {
    std::array<std::uint8_t, 3> head{};
    const std::size_t count = TRY(in.read_at(0, head));
    const View view = View(head).first(count);
    Detected found;
    if (starts_with(view, "\xEF\xBB\xBF"))
        found = {Charset::utf8, 3};
    else if (starts_with(view, "\xFF\xFE"))
        found = {Charset::utf16le, 2};
    else if (starts_with(view, "\xFE\xFF"))
        found = {Charset::utf16be, 2};
    else
        return std::nullopt;
    const auto score = TRY(try_charset(found.charset, in, found.mark, budget));
    if (!score) return refuse(Reason::text_charset);
    return found;
}

Result<Detected> by_content(const Source& in, Budget& budget) {
    if (const auto utf8 = TRY(try_charset(Charset::utf8, in, 0, budget))) {
        if (utf8->wide != 0) return Detected{Charset::utf8, 0};
        if (!utf8->escape) return Detected{Charset::ascii, 0};
        const auto mail = TRY(try_charset(Charset::iso_2022_jp, in, 0, budget));
        return Detected{mail && mail->wide != 0 ? Charset::iso_2022_jp : Charset::ascii, 0};
    }
    const auto cp932 = TRY(try_charset(Charset::cp932, in, 0, budget));
    const auto euc = TRY(try_charset(Charset::euc_jp, in, 0, budget));
    if (!cp932 && !euc) return refuse(Reason::text_charset);
    if (!cp932 || (euc && is_euc(*euc, *cp932))) return Detected{Charset::euc_jp, 0};
    return Detected{Charset::cp932, 0};
}

} // namespace

Result<Detected> detect_charset(const Source& in, Budget& budget) {
    if (const auto marked = TRY(by_mark(in, budget))) return *marked;
    return by_content(in, budget);
}

void warm_up() {
    tables();
}

} // namespace sekisho::text
