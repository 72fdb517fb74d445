#include "sanitizer/formats/json/rewriter.h"

#include "base/text/utf8.h"

namespace sekisho::json {

namespace {

std::unexpected<Error> syntax() {
    return refuse(Reason::json_syntax);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

bool Rewriter::eat(char c) {
    if (peek() != c || at_end()) return false;
    ++m_at;
    return true;
}

void Rewriter::blanks() {
    while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')) m_out += m_in[m_at++];
}

Result<> Rewriter::flush(std::size_t worth) {
    if (m_out.size() < worth) return {};
    TRY(m_budget.take_unpacked(m_out.size()));
    TRY(m_sink.write(std::string_view(m_out)));
    m_out.clear();
    return {};
}

Result<> Rewriter::run() {
    constexpr std::size_t worth_writing = 64 * 1024;
    for (;;) {
        blanks();
        if (m_value_next)
            TRY(value());
        else if (m_open.empty())
            break;
        else
            TRY(after_value());
        TRY(flush(worth_writing));
        TRY(m_budget.check_time());
    }
    if (!at_end()) return syntax();
    return flush(0);
}

// Leaves m_value_next set if the value is an array or object that has a first one.
Result<> Rewriter::value() {
    m_value_next = false;
    const char c = peek();
    if (c == '{' || c == '[') return open(c);
    if (c == '"') {
        quote(TRY(string()));
        return {};
    }
    if (c == 't') return literal("true");
    if (c == 'f') return literal("false");
    if (c == 'n') return literal("null");
    return number();
}

Result<> Rewriter::open(char bracket) {
    if (m_open.size() >= deepest) return refuse(Reason::limit_depth);
    ++m_at;
    m_out += bracket;
    m_open.push_back({bracket == '{', {}});
    blanks();
    if (peek() == (bracket == '{' ? '}' : ']')) return {};
    m_value_next = true;
    return bracket == '{' ? name() : Result<>();
}

Result<> Rewriter::after_value() {
    const char closing = m_open.back().object ? '}' : ']';
    if (eat(closing)) {
        m_out += closing;
        m_open.pop_back();
        return {};
    }
    if (!eat(',')) return syntax();
    m_out += ',';
    blanks();
    m_value_next = true;
    return m_open.back().object ? name() : Result<>();
}

Result<> Rewriter::name() {
    std::string text = TRY(string());
    quote(text);
    if (!m_open.back().names.insert(std::move(text)).second) return refuse(Reason::json_duplicate);
    blanks();
    if (!eat(':')) return syntax();
    m_out += ':';
    return {};
}

Result<> Rewriter::literal(std::string_view word) {
    if (!m_in.substr(m_at).starts_with(word)) return syntax();
    m_at += word.size();
    m_out += word;
    return {};
}

Result<> Rewriter::number() {
    const std::size_t from = m_at;
    const auto digits = [&] {
        const std::size_t first = m_at;
        while (is_digit(peek())) ++m_at;
        return m_at > first;
    };
    eat('-');
    if (!eat('0') && !digits()) return syntax();
    if (eat('.') && !digits()) return syntax();
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (!eat('+')) eat('-');
        if (!digits()) return syntax();
    }
    m_out += m_in.substr(from, m_at - from);
    return {};
}

Result<std::string> Rewriter::string() {
    if (!eat('"')) return syntax();
    std::string made;
    bool escaped = false;
    for (;;) {
        const std::size_t stop = m_in.find_first_of(std::string_view("\"\\\n\r\t\f"), m_at);
        if (stop == m_in.npos) return syntax();
        made += m_in.substr(m_at, stop - m_at);
        m_at = stop;
        if (eat('"')) break;
        if (!eat('\\')) return syntax(); // a line end or TAB must be escaped
        TRY(escape(made));
        escaped = true;
    }
    if (escaped) {
        // The line ends and TABs that escapes may bring are kept by it.
        text::clean_again(made, m_counts);
    }
    return made;
}

Result<> Rewriter::escape(std::string& made) {
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (at_end()) return syntax();
    if (const std::size_t at = letters.find(peek()); at != letters.npos) {
        ++m_at;
        made += meanings[at];
        return {};
    }
    if (!eat('u')) return syntax();
    char32_t point = TRY(hex4());
    if (point >= 0xDC00 && point <= 0xDFFF) return syntax();
    if (point >= 0xD800 && point <= 0xDBFF) {
        if (!eat('\\') || !eat('u')) return syntax();
        const char32_t low = TRY(hex4());
        if (low < 0xDC00 || low > 0xDFFF) return syntax();
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(made, point);
    return {};
}

Result<char32_t> Rewriter::hex4() {
    if (m_in.size() - m_at < 4) return syntax();
    char32_t value = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = m_in[m_at++];
        const char lower = static_cast<char>(c | 0x20);
        if (is_digit(c))
            value = value * 16 + static_cast<char32_t>(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
        else
            return syntax();
    }
    return value;
}

void Rewriter::quote(std::string_view text) {
    m_out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            m_out += "\\\"";
            break;
        case '\\':
            m_out += "\\\\";
            break;
        case '\n':
            m_out += "\\n";
            break;
        case '\r':
            m_out += "\\r";
            break;
        case '\t':
            m_out += "\\t";
            break;
        case '\f':
            m_out += "\\f";
            break;
        default:
            m_out += c;
        }
    }
    m_out += '"';
}

} // namespace sekisho::json
