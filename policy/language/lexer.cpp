#include "policy/language/lexer.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "policy/language/keywords.h"
#include "policy/language/number.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

// One character of a line: as it is, and as it is read.
struct Unit {
    char32_t code = 0;
    std::string half; // the half-width twin, if it has one
    std::uint32_t offset = 0;

    // What a single full-width character stands for; itself if it is not one.
    char32_t plain() const { return half.size() == 1 ? static_cast<char32_t>(half[0]) : code; }
};

constexpr std::array<std::pair<std::string_view, TokenKind>, 9> symbols{{{"<=", TokenKind::less_equal},
                                                                         {">=", TokenKind::greater_equal},
                                                                         {"..", TokenKind::range},
                                                                         {"<", TokenKind::less},
                                                                         {">", TokenKind::greater},
                                                                         {",", TokenKind::comma},
                                                                         {"=", TokenKind::equals},
                                                                         {"(", TokenKind::open},
                                                                         {")", TokenKind::close}}};

bool is_digit(char32_t code) {
    return code >= U'0' && code <= U'9';
}

class LineLexer {
public:
    LineLexer(const Source& source, std::uint32_t number, Problems& problems, std::vector<Token>& tokens,
              std::vector<Span>* comments)
        : m_source(source), m_problems(problems), m_tokens(tokens), m_comments(comments),
          m_begin(source.line_begin(number)) {
        const std::string_view line = source.line(number);
        m_units.reserve(line.size());
        for (std::size_t at = 0; at < line.size();) {
            const Character character = character_at(line, at);
            m_units.push_back({character.code, half_width(character.code), m_begin + static_cast<std::uint32_t>(at)});
            at += character.size;
        }
        m_end = m_begin + static_cast<std::uint32_t>(line.size());
    }

    void run() {
        while (m_at < m_units.size() && m_tokens.size() < tokens_max) step();
    }

private:
    char32_t plain(std::size_t at) const { return at < m_units.size() ? m_units[at].plain() : U'\0'; }
    std::uint32_t offset(std::size_t at) const { return at < m_units.size() ? m_units[at].offset : m_end; }
    Span span(std::size_t from, std::size_t to) const { return {offset(from), offset(to), m_source.file()}; }
    std::string_view raw(Span at) const { return m_source.text().substr(at.begin, at.end - at.begin); }

    void step() {
        if (report_hazard(m_at)) {
            ++m_at;
            return;
        }
        const char32_t code = plain(m_at);
        if (code == U' ' || code == U'\t') return blanks();
        if (code == U'#') return comment();
        if (code == U'"') return quoted();
        if (is_digit(code) || (code == U':' && plain(m_at + 1) == U':')) return number();
        if (begins_name(code) || is_letter(code)) return word();
        symbol();
    }

    bool report_hazard(std::size_t at) {
        const char32_t code = m_units[at].code;
        if (hazard_of(code) == Hazard::none) return false;
        const auto add = [&](Problem problem) { m_problems.add(problem, span(at, at + 1), {code_point(code)}); };
        switch (hazard_of(code)) {
        case Hazard::none:
            return false;
        case Hazard::control:
            add(Problem::control_character);
            break;
        case Hazard::bidi:
            add(Problem::bidi_control);
            break;
        case Hazard::invisible:
            add(Problem::invisible_character);
            break;
        }
        return true;
    }

    void report_wide(Span at, std::string meant) {
        m_problems.add(Problem::full_width, at, {std::string(raw(at)), std::move(meant)});
    }

    void blanks() {
        const std::size_t from = m_at;
        bool wide = false;
        for (; plain(m_at) == U' ' || plain(m_at) == U'\t'; ++m_at) wide = wide || m_units[m_at].code == U'\u3000';
        if (wide) m_problems.add(Problem::full_width_space, span(from, m_at));
    }

    void comment() {
        if (!m_units[m_at].half.empty()) report_wide(span(m_at, m_at + 1), "#");
        if (m_comments) m_comments->push_back(span(m_at, m_units.size()));
        for (; m_at < m_units.size(); ++m_at) report_hazard(m_at);
    }

