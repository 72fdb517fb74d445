#include "policy/language/format.h"

#include <algorithm>
#include <array>
#include <optional>

#include "policy/language/keywords.h"
#include "policy/language/lexer.h"
#include "policy/language/parser.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::size_t line_cells_wanted = 100;

std::size_t cells_in(std::string_view text) {
    std::size_t cells = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        cells += cells_of(character.code);
        at += character.size;
    }
    return cells;
}

struct Comment {
    std::string text;
    bool own_line = false;
    bool blank_before = false;
};

// A token with what stands before it.
struct Piece {
    std::string text;
    TokenKind kind = TokenKind::end;
    bool begins_statement = false;
    bool blank_before = false;
    std::vector<Comment> before;         // on lines of their own
    std::optional<std::string> behind{}; // on the same line
};

bool has_clauses(std::string_view statement) {
    constexpr std::array<std::string_view, 7> words{"allow", "forbid", "exception", "flow", "never", "must", "test"};
    return std::ranges::find(words, statement) != words.end();
}

class Formatter {
public:
    explicit Formatter(std::vector<Piece> pieces) : m_pieces(std::move(pieces)) {}

    std::string run() {
        for (m_at = 0; m_at < m_pieces.size(); ++m_at) piece(m_pieces[m_at]);
        end_line();
        return std::move(m_out);
    }

private:
    void piece(Piece& piece) {
        const bool last = piece.kind == TokenKind::end;
        if (piece.begins_statement || last) {
            end_line();
            m_statement = piece.text;
            m_clause.clear();
            m_depth = 0;
        }
        comments(piece, piece.begins_statement || last);
        if (last) return;
        if (piece.begins_statement && piece.blank_before) blank_line();
        place(piece);
        m_previous = piece.kind;
        if (piece.behind) trailing_comment(*piece.behind);
    }

    void comments(const Piece& piece, bool between_statements) {
        for (const Comment& comment : piece.before) {
            end_line();
            if (between_statements && comment.blank_before) blank_line();
            own_line(comment.text, between_statements);
        }
    }

    void own_line(const std::string& text, bool between_statements) {
        constexpr std::string_view indent = "  ";
        if (!between_statements && text.size() + indent.size() <= line_bytes_max) m_line += indent;
        m_line += text;
        end_line();
    }

    // One that no longer fits moves to the next line.
    void trailing_comment(const std::string& text) {
        if (m_line.size() + text.size() + 2 <= line_bytes_max) {
            m_line += "  " + text;
            end_line();
            return;
        }
        Piece& next = m_pieces[m_at + 1]; // the end, at least
        next.before.insert(next.before.begin(), {text, true, false});
    }

    void place(const Piece& piece) {
        if (begins_line(piece)) {
            end_line();
        } else if (!m_line.empty() && glued(piece)) {
            m_line += piece.text;
            return track(piece);
        } else if (!m_line.empty() && wraps(piece)) {
            end_line();
        }
        if (m_line.empty())
            m_line += indentation(piece);
        else
            m_line += piece.text == "ref" && m_clause == "reason" ? "  " : " ";
        m_line += piece.text;
        track(piece);
    }

    void track(const Piece& piece) {
        if (piece.kind == TokenKind::open) ++m_depth;
        if (piece.kind == TokenKind::close && m_depth > 0) --m_depth;
        if (is_clause(piece)) m_clause = piece.text;
        m_held = compares(piece) || names_attribute(piece);
    }

    // Of a condition: what stands between an attribute and its value.
    bool compares(const Piece& piece) const {
        constexpr std::array<std::string_view, 8> words{"in", "is", "has", "like", "<", "<=", ">", ">="};
        const bool quoted = piece.kind == TokenKind::text;
        return m_clause == "when" && !quoted && std::ranges::find(words, piece.text) != words.end();
    }

    // In `given`, attributes and values take turns; behind a comma stands another value.
    bool names_attribute(const Piece& piece) {
        const bool begins = m_clause != "given" || (is_clause(piece) && piece.text == "given");
        const bool comma = piece.kind == TokenKind::comma;
        m_attribute = comma || (!begins && !m_attribute);
        return m_attribute && !comma;
    }

    // Whether the piece there stays on the line of the one before it.
    bool held(std::size_t at) const {
        if (compares(m_pieces[at]) || compares(m_pieces[at - 1])) return true;
        return m_clause == "given" && at == m_at + 1 && !m_attribute;
    }

    std::string_view indentation(const Piece& piece) const {
        if (piece.begins_statement) return "";
        return !has_clauses(m_statement) || is_clause(piece) || m_clause.empty() ? "  " : "    ";
    }

    // A word that begins a part of the statement that is being written. In `given`, from and to are attributes; before
    // a comparison they are conditions.
    bool is_clause(const Piece& piece) const {
        constexpr std::array<std::string_view, 14> words{"from",     "to",      "when",   "require", "until",
                                                         "reason",   "ref",     "peer",   "unless",  "requested",
                                                         "approved", "reaches", "expect", "given"};
        if (piece.kind != TokenKind::word || piece.begins_statement || !has_clauses(m_statement)) return false;
        if (std::ranges::find(words, piece.text) == words.end()) return false;
        const bool zone = piece.text == "from" || piece.text == "to";
        return !zone || (m_clause != "given" && !before_comparison());
    }

    bool before_comparison() const {
        const Piece& next = m_pieces[std::min(m_at + 1, m_pieces.size() - 1)];
        return next.kind == TokenKind::word && (next.text == "in" || next.text == "is") && !next.begins_statement;
    }

