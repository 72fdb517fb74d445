#include "base/settings/precheck.h"

#include <fmt/format.h>

namespace sekisho::settings {

namespace {

constexpr std::size_t largest_file = 1 << 20;
constexpr std::size_t longest_line = 4096;
constexpr unsigned deepest = 16;    // brackets in brackets
constexpr unsigned most_parts = 16; // of a dotted key

// Follows strings and comments just far enough to count brackets and dots outside of them.
class Scan {
public:
    Scan(std::string_view content, const std::string& file) : m_content(content), m_file(file) {}

    Result<> run() {
        while (m_at < m_content.size()) {
            const char character = m_content[m_at];
            if (character == '\n')
                new_line();
            else
                TRY(step(character));
            ++m_at;
        }
        return {};
    }

private:
    void new_line() {
        ++m_line;
        m_line_start = m_at + 1;
        m_dots = 0;
        m_comment = false;
        if (m_quote.size() == 1) m_quote = {}; // a one-line string ends here; the parser will complain
    }

    Result<> step(char character) {
        if (m_at - m_line_start >= longest_line) return refuse("a line is longer than 4096 bytes");
        const auto code = static_cast<unsigned char>(character);
        if (code == 0x7F || (code < 0x20 && character != '\t' && character != '\r'))
            return refuse("a control character");
        if (m_comment) return {};
        if (!m_quote.empty()) return inside_text(character);
        return outside_text(character);
    }

    Result<> inside_text(char character) {
        if (character == '\\' && m_quote[0] == '"') {
            if (m_at + 1 < m_content.size() && m_content[m_at + 1] != '\n') ++m_at;
        } else if (m_content.substr(m_at).starts_with(m_quote)) {
            m_at += m_quote.size() - 1;
            m_quote = {};
        }
        return {};
    }

    Result<> outside_text(char character) {
        if (character == '#') {
            m_comment = true;
        } else if (character == '"' || character == '\'') {
            const std::string_view three = m_content.substr(m_at, 3);
            const bool multi = three == "\"\"\"" || three == "'''";
            m_quote = m_content.substr(m_at, multi ? 3 : 1);
            m_at += m_quote.size() - 1;
        } else if (character == '[' || character == '{') {
            if (++m_depth > deepest) return refuse("brackets are nested deeper than 16");
            m_dots = 0;
        } else if (character == ']' || character == '}') {
            m_depth -= m_depth > 0 ? 1 : 0;
        } else if (character == ',' || character == '=') {
            m_dots = 0;
        } else if (character == '.' && ++m_dots >= most_parts) {
            return refuse("a name has more than 16 parts");
        }
        return {};
    }

    std::unexpected<Error> refuse(const char* what) const {
        return reject("settings.shape", what, fmt::format("{}:{}:{}", m_file, m_line, m_at - m_line_start + 1));
    }

    std::string_view m_content;
    const std::string& m_file;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_line_start = 0;
    std::string_view m_quote; // of the string we are in
    bool m_comment = false;
    unsigned m_depth = 0;
    unsigned m_dots = 0;
};

} // namespace

Result<> precheck(std::string_view content, const std::string& file) {
    if (content.size() > largest_file) return reject("settings.shape", "a settings file has at most 1 MiB", file);
    return Scan(content, file).run();
}

} // namespace sekisho::settings
