// Which font stands for which, and what the characters of the symbol fonts are.
#include <algorithm>
#include <span>
#include <string>

#include "sanitizer/formats/metafile/typeface.h"

namespace sekisho::metafile {

namespace {

struct Row {
    std::u16string_view begin; // of the name, in lower case
    Typeface typeface;
};

// Ascent and descent are those of the fonts' OS/2 tables (usWinAscent, usWinDescent), per em.
constexpr std::array rows{
    Row{u"ms gothic", {Role::gothic, 0.859, 0.141}},
    Row{u"ms pgothic", {Role::gothic, 0.859, 0.141}},
    Row{u"ms ui gothic", {Role::gothic, 0.859, 0.141}},
    Row{u"ｍｓ ゴシック", {Role::gothic, 0.859, 0.141}},
    Row{u"ｍｓ ｐゴシック", {Role::gothic, 0.859, 0.141}},
    Row{u"ms mincho", {Role::mincho, 0.859, 0.141}},
    Row{u"ms pmincho", {Role::mincho, 0.859, 0.141}},
    Row{u"ｍｓ 明朝", {Role::mincho, 0.859, 0.141}},
    Row{u"ｍｓ ｐ明朝", {Role::mincho, 0.859, 0.141}},
    Row{u"meiryo", {Role::gothic, 1.061, 0.439}},
    Row{u"メイリオ", {Role::gothic, 1.061, 0.439}},
    Row{u"yu gothic", {Role::gothic, 0.985, 0.300}},
    Row{u"游ゴシック", {Role::gothic, 0.985, 0.300}},
    Row{u"yu mincho", {Role::mincho, 0.985, 0.300}},
    Row{u"游明朝", {Role::mincho, 0.985, 0.300}},
    Row{u"hg", {Role::gothic, 0.859, 0.141}},
    Row{u"arial", {Role::sans, 0.905, 0.212, false, false, true}},
    Row{u"times", {Role::serif, 0.891, 0.216, false, false, true}},
    Row{u"cambria", {Role::serif, 0.950, 0.222}},
    Row{u"century", {Role::serif, 0.983, 0.220}},
    Row{u"georgia", {Role::serif, 0.917, 0.219, false, false, true}},
    Row{u"courier", {Role::mono, 0.833, 0.300, false, false, true}},
    Row{u"consolas", {Role::mono, 0.884, 0.261}},
    Row{u"calibri", {Role::sans, 0.952, 0.269}},
    Row{u"segoe ui", {Role::sans, 1.079, 0.251}},
    Row{u"tahoma", {Role::sans, 1.000, 0.207, false, false, true}},
    Row{u"verdana", {Role::sans, 1.005, 0.210, false, false, true}},
    Row{u"symbol", {Role::serif, 1.005, 0.220, true, false}},
    Row{u"wingdings", {Role::sans, 0.898, 0.211, false, true}},
    Row{u"webdings", {Role::sans, 0.898, 0.211, false, true}},
};

constexpr unsigned charset_symbol = 2;
constexpr unsigned charset_shift_jis = 128;
constexpr unsigned family_roman = 0x10;
constexpr unsigned family_modern = 0x30;

char16_t lower(char16_t c) {
    if ((c >= u'A' && c <= u'Z') || (c >= u'Ａ' && c <= u'Ｚ')) return static_cast<char16_t>(c + 0x20);
    return c == u'　' ? u' ' : c;
}

// Adobe's encoding of Symbol, from 0x40 on; "." stands for what Latin text needs no other sign for.
constexpr std::u32string_view greek = U"≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

struct Sign {
    std::uint8_t code;
    char32_t unicode;
};

constexpr std::array signs{
    Sign{0xA3, U'≤'}, Sign{0xA5, U'∞'}, Sign{0xAC, U'←'}, Sign{0xAD, U'↑'}, Sign{0xAE, U'→'}, Sign{0xAF, U'↓'},
    Sign{0xB0, U'°'}, Sign{0xB1, U'±'}, Sign{0xB3, U'≥'}, Sign{0xB4, U'×'}, Sign{0xB7, U'•'}, Sign{0xB8, U'÷'},
    Sign{0xB9, U'≠'}, Sign{0xBA, U'≡'}, Sign{0xBB, U'≈'}, Sign{0xD6, U'√'}, Sign{0xE5, U'∑'}, Sign{0xF2, U'∫'},
};

constexpr std::array dingbats{
    Sign{'l', U'●'},  Sign{'m', U'❍'},  Sign{'n', U'■'},  Sign{'q', U'❑'},  Sign{'u', U'◆'},  Sign{'v', U'❖'},
    Sign{0x9F, U'•'}, Sign{0xA7, U'▪'}, Sign{0xA8, U'◻'}, Sign{0xD8, U'➢'}, Sign{0xE0, U'→'}, Sign{0xFC, U'✓'},
    Sign{0xFB, U'✗'}, Sign{0xFE, U'☑'}, Sign{0xDF, U'←'}, Sign{0xE1, U'↑'}, Sign{0xE2, U'↓'}, Sign{'o', U'□'},
};

char32_t look_up(std::span<const Sign> table, char32_t code) {
    const auto found = std::ranges::find_if(table, [&](const Sign& sign) { return sign.code == code; });
    return found == table.end() ? 0 : found->unicode;
}

} // namespace

Typeface typeface_of(std::u16string_view name, unsigned charset, unsigned family) {
    std::u16string plain(name.substr(name.starts_with(u'@') ? 1 : 0));
    std::ranges::transform(plain, plain.begin(), lower);
    for (const Row& row : rows)
        if (plain.starts_with(row.begin)) return row.typeface;
    const bool serif = (family & 0xF0) == family_roman;
    if (charset == charset_shift_jis) return {serif ? Role::mincho : Role::gothic, 0.859, 0.141};
    Typeface typeface;
    if ((family & 0xF0) == family_modern && (family & 3) == 1) typeface.role = Role::mono;
    if (serif) typeface = {Role::serif, 0.891, 0.216};
    typeface.dingbats = charset == charset_symbol;
    return typeface;
}

char32_t character_of_glyph(const Typeface& typeface, unsigned glyph) {
    constexpr unsigned first = 3, count = 0x7F - 0x20;
    if (!typeface.numbered || glyph < first || glyph >= first + count) return 0;
    return U' ' + (glyph - first);
}

char32_t unicode_of(const Typeface& typeface, char32_t character) {
    if (!typeface.symbol && !typeface.dingbats) return character;
    const char32_t code = character >= 0xF000 && character <= 0xF0FF ? character - 0xF000 : character;
    if (code == U' ') return code;
    if (typeface.dingbats) return look_up(dingbats, code);
    if (code >= 0x40 && code - 0x40 < greek.size()) return greek[code - 0x40];
    return code < 0x40 ? code : look_up(signs, code);
}

} // namespace sekisho::metafile