    // Clauses stand on lines of their own, but for those that belong to the one before.
    bool begins_line(const Piece& piece) const {
        if (!is_clause(piece)) return begins_claim(piece);
        if (piece.text == "reaches") return false;
        const auto continues = [&](std::string_view clause, std::string_view before) {
            return piece.text == clause && m_clause == before;
        };
        const bool way = continues("to", "from") && m_statement != "flow";
        const bool claim = piece.text == "from" && (m_statement == "never" || m_statement == "must");
        const bool persons = continues("approved", "requested");
        const bool end = continues("until", "approved");
        if (claim) return true;
        return !(way || persons || end || continues("ref", "reason"));
    }

    // The first zone of `never` and `must`.
    bool begins_claim(const Piece& piece) const {
        const bool claim = m_statement == "never" || m_statement == "must";
        return claim && m_clause.empty() && m_previous == TokenKind::text && piece.kind == TokenKind::word;
    }

    // No space before it.
    bool glued(const Piece& piece) const {
        const bool ends = piece.kind == TokenKind::comma || piece.kind == TokenKind::close;
        const bool range = piece.kind == TokenKind::range || m_previous == TokenKind::range;
        return ends || range || m_previous == TokenKind::open;
    }

    // A condition that is too long is cut before each `and` and `or` that is in no parentheses; anything else where
    // the line is full.
    bool wraps(const Piece& piece) const {
        if (m_held || compares(piece)) return false;
        const bool joint = piece.kind == TokenKind::word && (piece.text == "and" || piece.text == "or");
        if (joint && m_clause == "when" && m_depth == 0 && long_condition()) return true;
        return cells_in(m_line) + 1 + unit_cells() > line_cells_wanted;
    }

    // What has to stay together from here on: the token, and what is glued behind it.
    std::size_t unit_cells() const {
        std::size_t cells = 0;
        for (std::size_t at = m_at; at < m_pieces.size(); ++at) {
            const TokenKind kind = m_pieces[at].kind;
            const bool ends = kind == TokenKind::comma || kind == TokenKind::close || kind == TokenKind::range;
            const bool opened =
                at > m_at && (m_pieces[at - 1].kind == TokenKind::open || m_pieces[at - 1].kind == TokenKind::range);
            const bool together = at > m_at && held(at);
            if (at > m_at && !ends && !opened && !together) break;
            cells += cells_in(m_pieces[at].text) + (together ? 1 : 0);
            if (cells > line_cells_wanted) break;
        }
        return cells;
    }

    // Whether the condition around here would not fit on one line. Looks no further than a line is long.
    bool long_condition() const {
        std::size_t begin = m_at;
        std::size_t cells = 0;
        while (begin > 0 && !(m_pieces[begin].kind == TokenKind::word && m_pieces[begin].text == "when")) {
            cells += cells_in(m_pieces[--begin].text) + 1;
            if (cells > line_cells_wanted) return true;
        }
        for (std::size_t at = m_at; at < m_pieces.size(); ++at) {
            const Piece& piece = m_pieces[at];
            constexpr std::array<std::string_view, 7> ends{"require", "until",     "reason",  "ref",
                                                           "unless",  "requested", "approved"};
            const bool clause = piece.kind == TokenKind::word && std::ranges::find(ends, piece.text) != ends.end();
            if (piece.begins_statement || clause || piece.kind == TokenKind::end) return false;
            cells += cells_in(piece.text) + 1;
            if (cells > line_cells_wanted) return true;
        }
        return false;
    }

    void end_line() {
        if (m_line.empty()) return;
        m_out += m_line + '\n';
        m_line.clear();
    }

    void blank_line() {
        if (!m_out.empty() && !m_out.ends_with("\n\n")) m_out += '\n';
    }

    std::vector<Piece> m_pieces;
    std::size_t m_at = 0;
    std::string m_out;
    std::string m_line;
    std::string m_statement;
    std::string m_clause;
    unsigned m_depth = 0;
    bool m_attribute = false; // in `given`: the piece before names an attribute, its value comes
    bool m_held = false;      // what comes stays on the line
    TokenKind m_previous = TokenKind::end;
};

bool blank_line_before(const Source& source, std::uint32_t offset) {
    const std::uint32_t line = source.line_of(offset);
    return line > 1 && source.line(line - 1).find_first_not_of(" \t") == std::string_view::npos;
}

std::string without_trailing_blanks(std::string_view text) {
    return std::string(text.substr(0, text.find_last_not_of(" \t") + 1));
}

std::vector<Piece> pieces_of(const Source& source, const std::vector<Token>& tokens,
                             const std::vector<Span>& comments) {
    std::vector<Piece> pieces;
    auto comment = comments.begin();
    for (const Token& token : tokens) {
        Piece piece;
        for (; comment != comments.end() && comment->begin < token.at.begin; ++comment) {
            std::string text =
                without_trailing_blanks(source.text().substr(comment->begin, comment->end - comment->begin));
            const std::uint32_t line = source.line_of(comment->begin);
            const bool own = pieces.empty() || source.line_of(tokens[pieces.size() - 1].at.begin) != line;
            if (own)
                piece.before.push_back({std::move(text), true, blank_line_before(source, comment->begin)});
            else
                pieces.back().behind = std::move(text);
        }
        piece.text = source.text().substr(token.at.begin, token.at.end - token.at.begin);
        piece.kind = token.kind;
        piece.begins_statement = token.first_of_statement && token.kind != TokenKind::end;
        piece.blank_before = blank_line_before(source, token.at.begin);
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

} // namespace

std::expected<std::string, std::vector<Diagnostic>> format(const Source& source) {
    Problems problems;
    parse(source, problems);
    if (!problems.empty()) return std::unexpected(problems.take());
    std::vector<Span> comments;
    const std::vector<Token> tokens = tokenise(source, problems, &comments);
    return Formatter(pieces_of(source, tokens, comments)).run();
}

} // namespace sekisho::policy
