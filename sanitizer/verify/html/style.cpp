// The CSS that our writer writes: one shape, read character by character.
#include "sanitizer/verify/html/style.h"

#include <algorithm>
#include <array>

namespace sekisho::verify {

namespace {

using Text = std::string_view;

bool is_word(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool property_allowed(Text name) {
    constexpr std::array whole{Text("aspect-ratio"), Text("bottom"),        Text("box-shadow"),
                               Text("box-sizing"),   Text("caption-side"),  Text("clear"),
                               Text("color"),        Text("direction"),     Text("display"),
                               Text("empty-cells"),  Text("float"),         Text("height"),
                               Text("hyphens"),      Text("left"),          Text("letter-spacing"),
                               Text("line-break"),   Text("line-height"),   Text("line-height-step"),
                               Text("max-height"),   Text("max-width"),     Text("min-height"),
                               Text("min-width"),    Text("opacity"),       Text("order"),
                               Text("orphans"),      Text("place-content"), Text("place-items"),
                               Text("position"),     Text("quotes"),        Text("right"),
                               Text("row-gap"),      Text("size"),          Text("tab-size"),
                               Text("table-layout"), Text("top"),           Text("vertical-align"),
                               Text("visibility"),   Text("white-space"),   Text("widows"),
                               Text("width"),        Text("z-index"),       Text("zoom")};
    constexpr std::array starts{Text("align"),       Text("background"), Text("border"),     Text("break"),
                                Text("column"),      Text("flex"),       Text("font"),       Text("gap"),
                                Text("grid"),        Text("justify"),    Text("list-style"), Text("margin"),
                                Text("object-fit"),  Text("outline"),    Text("overflow"),   Text("padding"),
                                Text("page-break"),  Text("ruby"),       Text("text"),       Text("word"),
                                Text("writing-mode")};
    if (std::ranges::find(whole, name) != whole.end()) return true;
    return std::ranges::any_of(starts, [&](Text start) {
        return name.starts_with(start) && (name.size() == start.size() || name[start.size()] == '-');
    });
}

bool function_allowed(Text name) {
    for (const Text known : {"rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "minmax", "repeat", "rect",
                             "linear-gradient", "radial-gradient", "fit-content", ""})
        if (name == known) return true;
    return false;
}

bool pseudo_allowed(Text name) {
    for (const Text known : {"not", "nth-child", "nth-last-child", "nth-of-type", "is", "where", "lang"})
        if (name == known) return true;
    return false;
}

// Words, marks and calls of listed functions; `text` may have strings.
bool words_allowed(Text text, Text marks, bool (*call)(Text), bool strings) {
    Text word;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_word(c)) {
            word = word.empty() ? text.substr(i, 1) : Text(word.data(), word.size() + 1);
            continue;
        }
        if (c == '(' && (!call || !call(word))) return false;
        word = {};
        if (c == '(' || c == ')' || c == ' ') continue;
        if (c == '"' && strings) {
            const std::size_t end = text.find('"', i + 1);
            if (end == text.npos || text.substr(i, end - i).find_first_of("\\<&\n") != text.npos) return false;
            i = end;
            continue;
        }
        if (marks.find(c) == marks.npos) return false;
    }
    return true;
}

bool no_call(Text name) {
    return name.empty() || name == "and" || name == "not" || name == "or";
}

bool query_allowed(Text text) {
    return words_allowed(text, ",:/.+%", no_call, false);
}

bool rules_allowed(Text css, bool nested);

// Takes "prelude{body}\n" off `css`.
bool rule_allowed(Text& css, bool nested) {
    const std::size_t open = css.find('{');
    if (open == css.npos) return false;
    const Text prelude = css.substr(0, open);
    css.remove_prefix(open + 1);
    const bool media = prelude.starts_with("@media ");
    const std::size_t close = media ? css.find("\n}\n") : css.find("}\n");
    if (close == css.npos) return false;
    const Text body = css.substr(0, media ? close + 1 : close);
    css.remove_prefix(close + (media ? 3 : 2));
    if (media) return !nested && query_allowed(prelude.substr(7)) && rules_allowed(body, true);
    if (prelude.starts_with("@page ")) return !nested && query_allowed(prelude.substr(6)) && declarations_allowed(body);
    return words_allowed(prelude, ".*>+~,:#%", pseudo_allowed, false) && declarations_allowed(body);
}

bool rules_allowed(Text css, bool nested) {
    while (!css.empty())
        if (!rule_allowed(css, nested)) return false;
    return true;
}

} // namespace

bool declarations_allowed(std::string_view css) {
    while (!css.empty()) {
        const std::size_t colon = css.find(':');
        if (colon == css.npos || !property_allowed(css.substr(0, colon))) return false;
        css.remove_prefix(colon + 1);
        std::size_t end = 0;
        for (bool quoted = false; end < css.size() && (quoted || css[end] != ';'); ++end)
            if (css[end] == '"') quoted = !quoted;
        if (!words_allowed(css.substr(0, end), "/,+-*!%.#", function_allowed, true)) return false;
        if (end + 1 == css.size()) return false; // a separator with nothing behind it
        css.remove_prefix(std::min(end + 1, css.size()));
    }
    return true;
}

bool sheet_allowed(std::string_view css) {
    return rules_allowed(css, false);
}

} // namespace sekisho::verify
