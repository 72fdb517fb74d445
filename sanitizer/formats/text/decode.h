// Strict decoders. Each hands code points to a sink: `sink.ascii(View)` for runs below 0x80, `sink.put(char32_t)` for
// the others, and takes nothing that has no mapping.
#pragma once

#include <bit>
#include <optional>

#include "base/bytes/bytes.h"
#include "sanitizer/formats/text/tables.h"
#include "sanitizer/formats/text/text.h"

namespace sekisho::text {

// The longest encoded character: what may be left undecoded at the end of a chunk.
constexpr std::size_t longest_character = 4;

inline std::size_t ascii_length(View view) {
    constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
    std::size_t length = 0;
    while (view.size() - length >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, view.data() + length, sizeof word);
        if ((word & high_bits) != 0) break;
        length += sizeof word;
    }
    while (length < view.size() && view[length] < 0x80) ++length;
    return length;
}

class Decoder {
public:
    explicit Decoder(Charset charset) : m_charset(charset), m_tables(tables()) {}

    // How many bytes were decoded: all but an unfinished character at the end (unless `last`). Empty: not this charset.
    template <typename Sink> std::optional<std::size_t> decode(View view, bool last, Sink& sink) {
        m_bad = false;
        const std::size_t used = run(view, sink);
        if (m_bad || (last && used != view.size())) return std::nullopt;
        return used;
    }

private:
    // Each step takes a character: how many bytes, 0 if it is unfinished; m_bad if it is wrong.
    template <typename Sink> std::size_t run(View view, Sink& sink) {
        switch (m_charset) {
        case Charset::utf16le:
        case Charset::utf16be:
            return each(view, [&](View at) { return utf16(at, sink); });
        case Charset::iso_2022_jp:
            return each(view, [&](View at) { return iso_2022(at, sink); });
        case Charset::cp932:
            return each(view, [&](View at) { return ascii_or(at, sink, &Decoder::cp932<Sink>); });
        case Charset::euc_jp:
            return each(view, [&](View at) { return ascii_or(at, sink, &Decoder::euc<Sink>); });
        default:
            return each(view, [&](View at) { return ascii_or(at, sink, &Decoder::utf8<Sink>); });
        }
    }

    template <typename Step> std::size_t each(View view, Step step) {
        std::size_t used = 0;
        while (used < view.size()) {
            const std::size_t taken = step(view.subspan(used));
            if (taken == 0) break;
            used += taken;
        }
        return used;
    }

    template <typename Sink, typename Wide>
    [[gnu::always_inline]] std::size_t ascii_or(View view, Sink& sink, Wide wide) {
        if (view[0] >= 0x80) return (this->*wide)(view, sink);
        const std::size_t length = ascii_length(view);
        sink.ascii(view.first(length));
        return length;
    }

    std::size_t bad() {
        m_bad = true;
        return 0;
    }

    template <typename Sink> std::size_t mapped(char16_t unit, std::size_t taken, Sink& sink) {
        if (unit == 0) return bad();
        sink.put(unit);
        return taken;
    }

