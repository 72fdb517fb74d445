// The character set of member names that carry no mark.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/archive/names.h"

namespace sekisho::archive {

namespace {

struct CloseConverter {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

constexpr std::array charsets{"UTF-8", "windows-31j", "EUC-JP"};

Converter open_converter(const char* charset) {
    UErrorCode code = U_ZERO_ERROR;
    Converter converter(ucnv_open(charset, &code));
    if (U_FAILURE(code)) bug("ICU lacks a converter");
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
    return converter;
}

std::optional<icu::UnicodeString> decode(UConverter* converter, std::string_view raw) {
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString text(raw.data(), static_cast<int32_t>(raw.size()), converter, code);
    if (U_FAILURE(code)) return std::nullopt;
    // C1 controls are what ICU makes of bytes that the character set does not define.
    for (int32_t i = 0; i < text.length(); ++i)
        if (text[i] >= 0x80 && text[i] < 0xa0) return std::nullopt;
    return text;
}

// How much a decoded name looks like Japanese: EUC-JP read as CP932 turns into half-width katakana and rare kanji.
int likeness(const icu::UnicodeString& text) {
    int points = 0;
    for (int32_t i = 0; i < text.length(); ++i) {
        const char16_t c = text[i];
        if (c >= 0x3040 && c <= 0x30ff)
            points += 3; // kana
        else if (c >= 0x4e00 && c <= 0x9fff)
            points += 2;
        else if (c >= 0xff61 && c <= 0xff9f)
            points -= 2; // half-width katakana
        else if (c >= 0xe000 && c <= 0xf8ff)
            points -= 3;
    }
    return points;
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_utf8(std::string_view text) {
    const Converter converter = open_converter("UTF-8");
    return decode(converter.get(), text).has_value();
}

// The best character set that decodes all names; none if there is no such.
Converter choose(const std::vector<std::string_view>& names) {
    Converter best;
    int best_points = 0;
    for (const char* charset : charsets) {
        Converter converter = open_converter(charset);
        int points = 0;
        const bool fits = std::ranges::all_of(names, [&](std::string_view name) {
            const auto text = decode(converter.get(), name);
            if (text) points += likeness(*text);
            return text.has_value();
        });
        if (!fits) continue;
        if (best && points <= best_points) continue;
        best = std::move(converter);
        best_points = points;
        if (std::string_view(charset) == "UTF-8") break; // nothing else is UTF-8 by accident
    }
    return best;
}

} // namespace

std::vector<std::string> decode_names(const std::vector<StoredName>& names, bool& converted) {
    std::vector<std::string> decoded(names.size());
    std::vector<std::string_view> unmarked;
    std::vector<std::size_t> where;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const StoredName& name = names[i];
        const bool marked = name.utf8 && is_utf8(name.raw);
        if (is_ascii(name.raw) || marked)
            decoded[i] = name.raw;
        else {
            unmarked.push_back(name.raw);
            where.push_back(i);
        }
        if (!marked && !name.unicode.empty() && is_utf8(name.unicode)) decoded[i] = name.unicode;
    }
    if (unmarked.empty()) return decoded;
    const Converter common = choose(unmarked);
    const Converter fallback = open_converter("ibm-437");
    for (std::size_t i = 0; i < unmarked.size(); ++i) {
        if (!decoded[where[i]].empty()) continue;
        converted = true;
        auto text = common ? decode(common.get(), unmarked[i]) : std::nullopt;
        if (!text) {
            const Converter own = choose({unmarked[i]});
            text = own ? decode(own.get(), unmarked[i]) : decode(fallback.get(), unmarked[i]);
        }
        decoded[where[i]] = text ? to_utf8(*text) : "_";
    }
    return decoded;
}

void warm_up() {
    warm_up_zip();
    for (const char* charset : charsets) open_converter(charset);
    open_converter("ibm-437");
}

} // namespace sekisho::archive
