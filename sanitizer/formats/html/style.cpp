#include "sanitizer/formats/html/style.h"

#include <algorithm>
#include <array>
#include <span>

#include "sanitizer/formats/html/style_lists.h"
#include "sanitizer/formats/html/style_tokens.h"

namespace sekisho::html {

namespace {

using Kind = CssToken::Kind;
using Tokens = std::span<const CssToken>;

constexpr std::size_t deepest = 16;

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

Tokens trimmed(Tokens tokens) {
    while (!tokens.empty() && tokens.front().kind == Kind::blank) tokens = tokens.subspan(1);
    while (!tokens.empty() && tokens.back().kind == Kind::blank) tokens = tokens.first(tokens.size() - 1);
    return tokens;
}

bool opens(const CssToken& token) {
    return token.kind == Kind::function || token.is('(') || token.is('[') || token.is('{');
}
bool closes(const CssToken& token) {
    return token.is(')') || token.is(']') || token.is('}');
}

// The first token outside of all brackets that is one of `marks`, or the end.
std::size_t find_mark(Tokens tokens, std::string_view marks) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const CssToken& token = tokens[i];
        if (depth == 0 && token.kind == Kind::mark && marks.find(token.text[0]) != marks.npos) return i;
        if (opens(token)) ++depth;
        if (closes(token) && depth > 0) --depth;
    }
    return tokens.size();
}

// The index of the bracket that closes the one before `tokens`.
std::size_t find_close(Tokens tokens) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is('{')) ++depth;
        if (!tokens[i].is('}')) continue;
        if (depth == 0) return i;
        --depth;
    }
    return tokens.size();
}

class Cleaner {
public:
    Style style;

    std::string declarations(Tokens tokens) {
        std::string made;
        while (!tokens.empty()) {
            const std::size_t end = find_mark(tokens, ";");
            const std::string one = declaration(trimmed(tokens.first(end)));
            if (!one.empty()) made += (made.empty() ? "" : ";") + one;
            tokens = tokens.subspan(std::min(end + 1, tokens.size()));
        }
        return made;
    }

    std::string rules(Tokens tokens, std::size_t depth) {
        std::string made;
        while (!(tokens = trimmed(tokens)).empty()) {
            if (tokens.front().kind == Kind::at) {
                made += at_rule(tokens, depth);
                continue;
            }
            const std::size_t open = find_mark(tokens, "{");
            if (open == tokens.size()) {
                style.removed = true;
                break;
            }
            const std::size_t close = find_close(tokens.subspan(open + 1)) + open + 1;
            made += rule(trimmed(tokens.first(open)), tokens.subspan(open + 1, close - open - 1));
            tokens = tokens.subspan(std::min(close + 1, tokens.size()));
        }
        return made;
    }

private:
    std::string declaration(Tokens tokens) {
        if (tokens.empty()) return {};
        const std::size_t colon = find_mark(tokens, ":");
        const Tokens before = trimmed(tokens.first(colon));
        if (colon == tokens.size() || before.size() != 1 || before[0].kind != Kind::ident) return removed();
        const std::string name = lower(before[0].text);
        const Tokens value = trimmed(tokens.subspan(colon + 1));
        if (std::ranges::any_of(value, [](const CssToken& token) { return token.kind == Kind::url; }))
            style.remote = true;
        if (!is_property(name) || value.empty()) return removed();
        std::string text;
        return write_value(value, text) ? name + ":" + text : removed();
    }

    // Brackets must match, so that nothing of what follows is drawn in.
    bool write_value(Tokens value, std::string& text) {
        std::size_t open = 0;
        for (const CssToken& token : value) {
            constexpr std::string_view marks = "/,+-*!%()";
            switch (token.kind) {
            case Kind::ident:
            case Kind::number:
            case Kind::blank:
                text += token.text;
                break;
            case Kind::hash:
                text += "#" + token.text;
                break;
            case Kind::text:
                text += "\"" + token.text + "\"";
                break;
            case Kind::function:
                if (!is_function(token.text)) return false;
                text += token.text + "(";
                break;
            case Kind::mark:
                if (marks.find(token.text[0]) == marks.npos) return false;
                text += token.text;
                break;
            default:
                return false;
            }
            if (opens(token) && ++open > deepest) return false;
            if (closes(token) && open-- == 0) return false;
        }
        return open == 0;
    }