    // Unicode 15, table 3-7.
    template <typename Sink> std::size_t utf8(View view, Sink& sink) {
        const std::uint8_t lead = view[0];
        if (lead < 0xC2 || lead > 0xF4) return bad();
        const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = lead & (0x7FU >> length);
        for (std::size_t i = 1; i < length; ++i) {
            if (i >= view.size()) return 0;
            if ((view[i] & 0xC0) != 0x80) return bad();
            point = point << 6 | (view[i] & 0x3FU);
        }
        const bool too_long = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (too_long || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return bad();
        sink.put(point);
        return length;
    }

    template <typename Sink> std::size_t cp932(View view, Sink& sink) {
        const std::uint8_t lead = view[0];
        if (lead >= 0xA1 && lead <= 0xDF) {
            sink.put(0xFF61U + lead - 0xA1U);
            return 1;
        }
        if (view.size() < 2) return 0;
        return mapped(m_tables.cp932[static_cast<std::size_t>(lead) << 8 | view[1]], 2, sink);
    }

    template <typename Sink> std::size_t euc(View view, Sink& sink) {
        const std::uint8_t lead = view[0];
        const std::size_t length = lead == 0x8F ? 3 : 2;
        if (lead != 0x8E && lead != 0x8F && (lead < 0xA1 || lead == 0xFF)) return bad();
        for (std::size_t i = 1; i < length; ++i) {
            if (i >= view.size()) return 0;
            if (view[i] < 0xA1 || view[i] == 0xFF) return bad();
        }
        if (lead == 0x8E)
            return mapped(view[1] <= 0xDF ? static_cast<char16_t>(0xFF61 + view[1] - 0xA1) : u'\0', 2, sink);
        if (lead == 0x8F) return mapped(m_tables.jis0212[(view[1] - 0xA1U) * 94 + view[2] - 0xA1U], 3, sink);
        const char16_t unit = m_tables.cp932[cp932_of_jis(lead - 0x80U, view[1] - 0x80U)];
        return mapped(unit == 0 && lead >= first_own_row ? own_of_euc(lead, view[1]) : unit, 2, sink);
    }

    // eucJP-ms: characters of the office's own (gaiji) in rows 85 to 94, those that Windows leaves empty.
    static constexpr std::uint8_t first_own_row = 0xF5;
    static char16_t own_of_euc(std::uint8_t row, std::uint8_t cell) {
        return static_cast<char16_t>(0xE000 + (row - first_own_row) * 94 + cell - 0xA1);
    }

    template <typename Sink> std::size_t utf16(View view, Sink& sink) {
        if (view.size() < 2) return 0;
        const char32_t unit = unit_at(view, 0);
        if (unit >= 0xDC00 && unit <= 0xDFFF) return bad();
        if (unit < 0xD800 || unit > 0xDFFF) {
            put_any(unit, sink);
            return 2;
        }
        if (view.size() < 4) return 0;
        const char32_t low = unit_at(view, 2);
        if (low < 0xDC00 || low > 0xDFFF) return bad();
        sink.put(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        return 4;
    }

    // RFC 1468, with the half-width katakana that Microsoft adds.
    template <typename Sink> std::size_t iso_2022(View view, Sink& sink) {
        if (view[0] >= 0x80) return bad();
        if (view[0] == 0x1B) return escape(view);
        if (m_set == Set::roman || view[0] < 0x21 || view[0] == 0x7F) {
            sink.ascii(view.first(1));
            return 1;
        }
        if (m_set == Set::katakana)
            return mapped(view[0] <= 0x5F ? static_cast<char16_t>(0xFF61 + view[0] - 0x21) : u'\0', 1, sink);
        if (view.size() < 2) return 0;
        if (view[1] < 0x21 || view[1] > 0x7E) return bad();
        return mapped(m_tables.cp932[cp932_of_jis(view[0], view[1])], 2, sink);
    }

    std::size_t escape(View view) {
        if (view.size() < 3) return 0;
        const std::string_view sequence = as_text(view.subspan(1, 2));
        if (sequence == "(B" || sequence == "(J")
            m_set = Set::roman;
        else if (sequence == "(I")
            m_set = Set::katakana;
        else if (sequence == "$@" || sequence == "$B")
            m_set = Set::kanji;
        else
            return bad();
        return 3;
    }

    char32_t unit_at(View view, std::size_t at) const {
        const unsigned first = view[at];
        const unsigned second = view[at + 1];
        return m_charset == Charset::utf16le ? second << 8 | first : first << 8 | second;
    }

    template <typename Sink> static void put_any(char32_t point, Sink& sink) {
        if (point >= 0x80) return sink.put(point);
        const auto byte = static_cast<std::uint8_t>(point);
        sink.ascii(View(&byte, 1));
    }

    enum class Set : std::uint8_t { roman, katakana, kanji };

    Charset m_charset;
    const Tables& m_tables;
    Set m_set = Set::roman;
    bool m_bad = false;
};

} // namespace sekisho::text
