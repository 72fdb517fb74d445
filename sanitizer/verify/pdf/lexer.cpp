#include "sanitizer/verify/pdf/lexer.h"

#include <charconv>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t longest_name = 127;   // ISO 32000-1, annex C; also what Poppler keeps of one
constexpr std::size_t longest_number = 40;  // no writer needs more digits
constexpr std::size_t longest_keyword = 32; // "CIDSystemInfo" and "beginnotdefrange" are among the longest in use
constexpr int deepest_nesting = 64;

bool is_delimiter(char byte) {
    return std::string_view("()<>[]{}/%").find(byte) != std::string_view::npos;
}
bool is_regular(char byte) {
    return !is_space(byte) && !is_delimiter(byte);
}

int hex_value(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

std::unexpected<Error> broken() {
    return refuse(Reason::verify_pdf_syntax);
}

// A name's escapes must be complete, and never NUL: C strings end there and two readers would see two names.
bool escapes_are_sound(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\0') return false;
        if (name[i] != '#') continue;
        if (i + 2 >= name.size()) return false;
        const int high = hex_value(name[i + 1]);
        const int low = hex_value(name[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0)) return false;
        i += 2;
    }
    return true;
}

// Digits with at most one sign in front and one point; returns false for anything else ("1-2", "1e5", "--1").
bool is_number_text(std::string_view text, bool& real) {
    std::size_t digits = 0;
    std::size_t points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] >= '0' && text[i] <= '9') {
            ++digits;
        } else if (text[i] == '.') {
            ++points;
        } else if (i != 0 || (text[i] != '+' && text[i] != '-')) {
            return false;
        }
    }
    real = points > 0;
    return digits > 0 && points < 2;
}

} // namespace

bool is_space(char byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f' || byte == '\0';
}

Token Lexer::finish(Token::Kind kind, std::size_t begin) const {
    return Token{kind, m_text.substr(begin, m_position - begin), begin, 0};
}

Result<> Lexer::skip_space() {
    while (m_position < m_text.size()) {
        if (is_space(m_text[m_position])) {
            ++m_position;
        } else if (m_text[m_position] == '%') {
            if (m_comments == Comments::refused) return broken();
            while (m_position < m_text.size() && m_text[m_position] != '\n' && m_text[m_position] != '\r') ++m_position;
        } else {
            break;
        }
    }
    return {};
}

Result<Token> Lexer::name() {
    const std::size_t begin = m_position++;
    while (m_position < m_text.size() && is_regular(m_text[m_position])) ++m_position;
    Token token = finish(Token::Kind::name, begin);
    token.raw.remove_prefix(1);
    if (token.raw.size() > longest_name || !escapes_are_sound(token.raw)) return broken();
    return token;
}

Result<Token> Lexer::literal_text() {
    const std::size_t begin = m_position++;
    int open = 1;
    while (m_position < m_text.size()) {
        const char byte = m_text[m_position++];
        if (byte == '\\') {
            if (m_position == m_text.size()) return broken();
            ++m_position;
        } else if (byte == '(') {
            ++open;
        } else if (byte == ')' && --open == 0) {
            return finish(Token::Kind::text, begin);
        }
    }
    return broken();
}

Result<Token> Lexer::hexadecimal_text() {
    const std::size_t begin = m_position++;
    while (m_position < m_text.size()) {
        const char byte = m_text[m_position++];
        if (byte == '>') return finish(Token::Kind::text, begin);
        if (hex_value(byte) < 0 && !is_space(byte)) return broken();
    }
    return broken();
}

Result<Token> Lexer::number_or_keyword() {
    const std::size_t begin = m_position;
    while (m_position < m_text.size() && is_regular(m_text[m_position])) ++m_position;
    Token token = finish(Token::Kind::keyword, begin);
    bool real = false;
    if (!is_number_text(token.raw, real)) {
        if (token.raw.size() > longest_keyword) return broken();
        return token;
    }
    if (token.raw.size() > longest_number) return broken();
    token.kind = real ? Token::Kind::real : Token::Kind::integer;
    if (real) return token;
    std::string_view digits = token.raw;
    if (digits.front() == '+') digits.remove_prefix(1);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
    if (parsed.ec != std::errc{}) return broken();
    return token;
}

Result<Token> Lexer::next() {
    TRY(skip_space());
    if (m_position == m_text.size()) return Token{Token::Kind::end, {}, m_position, 0};
    const std::size_t begin = m_position;
    const bool doubled = begin + 1 < m_text.size() && m_text[begin + 1] == m_text[begin];
    const auto single = [&](Token::Kind kind) {
        m_position += 1;
        return finish(kind, begin);
    };
    switch (m_text[begin]) {
    case '/':
        return name();
    case '(':
        return literal_text();
    case '[':
        return single(Token::Kind::array_open);
    case ']':
        return single(Token::Kind::array_close);
    case '{':
        return single(Token::Kind::brace_open);
    case '}':
        return single(Token::Kind::brace_close);
    case '<':
        if (!doubled) return hexadecimal_text();
        m_position += 2;
        return finish(Token::Kind::dictionary_open, begin);
    case '>':
        if (!doubled) return broken();
        m_position += 2;
        return finish(Token::Kind::dictionary_close, begin);
    case ')':
        return broken();
    default:
        return number_or_keyword();
    }
}

Result<> skip_object(Lexer& lexer) {
    const Token first = TRY(lexer.next());
    return skip_object(lexer, first);
}

Result<> skip_object(Lexer& lexer, const Token& first) {
    std::string open; // the closing bracket that each level waits for
    Token token = first;
    for (;;) {
        switch (token.kind) {
        case Token::Kind::array_open:
            open.push_back(']');
            break;
        case Token::Kind::dictionary_open:
            open.push_back('>');
            break;
        case Token::Kind::array_close:
        case Token::Kind::dictionary_close:
            if (open.empty() || open.back() != token.raw.front()) return broken();
            open.pop_back();
            break;
        case Token::Kind::keyword:
            if (token.raw == "true" || token.raw == "false" || token.raw == "null") break;
            if (token.raw == "R" && !open.empty()) break;
            return broken();
        case Token::Kind::integer:
        case Token::Kind::real:
        case Token::Kind::name:
        case Token::Kind::text:
            break;
        default:
            return broken();
        }
        if (open.empty()) return {};
        if (open.size() > deepest_nesting) return broken();
        token = TRY(lexer.next());
    }
}

Result<> skip_rest_of_reference(Lexer& lexer) {
    const std::size_t before = lexer.position();
    if (TRY(lexer.next()).is(Token::Kind::integer) && TRY(lexer.next()).is_keyword("R")) return {};
    lexer.seek(before);
    return {};
}

} // namespace sekisho::verify