    std::string rule(Tokens selector, Tokens body) {
        std::string text;
        if (!write_selector(selector, text)) return removed();
        const std::string inner = declarations(body);
        return inner.empty() ? std::string() : text + "{" + inner + "}\n";
    }

    bool write_selector(Tokens tokens, std::string& text) {
        constexpr std::array functions{
            std::string_view("not"),         std::string_view("nth-child"), std::string_view("nth-last-child"),
            std::string_view("nth-of-type"), std::string_view("is"),        std::string_view("where"),
            std::string_view("lang")};
        constexpr std::string_view marks = ".*>+~,:-)";
        std::size_t open = 0;
        for (const CssToken& token : tokens) {
            if (token.kind == Kind::ident || token.kind == Kind::number || token.kind == Kind::blank)
                text += token.text;
            else if (token.kind == Kind::hash)
                text += "#" + token.text;
            else if (token.kind == Kind::function && std::ranges::find(functions, token.text) != functions.end())
                text += token.text + "(";
            else if (token.kind == Kind::mark && marks.find(token.text[0]) != marks.npos)
                text += token.text;
            else
                return false;
            if (opens(token) && ++open > deepest) return false;
            if (closes(token) && open-- == 0) return false;
        }
        return open == 0 && !text.empty();
    }

    // Takes the rule off `tokens`.
    std::string at_rule(Tokens& tokens, std::size_t depth) {
        const std::string name = tokens.front().text;
        const std::size_t end = find_mark(tokens, ";{");
        const Tokens prelude = trimmed(tokens.subspan(1, end - 1));
        const bool block = end < tokens.size() && tokens[end].is('{');
        const std::size_t close = block ? find_close(tokens.subspan(end + 1)) + end + 1 : end;
        const Tokens body = block ? tokens.subspan(end + 1, close - end - 1) : Tokens();
        tokens = tokens.subspan(std::min(close + 1, tokens.size()));
        if (name == "charset") return {};
        if (name == "import" || name == "font-face") style.remote = true;
        std::string text;
        if (!block || (name != "media" && name != "page") || depth > 0 || !write_query(prelude, text)) return removed();
        const std::string inner = name == "page" ? declarations(body) : rules(body, depth + 1);
        return inner.empty() ? std::string() : "@" + name + " " + text + "{" + inner + "}\n";
    }

    bool write_query(Tokens tokens, std::string& text) {
        std::size_t open = 0;
        for (const CssToken& token : tokens) {
            constexpr std::string_view marks = ",:()/";
            if (token.kind == Kind::ident || token.kind == Kind::number || token.kind == Kind::blank)
                text += token.text;
            else if (token.kind == Kind::mark && marks.find(token.text[0]) != marks.npos)
                text += token.text;
            else
                return false;
            if (opens(token) && ++open > deepest) return false;
            if (closes(token) && open-- == 0) return false;
        }
        return open == 0;
    }

    std::string removed() {
        style.removed = true;
        return {};
    }
};

// "<!--" and "-->" around a sheet, for browsers of 1996.
std::string without_comment_marks(std::string_view css) {
    std::string text;
    while (!css.empty()) {
        const std::size_t mark = css.starts_with("<!--") ? 4 : css.starts_with("-->") ? 3 : 0;
        text += mark > 0 ? ' ' : css.front();
        css.remove_prefix(mark > 0 ? mark : 1);
    }
    return text;
}

} // namespace

Style clean_declarations(std::string_view css) {
    Cleaner cleaner;
    const auto tokens = css_tokens(css);
    cleaner.style.text = cleaner.declarations(tokens);
    return cleaner.style;
}

Style clean_sheet(std::string_view css) {
    Cleaner cleaner;
    const auto tokens = css_tokens(without_comment_marks(css));
    cleaner.style.text = cleaner.rules(tokens, 0);
    return cleaner.style;
}

} // namespace sekisho::html
