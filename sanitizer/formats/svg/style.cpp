#include "sanitizer/formats/svg/style.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/svg/names.h"

namespace sekisho::svg {

namespace {

constexpr std::size_t longest_selector = 4096;

constexpr auto functions = std::to_array<std::string_view>({"blur",
                                                            "brightness",
                                                            "calc",
                                                            "circle",
                                                            "clamp",
                                                            "color",
                                                            "color-mix",
                                                            "contrast",
                                                            "cubic-bezier",
                                                            "drop-shadow",
                                                            "ellipse",
                                                            "grayscale",
                                                            "hsl",
                                                            "hsla",
                                                            "hue-rotate",
                                                            "inset",
                                                            "invert",
                                                            "lab",
                                                            "lch",
                                                            "light-dark",
                                                            "linear-gradient",
                                                            "matrix",
                                                            "matrix3d",
                                                            "max",
                                                            "min",
                                                            "oklab",
                                                            "oklch",
                                                            "opacity",
                                                            "path",
                                                            "polygon",
                                                            "radial-gradient",
                                                            "rect",
                                                            "rgb",
                                                            "rgba",
                                                            "rotate",
                                                            "saturate",
                                                            "scale",
                                                            "scalex",
                                                            "scaley",
                                                            "sepia",
                                                            "skewx",
                                                            "skewy",
                                                            "steps",
                                                            "translate",
                                                            "translatex",
                                                            "translatey",
                                                            "url",
                                                            "var"});
static_assert(std::ranges::is_sorted(functions));

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

// "#name", also in quotes.
bool is_own_place(std::string_view address) {
    address = trimmed(address);
    if (address.size() >= 2 && (address.front() == '"' || address.front() == '\'') && address.back() == address.front())
        address = trimmed(address.substr(1, address.size() - 2));
    if (!address.starts_with('#') || address.size() < 2) return false;
    return std::ranges::all_of(address.substr(1), [](char c) { return is_name(c) || c == '.' || c == ':'; });
}

std::string without_comments(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (text.substr(at).starts_with("/*")) {
            const std::size_t end = text.find("*/", at + 2);
            if (end == text.npos) break;
            at = end + 2;
            out += ' ';
        } else {
            out += text[at++];
        }
    }
    return out;
}

// The end of a piece that one of `stops` ends, not counting those in strings and brackets.
std::size_t end_of(std::string_view text, std::size_t at, std::string_view stops) {
    char quote = 0;
    int depth = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[') {
            ++depth;
        } else if ((c == ')' || c == ']') && depth > 0) {
            --depth;
        } else if (depth == 0 && stops.find(c) != stops.npos) {
            return at;
        }
    }
    return at;
}

// Behind the block that begins at `at` with a brace.
std::size_t behind_block(std::string_view text, std::size_t at) {
    int depth = 0;
    while (at < text.size()) {
        at = end_of(text, at, "{}");
        if (at == text.size()) return at;
        depth += text[at] == '{' ? 1 : -1;
        ++at;
        if (depth <= 0) return at;
    }
    return at;
}

// Classes, names, combinations. What a selector looks at can tell nobody anything: no rule reaches outside.
bool is_clean_selector(std::string_view text) {
    constexpr std::string_view signs = ".#,>+~*:()[]=\"' \t\r\n^$|";
    return !text.empty() && text.size() <= longest_selector &&
           std::ranges::all_of(text, [&](char c) { return is_name(c) || signs.find(c) != signs.npos; });
}

void note_at_rule(std::string_view rule, StyleLoss& loss) {
    const std::string name = lower(rule.substr(0, 24));
    if (name.starts_with("@import") || name.starts_with("@namespace"))
        loss.external = true;
    else if (name.find("keyframes") != name.npos)
        loss.animation = true;
    else
        loss.unknown = true;
}

void note_value(const std::string& value, StyleLoss& loss) {
    const bool script = value.find("expression") != value.npos || value.find("script:") != value.npos;
    const bool external = value.find("url") != value.npos || value.find("image") != value.npos;
    (script ? loss.script : external ? loss.external : loss.unknown) = true;
}

