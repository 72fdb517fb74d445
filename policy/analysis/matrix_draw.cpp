#include <algorithm>

#include <fmt/format.h>

#include "policy/analysis/matrix.h"
#include "policy/analysis/words.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

std::size_t cells(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = character_at(text, at);
        out += cells_of(character.code);
        at += character.size;
    }
    return out;
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t has = cells(text);
    return text + std::string(has < width ? width - has : 0, ' ');
}

// Lines of at most so many cells, broken at spaces of Latin text and between any two characters of Japanese.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> out;
    std::string line;
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        // A word of ASCII, or one other character.
        std::size_t end = at;
        while (end < text.size() && text[end] > ' ' && static_cast<unsigned char>(text[end]) < 0x80) ++end;
        if (end == at) end += character_at(text, at).size;
        const std::string_view word = text.substr(at, std::min(end - at, width));
        const std::size_t wide = cells(word);
        if (used + wide > width && !line.empty()) {
            out.push_back(std::move(line));
            line.clear();
            used = 0;
        }
        if (!(line.empty() && word == " ")) {
            line += word;
            used += wide;
        }
        at += word.size();
    }
    if (!line.empty()) out.push_back(std::move(line));
    return out;
}

std::string xml(std::string_view text) {
    std::string out;
    for (const char c : visible(text)) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

// Sizes in pixels; a cell of text is half an em.
constexpr int em = 14;
constexpr int line_height = 20;
constexpr int margin = 16;
constexpr int head_width = 140;
constexpr int column_width = 340;
constexpr std::size_t column_cells = static_cast<std::size_t>((column_width - 2 * 12) * 2 / em);

struct Line {
    std::string text;
    bool strong = false;
};

class Drawing {
public:
    Drawing(const Matrix& matrix, Language language)
        : m_matrix(matrix), m_english(language == Language::english), m_language(language) {}

    std::string run() {
        const std::size_t zones = m_matrix.zones.size();
        const int width = 2 * margin + head_width + static_cast<int>(zones) * column_width;
        int y = margin + 2 * line_height;
        header(y);
        y += 2 * line_height;
        for (std::size_t from = 0; from < zones; ++from) y += row(from, y);
        const std::string title = xml(m_matrix.title.in(m_language));
        return fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
            "role=\"img\" lang=\"{2}\" font-family=\"'Noto Sans CJK JP','Noto Sans JP','Hiragino Sans',"
            "'Yu Gothic',sans-serif\" font-size=\"{3}\">\n<title>{4}</title>\n"
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
            "<text x=\"{5}\" y=\"{6}\" font-size=\"18\" font-weight=\"bold\" fill=\"#1a1a1a\">{4}</text>\n{7}</svg>\n",
            width, y + margin, m_english ? "en" : "ja", em, title, margin, margin + line_height, m_out);
    }

private:
    void text(int x, int y, std::string_view text, bool strong, std::string_view colour) {
        m_out += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"{}\"{}>{}</text>\n", x, y, colour,
                             strong ? " font-weight=\"bold\"" : "", xml(text));
    }

    void box(int x, int y, int width, int height, std::string_view fill) {
        m_out += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"#949494\"/>\n", x,
                             y, width, height, fill);
    }

    void header(int y) {
        box(margin, y, head_width, 2 * line_height, "#f2f2f2");
        text(margin + 12, y + 26, m_english ? "from \\ to" : "送信元＼宛先", false, "#4d4d4d");
        for (std::size_t i = 0; i < m_matrix.zones.size(); ++i) {
            const int x = margin + head_width + static_cast<int>(i) * column_width;
            box(x, y, column_width, 2 * line_height, "#f2f2f2");
            text(x + 12, y + 26, m_matrix.zones[i], true, "#1a1a1a");
        }
    }

    std::vector<Line> lines_of(const MatrixCell& cell) const {
        std::vector<Line> out;
        if (cell.closed) {
            const std::string by = joined(cell.forbids, ", ");
            out.push_back({m_english ? "× nothing may pass" : "× 何も通れません", true});
            if (!by.empty()) add(out, (m_english ? "forbidden by " : "禁止: ") + by, false);
            return out;
        }
        for (const MatrixEntry& entry : cell.allows) {
            add(out, "○ " + entry.rule + " " + entry.title, true);
            add(out, entry.condition.in(m_language), false);
            add(out, "→ " + entry.obligations.in(m_language), false);
        }
        if (!cell.forbids.empty())
            add(out, (m_english ? "but not: " : "ただし禁止: ") + joined(cell.forbids, ", "), false);
        return out;
    }

    static void add(std::vector<Line>& out, std::string_view text, bool strong) {
        for (std::string& line : wrapped(text, column_cells)) out.push_back({std::move(line), strong});
    }

    int row(std::size_t from, int y) {
        std::vector<std::vector<Line>> columns(m_matrix.zones.size());
        std::vector<std::string_view> fills(columns.size(), "#d9d9d9");
        std::size_t most = 2;
        for (const MatrixCell& cell : m_matrix.cells) {
            if (cell.from != m_matrix.zones[from]) continue;
            const auto to =
                static_cast<std::size_t>(std::ranges::find(m_matrix.zones, cell.to) - m_matrix.zones.begin());
            columns[to] = lines_of(cell);
            fills[to] = cell.closed ? "#fdeeee" : "#e6f5ec"; // the mark says the same
            most = std::max(most, columns[to].size());
        }
        const int height = static_cast<int>(most) * line_height + 16;
        box(margin, y, head_width, height, "#f2f2f2");
        text(margin + 12, y + 26, m_matrix.zones[from], true, "#1a1a1a");
        for (std::size_t to = 0; to < columns.size(); ++to) {
            const int x = margin + head_width + static_cast<int>(to) * column_width;
            box(x, y, column_width, height, fills[to]);
            int line_y = y + 24;
            for (const Line& line : columns[to]) {
                text(x + 12, line_y, line.text, line.strong, "#1a1a1a");
                line_y += line_height;
            }
        }
        return height;
    }

    const Matrix& m_matrix;
    bool m_english;
    Language m_language;
    std::string m_out;
};

} // namespace

std::string table(const Matrix& matrix, Language language) {
    const bool english = language == Language::english;
    std::vector<std::vector<std::string>> rows{
        english ? std::vector<std::string>{"from", "to", "rule", "what", "requires"}
                : std::vector<std::string>{"送信元", "宛先", "規則", "対象", "条件"}};
    for (const MatrixCell& cell : matrix.cells) {
        if (cell.closed)
            rows.push_back({cell.from, cell.to, "-", english ? "nothing" : "なし", joined(cell.forbids, ", ")});
        for (const MatrixEntry& entry : cell.allows)
            rows.push_back(
                {cell.from, cell.to, entry.rule, entry.condition.in(language), entry.obligations.in(language)});
    }
    std::vector<std::size_t> widths(rows.front().size());
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], cells(row[i]));
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += padded(visible(row[i]), widths[i] + 2);
        while (line.ends_with(' ')) line.pop_back();
        out += line + "\n";
    }
    return out;
}

std::string svg(const Matrix& matrix, Language language) {
    return Drawing(matrix, language).run();
}

} // namespace sekisho::policy
