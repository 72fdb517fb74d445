#include "sanitizer/formats/cad/coding.h"

#include <algorithm>
#include <array>
#include <memory>

#include "sanitizer/formats/text/decode.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::cad {

namespace {

// Windows-1252 between 0x80 and 0x9F; 0 has no mapping. Elsewhere it is Latin-1.
constexpr std::array<char16_t, 32> windows{u'€', 0,    u'‚', u'ƒ', u'„', u'…', u'†', u'‡', u'ˆ', u'‰', u'Š',
                                           u'‹', u'Œ', 0,    u'Ž', 0,    0,    u'‘', u'’', u'“', u'”', u'•',
                                           u'–', u'—', u'˜', u'™', u'š', u'›', u'œ', 0,    u'ž', u'Ÿ'};

struct Utf8 {
    std::string& out;
    void ascii(View run) { out += as_text(run); }
    void put(char32_t point) { append(out, point); }
};

struct Points {
    std::u32string& out;
    void ascii(View run) { out.append(run.begin(), run.end()); }
    void put(char32_t point) { out += point; }
};

// Windows prefers the first of these where a character is there twice: JIS X 0208 and NEC's row 13, then IBM's
// extensions, then NEC's selection of them.
std::unique_ptr<const std::array<std::uint16_t, 65536>> make_reverse() {
    auto made = std::make_unique<std::array<std::uint16_t, 65536>>();
    const auto add = [&](unsigned first, unsigned last) {
        for (unsigned lead = first; lead <= last; ++lead)
            for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
                const unsigned code = lead << 8 | trail;
                const char16_t unit = text::tables().cp932[code];
                if (unit != 0 && (*made)[unit] == 0) (*made)[unit] = static_cast<std::uint16_t>(code);
            }
    };
    add(0x81, 0xEC);
    add(0xEF, 0xFC);
    add(0xED, 0xEE);
    return made;
}

std::uint16_t cp932_of(char32_t point) {
    static const auto reverse = make_reverse();
    return point < reverse->size() ? (*reverse)[point] : 0;
}

bool put_cp932(std::string& out, char32_t point) {
    if (point >= 0xFF61 && point <= 0xFF9F) {
        out += static_cast<char>(point - 0xFF61 + 0xA1);
        return true;
    }
    const std::uint16_t code = cp932_of(point);
    if (code == 0) return false;
    out += static_cast<char>(code >> 8);
    out += static_cast<char>(code & 0xFF);
    return true;
}

bool put_cp1252(std::string& out, char32_t point) {
    const auto found = std::ranges::find(windows, point);
    if (point >= 0xA0 && point <= 0xFF)
        out += static_cast<char>(point);
    else if (found != windows.end())
        out += static_cast<char>(0x80 + (found - windows.begin()));
    else
        return false;
    return true;
}

bool put_in(std::string& out, char32_t point, Coding coding) {
    if (coding == Coding::cp932) return put_cp932(out, point);
    return coding == Coding::cp1252 && put_cp1252(out, point);
}

// "\U+XXXX" holds 16 bits; what lies beyond them is written as two surrogates, as CAD programs do.
void put_escape(std::string& out, char32_t point) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    if (point >= 0x10000) {
        put_escape(out, 0xD800 + ((point - 0x10000) >> 10));
        return put_escape(out, 0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    out += "\\U+";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[point >> shift & 15];
}

bool is_plain_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7F; });
}

std::string of_windows(std::string_view bytes, bool& known) {
    std::string utf8;
    for (const char c : bytes) {
        const auto byte = static_cast<std::uint8_t>(c);
        const char32_t point = byte >= 0x80 && byte <= 0x9F ? char32_t{windows[byte - 0x80U]} : char32_t{byte};
        known = known && (point != 0 || byte == 0);
        append(utf8, point == 0 && byte != 0 ? U'\uFFFD' : point);
    }
    return utf8;
}

} // namespace

void append(std::string& out, char32_t point) {
    const auto put = [&](unsigned byte) { out += static_cast<char>(byte); };
    if (point < 0x80) return put(point);
    if (point < 0x800) {
        put(0xC0 | point >> 6);
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
    }
    put(0x80 | (point & 0x3F));
}

std::u32string points_of(std::string_view utf8) {
    std::u32string points;
    Points sink{points};
    text::Decoder(text::Charset::utf8).decode(as_view(utf8), true, sink);
    return points;
}

std::optional<std::string> decode(std::string_view bytes, Coding coding) {
    std::string utf8;
    if (coding == Coding::cp1252) {
        bool known = true;
        utf8 = of_windows(bytes, known);
        return known ? std::optional(std::move(utf8)) : std::nullopt;
    }
    text::Decoder decoder(coding == Coding::utf8 ? text::Charset::utf8 : text::Charset::cp932);
    Utf8 sink{utf8};
    if (!decoder.decode(as_view(bytes), true, sink)) return std::nullopt;
    return utf8;
}

bool decodes(std::string_view bytes, Coding coding) {
    struct {
        void ascii(View) {}
        void put(char32_t) {}
    } nowhere;
    if (coding == Coding::cp1252)
        return std::ranges::none_of(bytes, [](char c) {
            const auto byte = static_cast<std::uint8_t>(c);
            return byte >= 0x80 && byte <= 0x9F && windows[byte - 0x80U] == 0;
        });
    text::Decoder decoder(coding == Coding::cp932 ? text::Charset::cp932 : text::Charset::utf8);
    return decoder.decode(as_view(bytes), true, nowhere).has_value();
}

std::string encode(std::string_view utf8, Coding coding) {
    if (coding == Coding::utf8 || is_plain_ascii(utf8)) return std::string(utf8);
    std::string out;
    for (const char32_t point : points_of(utf8)) {
        if (point < 0x80)
            out += static_cast<char>(point);
        else if (!put_in(out, point, coding))
            put_escape(out, point);
    }
    return out;
}

bool clean(std::string& utf8) {
    if (is_plain_ascii(utf8)) return false;
    text::Whole counts;
    text::clean_again(utf8, counts);
    const std::size_t removed = std::erase_if(utf8, [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; });
    return counts.controls + counts.bidi + removed > 0;
}

std::string Texts::decoded(std::string_view bytes) {
    if (is_plain_ascii(bytes)) return std::string(bytes);
    auto utf8 = decode(bytes, m_from);
    if (!utf8) {
        m_foreign = true;
        bool known = true;
        utf8 = of_windows(bytes, known);
    }
    m_cleaned = clean(*utf8) || m_cleaned;
    return std::move(*utf8);
}

std::string Texts::pass(std::string_view bytes) {
    return encode(decoded(bytes), m_to);
}

void Texts::note(Context& context) const {
    if (m_cleaned) context.found(Finding::cad_text, Action::removed);
    if (m_foreign || m_from != m_to) context.found(Finding::cad_charset, Action::rewritten);
}

} // namespace sekisho::cad
