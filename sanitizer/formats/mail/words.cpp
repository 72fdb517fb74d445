#include "sanitizer/formats/mail/words.h"

#include <algorithm>
#include <optional>

#include "sanitizer/formats/mail/fields.h"
#include "sanitizer/formats/mail/transfer.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::mail {

namespace {

constexpr std::size_t longest_line = 76;
// RFC 2047 allows 75 characters; programs write whole headers as one word.
constexpr std::size_t longest_word = 16 * 1024;

std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\r' || c == '\n' || c == '\t' || c == '\f') c = ' ';
    return text;
}

struct Word {
    std::string charset;
    char encoding = 'b';
    std::string_view content;
    std::size_t size = 0; // with "=?" and "?="
};

// RFC 2047 2, also where the content holds blanks, which some programs leave.
std::optional<Word> word_at(std::string_view text) {
    if (!text.starts_with("=?")) return std::nullopt;
    const std::size_t charset_end = text.find('?', 2);
    if (charset_end == text.npos || charset_end > 80 || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
        return std::nullopt;
    Word word;
    word.charset = lower(text.substr(2, charset_end - 2));
    word.charset = word.charset.substr(0, word.charset.find('*')); // language, RFC 2231 5
    word.encoding = static_cast<char>(text[charset_end + 1] | 0x20);
    if (word.encoding != 'b' && word.encoding != 'q') return std::nullopt;
    const std::size_t begin = charset_end + 3;
    const std::size_t length = text.substr(begin, longest_word).find("?=");
    if (length == text.npos) return std::nullopt;
    word.content = text.substr(begin, length);
    word.size = begin + length + 2;
    return word;
}

std::string bytes_of(const Word& word) {
    const Bytes bytes =
        word.encoding == 'b' ? decode_base64(word.content) : decode_quoted_printable(word.content, true);
    return std::string(as_text(bytes));
}

class Decoder {
public:
    Decoder(Budget& budget, bool& converted) : m_budget(budget), m_converted(converted) {}
    bool hidden = false;

    std::string run(std::string_view raw) {
        while (!raw.empty()) {
            const auto word = word_at(raw);
            if (word) {
                take(*word);
                raw.remove_prefix(word->size);
                continue;
            }
            const std::size_t next = std::min(raw.find("=?", 1), raw.size());
            between(raw.substr(0, next), next < raw.size() && word_at(raw.substr(next)).has_value());
            raw.remove_prefix(next);
        }
        flush();
        return one_line(std::move(m_out));
    }

private:
    // Words of one charset are joined before they are decoded: characters may be split between them.
    void take(const Word& word) {
        if (word.charset != m_charset) flush();
        m_charset = word.charset;
        m_bytes += bytes_of(word);
        m_pending = true;
    }
    void between(std::string_view text, bool word_follows) {
        const bool blank = text.find_first_not_of(" \t\r\n") == text.npos;
        if (blank && m_pending && word_follows) return;
        flush();
        m_out += decode("", text);
    }
    void flush() {
        if (m_pending) m_out += decode(m_charset, m_bytes);
        m_bytes.clear();
        m_charset.clear();
        m_pending = false;
    }
    std::string decode(std::string_view charset, std::string_view bytes) {
        text::Whole whole = text::decode_lossy(as_view(bytes), charset, m_budget);
        m_converted = m_converted || whole.converted;
        hidden = hidden || whole.bidi > 0 || whole.controls > 0;
        return std::move(whole.text);
    }

    Budget& m_budget;
    bool& m_converted;
    std::string m_out, m_charset, m_bytes;
    bool m_pending = false;
};

// Folded at blanks; the caller has seen that no word is too long.
std::string folded(std::string_view value, std::size_t column) {
    std::string out;
    while (!value.empty()) {
        const std::size_t next = std::min(value.find(' ', 1), value.size());
        if (column + next > longest_line && value.front() == ' ') {
            out += "\r\n";
            column = 0;
        }
        out += value.substr(0, next);
        column += next;
        value.remove_prefix(next);
    }
    return out;
}

bool words_are_short(std::string_view value) {
    while (!value.empty()) {
        const std::size_t next = std::min(value.find(' '), value.size());
        if (next > 60) return false;
        value.remove_prefix(std::min(next + 1, value.size()));
    }
    return true;
}

} // namespace

std::string decode_line(std::string_view raw, std::string_view charset, Budget& budget, bool* hidden) {
    text::Whole whole = text::decode_lossy(as_view(raw), charset, budget);
    if (hidden) *hidden = whole.bidi > 0 || whole.controls > 0;
    return trimmed(one_line(std::move(whole.text)));
}

std::string decode_words(std::string_view raw, Budget& budget, bool& converted, bool* hidden) {
    Decoder decoder(budget, converted);
    std::string text = trimmed(decoder.run(raw));
    if (hidden) *hidden = decoder.hidden;
    return text;
}

bool is_plain_ascii(std::string_view value) {
    return std::ranges::all_of(value, [](char c) { return c >= ' ' && c < 0x7F; });
}

std::string encode_words(std::string_view value) {
    constexpr std::size_t most = 45; // bytes in a word of 72 characters
    std::string out;
    while (!value.empty()) {
        std::size_t cut = std::min(most, value.size());
        while (cut < value.size() && cut > 1 && (static_cast<unsigned char>(value[cut]) & 0xC0) == 0x80) --cut;
        out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + to_base64(as_view(value.substr(0, cut))) + "?=";
        value.remove_prefix(cut);
    }
    return out;
}

std::string write_field(std::string_view name, std::string_view value) {
    std::string out(name);
    out += ": ";
    const bool plain = is_plain_ascii(value) && value.find("=?") == value.npos && words_are_short(value) &&
                       value.find("  ") == value.npos;
    // The first word of an encoded value would not fit behind the name.
    if (plain)
        out += folded(value, out.size());
    else
        out += "\r\n " + encode_words(value);
    return out + "\r\n";
}

} // namespace sekisho::mail
