#include "sanitizer/verify/html/lists.h"

#include <unordered_set>

namespace sekisho::verify {

namespace {

using Set = std::unordered_set<std::string_view>;

const Set& elements() {
    static const Set names{
        "html",   "head",    "title",  "meta",       "style",  "body",    "a",          "abbr",  "acronym", "address",
        "area",   "article", "aside",  "b",          "bdi",    "big",     "blockquote", "br",    "caption", "center",
        "cite",   "code",    "col",    "colgroup",   "dd",     "del",     "details",    "dfn",   "dir",     "div",
        "dl",     "dt",      "em",     "figcaption", "figure", "font",    "footer",     "h1",    "h2",      "h3",
        "h4",     "h5",      "h6",     "header",     "hgroup", "hr",      "i",          "img",   "ins",     "kbd",
        "legend", "li",      "main",   "map",        "mark",   "menu",    "nav",        "nobr",  "ol",      "p",
        "pre",    "q",       "rb",     "rp",         "rt",     "rtc",     "ruby",       "s",     "samp",    "section",
        "small",  "span",    "strike", "strong",     "sub",    "summary", "sup",        "table", "tbody",   "td",
        "tfoot",  "th",      "thead",  "time",       "tr",     "tt",      "u",          "ul",    "var",     "wbr"};
    return names;
}

// Attributes that act on nothing, whatever element they stand at.
const Set& harmless() {
    static const Set names{
        "id",          "class",       "style",   "title",  "lang",        "dir",     "align",    "valign",  "width",
        "height",      "bgcolor",     "color",   "border", "bordercolor", "clear",   "nowrap",   "noshade", "compact",
        "name",        "shape",       "coords",  "alt",    "hspace",      "vspace",  "usemap",   "face",    "size",
        "cellpadding", "cellspacing", "summary", "rules",  "frame",       "colspan", "rowspan",  "headers", "abbr",
        "scope",       "span",        "start",   "type",   "reversed",    "value",   "datetime", "open"};
    return names;
}

} // namespace

bool html_element_allowed(std::string_view name) {
    return elements().contains(name);
}

bool html_attribute_allowed(std::string_view element, std::string_view name) {
    if (name == "href") return element == "a" || element == "area";
    if (name == "src") return element == "img";
    if (name == "charset" || name == "http-equiv" || name == "content") return element == "meta";
    return element != "meta" && harmless().contains(name);
}

bool html_link_allowed(std::string_view address) {
    for (const char c : address)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '\\' || c == 0x7F || c == '<' || c == '>') return false;
    if (address.starts_with('#')) return true;
    const std::size_t colon = address.find(':');
    if (colon == address.npos || colon > 6) return false;
    std::string_view scheme = address.substr(0, colon);
    const auto is = [&](std::string_view wanted) {
        if (scheme.size() != wanted.size()) return false;
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if ((scheme[i] | 0x20) != wanted[i]) return false;
        return true;
    };
    const std::string_view rest = address.substr(colon + 1);
    if (is("http") || is("https")) return rest.starts_with("//") && rest.size() > 2;
    return (is("mailto") || is("tel")) && !rest.empty();
}

} // namespace sekisho::verify