    // Opened by ", it is closed by " (or, wrongly, by a full-width one); Japanese quotes inside are text.
    bool closes(std::size_t at, bool opened_wide) const {
        const Unit& unit = m_units[at];
        if (unit.code == U'"') return true;
        const bool wide_quote = unit.code == U'”' || unit.code == U'＂' || unit.code == U'〟';
        const bool bracket = unit.code == U'」' || unit.code == U'』' || unit.code == U'“';
        return opened_wide && (wide_quote || bracket);
    }

    void quoted() {
        const std::size_t from = m_at++;
        const bool opened_wide = !m_units[from].half.empty();
        while (m_at < m_units.size() && !closes(m_at, opened_wide)) report_hazard(m_at++);
        const bool closed = m_at < m_units.size();
        const Span inside = span(from + 1, m_at);
        if (closed) ++m_at;
        const Span whole = span(from, m_at);
        std::string text(raw(inside));
        if (!closed)
            m_problems.add(Problem::text_not_closed, whole);
        else if (opened_wide || !m_units[m_at - 1].half.empty())
            report_wide(whole, '"' + text + '"');
        if (text.size() > text_bytes_max)
            m_problems.add(Problem::text_too_long, whole, {std::uint64_t{text_bytes_max}});
        else if (!is_composed(text))
            m_problems.add(Problem::not_composed, whole, {text});
        push({TokenKind::text, whole, std::move(text), 0, false});
    }

    // A letter of another script, or what draws nothing, is taken for a part of the name that it stands in.
    void report_foreign(std::size_t at) {
        const char32_t code = plain(at);
        if (report_hazard(at)) return;
        if (!is_letter(code) || begins_name(code)) return;
        m_problems.add(Problem::unexpected_character, span(at, at + 1), {std::string(raw(span(at, at + 1)))});
    }

    // The characters from `from` to here as they are read, reported once if any was full-width.
    std::string folded(std::size_t from) {
        std::string text;
        bool wide = false;
        for (std::size_t at = from; at < m_at; ++at) {
            const Unit& unit = m_units[at];
            wide = wide || !unit.half.empty();
            if (is_format(unit.code)) continue;
            text += unit.half.empty() ? std::string(raw(span(at, at + 1))) : unit.half;
        }
        if (wide) report_wide(span(from, m_at), text);
        return text;
    }

    // Two dots are a range, also right after a name or a number.
    bool range_at(std::size_t at) const { return plain(at) == U'.' && plain(at + 1) == U'.'; }

    void number() { number_from(m_at); }

