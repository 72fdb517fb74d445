#include "policy/language/unicode.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>

namespace sekisho::policy {

namespace {

constexpr std::u32string_view bidi_controls =
    U"\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

// What a Japanese keyboard types in place of the ASCII signs, beyond the full-width forms U+FF01 to U+FF5E.
constexpr std::array<std::pair<char32_t, std::string_view>, 24> twins{{
    {U'\u3000', " "}, {U'、', ","},  {U'､', ","},   {U'｢', "\""},  {U'｣', "\""},  {U'“', "\""},
    {U'”', "\""},     {U'「', "\""}, {U'」', "\""}, {U'『', "\""}, {U'』', "\""}, {U'〝', "\""},
    {U'〟', "\""},    {U'≦', "<="},  {U'≤', "<="},  {U'≧', ">="},  {U'≥', ">="},  {U'〜', ".."},
    {U'～', ".."},    {U'…', ".."},  {U'‥', ".."},  {U'−', "-"},   {U'‐', "-"},   {U'–', "-"},
}};

// Most of a policy: what needs no look into ICU's tables.
bool is_plain_ascii(char32_t code) {
    return code >= U' ' && code <= U'~';
}

bool is_ascii_letter(char32_t code) {
    return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
}

bool is_japanese_letter(char32_t code) {
    if (code < 0x3000 || (code >= 0xF900 && code <= 0xFFFF)) return false;
    if (code == U'ー') return true;
    const auto type = u_charType(static_cast<UChar32>(code));
    if (type != U_OTHER_LETTER && type != U_MODIFIER_LETTER && type != U_LETTER_NUMBER) return false;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(code), &status);
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

} // namespace

// RFC 3629 section 4.
Character character_at(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return {};
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[offset + index]); };
    const char32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || offset + size > text.size()) return {};
    char32_t code = lead & (0x7F >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        code = (code << 6) | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least[size] || surrogate || code > 0x10FFFF) return {};
    return {code, size, true};
}

unsigned cells_of(char32_t code) {
    if (is_plain_ascii(code)) return 1;
    const auto type = u_charType(static_cast<UChar32>(code));
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK) return 0;
    const int width = u_getIntPropertyValue(static_cast<UChar32>(code), UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool is_composed(std::string_view text) {
    bool ascii = true;
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = character_at(text, offset);
        if (!character.valid) return false;
        ascii = ascii && character.size == 1;
        offset += character.size;
    }
    if (ascii) return true;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* composer = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) return false;
    const bool composed =
        composer->isNormalizedUTF8({text.data(), static_cast<std::int32_t>(text.size())}, status) != 0;
    return composed && U_SUCCESS(status);
}

std::optional<std::size_t> compose(std::string_view text, std::span<char32_t> into) {
    constexpr std::size_t units_max = 2048;
    std::array<char16_t, units_max> plain;
    std::size_t size = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = character_at(text, offset);
        if (!character.valid || size + 2 > plain.size()) return std::nullopt;
        U16_APPEND_UNSAFE(plain.data(), size, static_cast<UChar32>(character.code));
        offset += character.size;
    }
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* composer = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return std::nullopt;
    std::array<char16_t, units_max> composed;
    const std::int32_t length = unorm2_normalize(composer, plain.data(), static_cast<std::int32_t>(size),
                                                 composed.data(), static_cast<std::int32_t>(units_max), &status);
    if (U_FAILURE(status)) return std::nullopt;
    std::size_t characters = 0;
    for (std::int32_t at = 0; at < length;) {
        UChar32 code = 0;
        U16_NEXT(composed.data(), at, length, code);
        if (characters == into.size()) return std::nullopt;
        into[characters++] = static_cast<char32_t>(code);
    }
    return characters;
}

Hazard hazard_of(char32_t code) {
    if (is_plain_ascii(code)) return Hazard::none;
    if (bidi_controls.find(code) != std::u32string_view::npos) return Hazard::bidi;
    switch (u_charType(static_cast<UChar32>(code))) {
    case U_CONTROL_CHAR:
        return code == U'\t' ? Hazard::none : Hazard::control;
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_UNASSIGNED:
        return Hazard::invisible;
    default:
        break;
    }
    // Spaces that are not the half-width or the full-width one look like one of the two.
    if (u_charType(static_cast<UChar32>(code)) == U_SPACE_SEPARATOR && code != U' ' && code != U'\u3000')
        return Hazard::invisible;
    // Fillers that are letters by category but draw nothing (Hangul fillers, Braille blank).
    constexpr std::u32string_view blanks = U"\u115F\u1160\u2800\u3164\uFFA0";
    return blanks.find(code) == std::u32string_view::npos ? Hazard::none : Hazard::invisible;
}

std::string half_width(char32_t code) {
    if (is_plain_ascii(code)) return {};
    for (const auto& [wide, narrow] : twins)
        if (wide == code) return std::string(narrow);
    if (code >= 0xFF01 && code <= 0xFF5E) return std::string(1, static_cast<char>(code - 0xFF01 + U'!'));
    return {};
}

bool begins_name(char32_t code) {
    return is_ascii_letter(code) || code == U'_' || is_japanese_letter(code);
}

bool continues_name(char32_t code) {
    return begins_name(code) || (code >= U'0' && code <= U'9') || code == U'-' || code == U'.';
}

bool is_format(char32_t code) {
    return !is_plain_ascii(code) && u_charType(static_cast<UChar32>(code)) == U_FORMAT_CHAR;
}

bool is_letter(char32_t code) {
    if (is_plain_ascii(code)) return is_ascii_letter(code);
    return u_isalpha(static_cast<UChar32>(code)) != 0;
}

std::string skeleton_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 18> alike{{{"カ", "力"},
                                                                                   {"ニ", "二"},
                                                                                   {"ロ", "口"},
                                                                                   {"エ", "工"},
                                                                                   {"タ", "夕"},
                                                                                   {"ト", "卜"},
                                                                                   {"ハ", "八"},
                                                                                   {"ー", "一"},
                                                                                   {"ヘ", "へ"},
                                                                                   {"ベ", "べ"},
                                                                                   {"ペ", "ぺ"},
                                                                                   {"リ", "り"},
                                                                                   {"ミ", "三"},
                                                                                   {"チ", "千"},
                                                                                   {"ム", "厶"},
                                                                                   {"l", "1"},
                                                                                   {"I", "1"},
                                                                                   {"O", "0"}}};
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        const std::string_view character = name.substr(at, character_at(name, at).size);
        const auto found = std::ranges::find(alike, character, [](const auto& pair) { return pair.first; });
        out += found == alike.end() ? character : found->second;
        at += character.size();
    }
    return out;
}

std::string code_point(char32_t code) {
    return fmt::format("U+{:04X}", static_cast<std::uint32_t>(code));
}

std::string visible(std::string_view text) {
    std::string out;
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = character_at(text, offset);
        if (!character.valid || hazard_of(character.code) != Hazard::none)
            out += "\uFFFD";
        else
            out += text.substr(offset, character.size);
        offset += character.size;
    }
    return out;
}

} // namespace sekisho::policy
