#include "sanitizer/verify/svg/style.h"

#include <cctype>
#include <string>

#include "sanitizer/verify/svg/words.h"

namespace sekisho::verify::svg_style {

namespace {

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_';
}

std::string small(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// What stands between the brackets of url().
bool is_fragment(std::string_view text) {
    std::string bare;
    for (const char c : text)
        if (c != ' ' && c != '"' && c != '\'' && c != '\t' && c != '\n' && c != '\r' && c != '\f') bare += c;
    if (bare.size() < 2 || bare[0] != '#') return false;
    for (const char c : bare.substr(1))
        if (!is_word(c) && c != '.' && c != ':') return false;
    return true;
}

} // namespace

bool is_value(std::string_view value) {
    std::string word;
    char quote = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || byte == 0x7f) return false;
        if (c == '\\' || c == '<' || c == '{' || c == '}') return false;
        if (quote == 0 && c == '(') {
            if (!word.empty() && !svg_words::is_function(small(word))) return false;
            if (small(word) == "url" && !is_fragment(value.substr(i + 1, value.substr(i + 1).find(')')))) return false;
        }
        if (quote != 0 && c == quote)
            quote = 0;
        else if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        word = quote == 0 && is_word(c) ? word + c : std::string();
    }
    const std::string all = small(value);
    return quote == 0 && all.find("script:") == all.npos && all.find("expression") == all.npos;
}

bool is_declarations(std::string_view text) {
    char quote = 0;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size()) {
            const char c = text[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
                continue;
            }
            if (c == '"' || c == '\'') quote = c;
            depth += c == '(' || c == '[' ? 1 : (c == ')' || c == ']') && depth > 0 ? -1 : 0;
            if (c != ';' || depth != 0) continue;
        }
        const std::string_view one = text.substr(begin, i - begin);
        begin = i + 1;
        const std::size_t colon = one.find(':');
        if (colon == one.npos || !svg_words::is_property(one.substr(0, colon)) || !is_value(one.substr(colon + 1)))
            return false;
    }
    return quote == 0;
}

bool is_sheet(std::string_view text) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = text.find('}');
        if (open == text.npos || close == text.npos || close < open || text.substr(close, 2) != "}\n") return false;
        constexpr std::string_view signs = ".#,>+~*:()[]=\"' \t\r\n^$|";
        for (const char c : text.substr(0, open))
            if (!is_word(c) && signs.find(c) == signs.npos) return false;
        if (open == 0 || !is_declarations(text.substr(open + 1, close - open - 1))) return false;
        text.remove_prefix(close + 2);
    }
    return true;
}

} // namespace sekisho::verify::svg_style