    void number_from(std::size_t from) {
        const auto belongs = [&](char32_t code) {
            const bool letter = (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z');
            return letter || is_digit(code) || code == U':' || code == U'-' || code == U'.';
        };
        while (belongs(plain(m_at)) && !range_at(m_at)) ++m_at;
        const std::string text = folded(from);
        push(read_number(text, span(from, m_at), m_problems));
    }

    // "fe80:" and "a2:00:": the address of a machine may begin with a letter.
    bool address_from(std::size_t from) const {
        constexpr std::size_t digits_max = 4;
        const auto hexadecimal = [](char32_t code) {
            return is_digit(code) || (code >= U'a' && code <= U'f') || (code >= U'A' && code <= U'F');
        };
        if (m_at - from > digits_max || plain(m_at) != U':') return false;
        for (std::size_t at = from; at < m_at; ++at)
            if (!hexadecimal(plain(at))) return false;
        return hexadecimal(plain(m_at + 1)) || plain(m_at + 1) == U':';
    }

    void word() {
        const std::size_t from = m_at;
        // A combining mark belongs to the name that it spoils (NFC is checked below).
        const auto belongs = [&](std::size_t at) {
            const bool mark = at < m_units.size() && cells_of(m_units[at].code) == 0;
            return continues_name(plain(at)) || is_letter(plain(at)) || is_format(plain(at)) || mark;
        };
        while (belongs(m_at) && !range_at(m_at)) report_foreign(m_at++);
        if (address_from(from)) return number_from(from);
        std::string text = folded(from);
        const Span at = span(from, m_at);
        if (text.size() > name_bytes_max)
            m_problems.add(Problem::name_too_long, at, {std::uint64_t{name_bytes_max}});
        else if (!is_composed(text))
            m_problems.add(Problem::not_composed, at, {text});
        push({TokenKind::word, at, std::move(text), 0, false});
    }

    void symbol() {
        const std::string ahead = ascii(m_at) + (m_units[m_at].half.size() == 2 ? "" : ascii(m_at + 1));
        for (const auto& [sign, kind] : symbols) {
            if (!ahead.starts_with(sign)) continue;
            const std::size_t from = m_at;
            m_at += m_units[from].half.size() == 2 ? 1 : sign.size();
            std::string text = folded(from);
            push({kind, span(from, m_at), std::move(text), 0, false});
            return;
        }
        unexpected();
    }

    std::string ascii(std::size_t at) const {
        if (at >= m_units.size()) return {};
        if (!m_units[at].half.empty()) return m_units[at].half;
        return m_units[at].code < 0x80 ? std::string(1, static_cast<char>(m_units[at].code)) : std::string();
    }

    // A run of characters that mean nothing is one problem.
    void unexpected() {
        const std::size_t from = m_at++;
        while (m_at < m_units.size() && m_units[m_at].code == m_units[from].code) ++m_at;
        const Span at = span(from, from + 1);
        m_problems.add(Problem::unexpected_character, span(from, m_at), {std::string(raw(at))});
    }

    void push(Token token) {
        const bool first_column = token.at.begin == m_begin && token.kind == TokenKind::word;
        token.first_of_statement = first_column && !is_keyword(token.text, Role::part);
        m_tokens.push_back(std::move(token));
    }

    const Source& m_source;
    Problems& m_problems;
    std::vector<Token>& m_tokens;
    std::vector<Span>* m_comments;
    std::uint32_t m_begin;
    std::uint32_t m_end = 0;
    std::vector<Unit> m_units;
    std::size_t m_at = 0;
};

std::optional<std::uint32_t> first_invalid_byte(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        if (!character.valid) return static_cast<std::uint32_t>(at);
        at += character.size;
    }
    return std::nullopt;
}

// What a merge leaves where two people changed the same lines.
bool is_conflict_mark(std::string_view line) {
    constexpr std::array<std::string_view, 4> marks{"<<<<<<<", "|||||||", "=======", ">>>>>>>"};
    return std::ranges::any_of(marks, [&](std::string_view mark) {
        return line.starts_with(mark) && (line.size() == mark.size() || line[mark.size()] == ' ');
    });
}

void tokenise_lines(const Source& source, Problems& problems, std::vector<Token>& tokens, std::vector<Span>* comments) {
    for (std::uint32_t number = 1; number <= source.line_count(); ++number) {
        const std::uint32_t begin = source.line_begin(number);
        if (source.line(number).size() > line_bytes_max) {
            problems.add(Problem::line_too_long, {begin, begin + 1, source.file()}, {std::uint64_t{line_bytes_max}});
            continue;
        }
        if (is_conflict_mark(source.line(number))) {
            const auto end = begin + static_cast<std::uint32_t>(source.line(number).size());
            problems.add(Problem::merge_conflict, {begin, end, source.file()});
            continue;
        }
        LineLexer(source, number, problems, tokens, comments).run();
        if (tokens.size() < tokens_max) continue;
        problems.add(Problem::too_many_words, {begin, begin + 1, source.file()}, {std::uint64_t{tokens_max}});
        return;
    }
}

} // namespace

std::vector<Token> tokenise(const Source& source, Problems& problems, std::vector<Span>* comments) {
    std::vector<Token> tokens;
    // Bytes that are no text have no words: nothing after the first could be trusted.
    if (const auto bad = first_invalid_byte(source.text()))
        problems.add(Problem::not_utf8, {*bad, *bad + 1, source.file()});
    else
        tokenise_lines(source, problems, tokens, comments);
    const auto end = static_cast<std::uint32_t>(source.text().size());
    tokens.push_back({TokenKind::end, {end, end, source.file()}, {}, 0, true});
    return tokens;
}

} // namespace sekisho::policy