bool is_known_function(std::string_view value, std::size_t bracket) {
    std::size_t begin = bracket;
    while (begin > 0 && is_name(value[begin - 1])) --begin;
    const std::string name = lower(value.substr(begin, bracket - begin));
    if (name.empty()) return true; // plain brackets in calc()
    if (!std::ranges::binary_search(functions, std::string_view(name))) return false;
    if (name != "url") return true;
    const std::size_t end = value.find(')', bracket);
    return end != value.npos && is_own_place(value.substr(bracket + 1, end - bracket - 1));
}

} // namespace

bool is_clean_value(std::string_view value, StyleLoss& loss) {
    char quote = 0;
    bool clean = true;
    for (std::size_t at = 0; at < value.size() && clean; ++at) {
        const char c = value[at];
        const bool control = static_cast<unsigned char>(c) < 0x20 && !is_space(c);
        clean = !control && c != '\\' && c != '<' && c != '{' && c != '}';
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(') {
            clean = clean && is_known_function(value, at);
        }
    }
    const std::string small = lower(value);
    clean = clean && quote == 0 && small.find("script:") == small.npos && small.find("expression") == small.npos;
    if (!clean) note_value(small, loss);
    return clean;
}

std::string clean_declarations(std::string_view text, StyleLoss& loss) {
    const std::string plain = without_comments(text);
    std::string out;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t end = end_of(plain, at, ";");
        const std::string_view declaration = trimmed(std::string_view(plain).substr(at, end - at));
        at = end + 1;
        if (declaration.empty()) continue;
        const std::size_t colon = declaration.find(':');
        const std::string name = lower(trimmed(declaration.substr(0, std::min(colon, declaration.size()))));
        const std::string_view value =
            colon == declaration.npos ? std::string_view() : trimmed(declaration.substr(colon + 1));
        if (name == "behavior" || name == "-moz-binding") {
            loss.script = true;
            continue;
        }
        const bool moving = name.starts_with("animation") || name.starts_with("transition");
        const bool plain_name = std::ranges::all_of(name, is_name);
        if (!plain_name || value.empty() || !is_property(name)) {
            StyleLoss of_value;
            if (!moving && is_clean_value(value, of_value)) of_value.unknown = true;
            loss.join(of_value);
            loss.animation = loss.animation || moving;
            continue;
        }
        if (!is_clean_value(value, loss)) continue;
        if (!out.empty()) out += ';';
        out += name;
        out += ':';
        out += value;
    }
    return out;
}

std::string clean_sheet(std::string_view text, StyleLoss& loss) {
    const std::string plain = without_comments(text);
    const std::string_view view(plain);
    std::string out;
    for (std::size_t at = 0; at < view.size();) {
        if (is_space(view[at]) || view[at] == ';' || view[at] == '}') {
            ++at;
            continue;
        }
        const std::size_t head_end = end_of(view, at, "{;");
        const std::string_view head = trimmed(view.substr(at, head_end - at));
        if (head.starts_with('@')) {
            note_at_rule(head, loss);
            at = head_end < view.size() && view[head_end] == '{' ? behind_block(view, head_end) : head_end + 1;
            continue;
        }
        if (head_end >= view.size() || view[head_end] == ';') {
            at = head_end + 1;
            continue;
        }
        const std::size_t end = behind_block(view, head_end);
        const std::string_view body = view.substr(head_end + 1, end - head_end - 1);
        at = end;
        const std::string_view block = body.ends_with('}') ? body.substr(0, body.size() - 1) : body;
        if (!is_clean_selector(head) || block.find('{') != block.npos) {
            loss.unknown = true;
            continue;
        }
        const std::string declarations = clean_declarations(block, loss);
        if (declarations.empty()) continue;
        out += head;
        out += '{';
        out += declarations;
        out += "}\n";
    }
    return out;
}

} // namespace sekisho::svg
