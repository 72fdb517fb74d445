#include "sanitizer/formats/metafile/codepage.h"

#include <array>

#include <unicode/ucnv.h>

namespace sekisho::metafile {

namespace {

constexpr unsigned charset_symbol = 2;
constexpr unsigned charset_default = 1;
constexpr unsigned charset_shift_jis = 128;

// Code page 1252 between 0x80 and 0x9F; elsewhere it is Latin-1.
constexpr std::array<char16_t, 32> latin{
    u'€',    u'\x81', u'‚', u'ƒ', u'„', u'…', u'†', u'‡', u'ˆ', u'‰', u'Š', u'‹', u'Œ', u'\x8D', u'Ž', u'\x8F',
    u'\x90', u'‘',    u'’', u'“', u'”', u'•', u'–', u'—', u'˜', u'™', u'š', u'›', u'œ', u'\x9D', u'ž', u'Ÿ'};

bool is_lead(std::uint8_t byte) {
    return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
}

char32_t single_byte(std::uint8_t byte, bool japanese) {
    if (japanese && byte >= 0xA1 && byte <= 0xDF) return 0xFF61U + byte - 0xA1U;
    if (byte >= 0x80 && byte <= 0x9F) return latin[byte - 0x80U];
    return byte;
}

// Merges the advances of `count` characters into the first of them.
void merge(std::vector<double>& merged, const std::vector<double>& advances, std::size_t at, std::size_t count) {
    double sum = 0;
    for (std::size_t i = at; i < at + count && i < advances.size(); ++i) sum += advances[i];
    if (!advances.empty()) merged.push_back(sum);
}

} // namespace

CodePage::CodePage() {
    UErrorCode status = U_ZERO_ERROR;
    m_shift_jis = ucnv_open("ibm-943_P15A-2003", &status);
    if (U_FAILURE(status)) m_shift_jis = nullptr;
}

CodePage::~CodePage() {
    if (m_shift_jis) ucnv_close(m_shift_jis);
}

char32_t CodePage::double_byte(std::uint8_t lead, std::uint8_t trail) const {
    if (!m_shift_jis) return 0xFFFD;
    const std::array<std::uint8_t, 2> bytes{lead, trail};
    std::array<UChar, 4> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(m_shift_jis);
    const int count =
        ucnv_toUChars(m_shift_jis, out.data(), static_cast<int>(out.size()), as_chars(bytes.data()), 2, &status);
    return U_SUCCESS(status) && count == 1 ? char32_t{out[0]} : 0xFFFD;
}

std::u32string CodePage::decode(View bytes, unsigned charset, std::vector<double>& advances) const {
    const bool japanese = charset == charset_shift_jis || charset == charset_default;
    std::u32string text;
    std::vector<double> merged;
    for (std::size_t i = 0; i < bytes.size();) {
        const bool pair = japanese && is_lead(bytes[i]) && i + 1 < bytes.size();
        if (charset == charset_symbol)
            text.push_back(0xF000U + bytes[i]);
        else
            text.push_back(pair ? double_byte(bytes[i], bytes[i + 1]) : single_byte(bytes[i], japanese));
        merge(merged, advances, i, pair ? 2 : 1);
        i += pair ? 2 : 1;
    }
    advances = std::move(merged);
    return text;
}

std::u32string join_pairs(std::u16string_view text, std::vector<double>& advances) {
    std::u32string joined;
    std::vector<double> merged;
    for (std::size_t i = 0; i < text.size();) {
        const char32_t unit = text[i];
        const bool pair =
            unit >= 0xD800 && unit < 0xDC00 && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
        if (pair)
            joined.push_back(0x10000 + ((unit - 0xD800) << 10) + (char32_t{text[i + 1]} - 0xDC00));
        else
            joined.push_back(unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
        merge(merged, advances, i, pair ? 2 : 1);
        i += pair ? 2 : 1;
    }
    advances = std::move(merged);
    return joined;
}

} // namespace sekisho::metafile
