#include "sanitizer/formats/html/lists.h"

#include <algorithm>
#include <array>

namespace sekisho::html {

namespace {

using Names = std::string_view;

// Sorted, so that they can be searched.
constexpr std::array kept{
    Names("a"),       Names("abbr"),   Names("acronym"), Names("address"),    Names("area"),       Names("article"),
    Names("aside"),   Names("b"),      Names("bdi"),     Names("big"),        Names("blockquote"), Names("br"),
    Names("caption"), Names("center"), Names("cite"),    Names("code"),       Names("col"),        Names("colgroup"),
    Names("dd"),      Names("del"),    Names("details"), Names("dfn"),        Names("dir"),        Names("div"),
    Names("dl"),      Names("dt"),     Names("em"),      Names("figcaption"), Names("figure"),     Names("font"),
    Names("footer"),  Names("h1"),     Names("h2"),      Names("h3"),         Names("h4"),         Names("h5"),
    Names("h6"),      Names("header"), Names("hgroup"),  Names("hr"),         Names("i"),          Names("img"),
    Names("ins"),     Names("kbd"),    Names("legend"),  Names("li"),         Names("main"),       Names("map"),
    Names("mark"),    Names("menu"),   Names("nav"),     Names("nobr"),       Names("ol"),         Names("p"),
    Names("pre"),     Names("q"),      Names("rb"),      Names("rp"),         Names("rt"),         Names("rtc"),
    Names("ruby"),    Names("s"),      Names("samp"),    Names("section"),    Names("small"),      Names("span"),
    Names("strike"),  Names("strong"), Names("sub"),     Names("summary"),    Names("sup"),        Names("table"),
    Names("tbody"),   Names("td"),     Names("tfoot"),   Names("th"),         Names("thead"),      Names("time"),
    Names("tr"),      Names("tt"),     Names("u"),       Names("ul"),         Names("var"),        Names("wbr")};
static_assert(std::ranges::is_sorted(kept));

constexpr std::array active{Names("applet"),   Names("audio"), Names("button"),   Names("embed"),  Names("fieldset"),
                            Names("form"),     Names("frame"), Names("frameset"), Names("input"),  Names("isindex"),
                            Names("keygen"),   Names("label"), Names("marquee"),  Names("object"), Names("optgroup"),
                            Names("option"),   Names("param"), Names("portal"),   Names("select"), Names("source"),
                            Names("textarea"), Names("track"), Names("video")};
static_assert(std::ranges::is_sorted(active));

constexpr std::array dropped{Names("iframe"), Names("noembed"), Names("noframes"), Names("script"), Names("template")};
constexpr std::array voids{Names("area"), Names("br"), Names("col"), Names("hr"), Names("img"), Names("wbr")};
constexpr std::array formatting{Names("a"),      Names("b"),      Names("big"),  Names("code"), Names("em"),
                                Names("font"),   Names("i"),      Names("nobr"), Names("s"),    Names("small"),
                                Names("strike"), Names("strong"), Names("tt"),   Names("u")};
constexpr std::array blocks{
    Names("address"),    Names("article"), Names("aside"),   Names("blockquote"), Names("caption"), Names("center"),
    Names("dd"),         Names("details"), Names("dir"),     Names("div"),        Names("dl"),      Names("dt"),
    Names("figcaption"), Names("figure"),  Names("footer"),  Names("h1"),         Names("h2"),      Names("h3"),
    Names("h4"),         Names("h5"),      Names("h6"),      Names("header"),     Names("hgroup"),  Names("hr"),
    Names("li"),         Names("main"),    Names("menu"),    Names("nav"),        Names("ol"),      Names("p"),
    Names("pre"),        Names("section"), Names("summary"), Names("table"),      Names("tbody"),   Names("tfoot"),
    Names("thead"),      Names("tr"),      Names("ul")};
static_assert(std::ranges::is_sorted(blocks));

template <std::size_t size> bool has(const std::array<Names, size>& names, Names name) {
    return std::ranges::find(names, name) != names.end();
}
template <std::size_t size> bool has_sorted(const std::array<Names, size>& names, Names name) {
    return std::ranges::binary_search(names, name);
}

struct AttributeRow {
    Names element; // empty: all
    Names name;
    Rule rule;
};

constexpr std::array attributes{
    AttributeRow{"", "id", Rule::name},
    AttributeRow{"", "class", Rule::text},
    AttributeRow{"", "style", Rule::style},
    AttributeRow{"", "title", Rule::text},
    AttributeRow{"", "lang", Rule::name},
    AttributeRow{"", "dir", Rule::direction},
    AttributeRow{"", "align", Rule::name},
    AttributeRow{"", "valign", Rule::name},
    AttributeRow{"", "width", Rule::number},
    AttributeRow{"", "height", Rule::number},
    AttributeRow{"", "bgcolor", Rule::color},
    AttributeRow{"", "color", Rule::color},
    AttributeRow{"", "border", Rule::number},
    AttributeRow{"", "bordercolor", Rule::color},
    AttributeRow{"", "clear", Rule::name},
    AttributeRow{"", "nowrap", Rule::name},
    AttributeRow{"", "noshade", Rule::name},
    AttributeRow{"", "compact", Rule::name},
    AttributeRow{"a", "name", Rule::name},
    AttributeRow{"a", "href", Rule::link},
    AttributeRow{"area", "href", Rule::link},
    AttributeRow{"area", "shape", Rule::name},
    AttributeRow{"area", "coords", Rule::text},
    AttributeRow{"area", "alt", Rule::text},
    AttributeRow{"map", "name", Rule::name},
    AttributeRow{"img", "src", Rule::picture},
    AttributeRow{"img", "alt", Rule::text},
    AttributeRow{"img", "hspace", Rule::number},
    AttributeRow{"img", "vspace", Rule::number},
    AttributeRow{"img", "usemap", Rule::fragment},
    AttributeRow{"font", "face", Rule::text},
    AttributeRow{"font", "size", Rule::text},
    AttributeRow{"hr", "size", Rule::number},
    AttributeRow{"table", "cellpadding", Rule::number},
    AttributeRow{"table", "cellspacing", Rule::number},
    AttributeRow{"table", "summary", Rule::text},
    AttributeRow{"table", "rules", Rule::name},
    AttributeRow{"table", "frame", Rule::name},
    AttributeRow{"td", "colspan", Rule::number},
    AttributeRow{"td", "rowspan", Rule::number},
    AttributeRow{"td", "headers", Rule::text},
    AttributeRow{"td", "abbr", Rule::text},
    AttributeRow{"td", "scope", Rule::name},
    AttributeRow{"th", "colspan", Rule::number},
    AttributeRow{"th", "rowspan", Rule::number},
    AttributeRow{"th", "headers", Rule::text},
    AttributeRow{"th", "abbr", Rule::text},
    AttributeRow{"th", "scope", Rule::name},
    AttributeRow{"col", "span", Rule::number},
    AttributeRow{"colgroup", "span", Rule::number},
    AttributeRow{"ol", "start", Rule::text},
    AttributeRow{"ol", "type", Rule::name},
    AttributeRow{"ol", "reversed", Rule::name},
    AttributeRow{"ul", "type", Rule::name},
    AttributeRow{"li", "type", Rule::name},
    AttributeRow{"li", "value", Rule::text},
    AttributeRow{"time", "datetime", Rule::text},
    AttributeRow{"ins", "datetime", Rule::text},
    AttributeRow{"del", "datetime", Rule::text},
    AttributeRow{"details", "open", Rule::name},
};

bool is_cell(Names name) {
    return name == "td" || name == "th";
}
bool is_rows(Names name) {
    return name == "tbody" || name == "thead" || name == "tfoot";
}

} // namespace

bool is_table_part(std::string_view name) {
    return is_cell(name) || is_rows(name) || name == "tr" || name == "table" || name == "caption" || name == "colgroup";
}

Element element_of(std::string_view name) {
    if (has_sorted(kept, name)) return Element::kept;
    if (name == "html" || name == "head" || name == "body") return Element::head;
    if (has(dropped, name)) return Element::dropped;
    if (has_sorted(active, name)) return Element::active;
    if (name == "svg") return Element::drawing;
    if (name == "math") return Element::foreign;
    if (name == "hta:application") return Element::program;
    return Element::unknown;
}

bool is_void(std::string_view name) {
    return has(voids, name);
}
bool is_block(std::string_view name) {
    return has_sorted(blocks, name);
}
bool is_formatting(std::string_view name) {
    return has(formatting, name);
}

bool ends_before(std::string_view open, std::string_view name) {
    if (open == "p") return is_block(name) && name != "caption";
    if (open == "li") return name == "li";
    if (open == "dt" || open == "dd") return name == "dt" || name == "dd";
    if (open == "rb" || open == "rt" || open == "rtc" || open == "rp")
        return name == "rb" || name == "rt" || name == "rtc" || name == "rp";
    if (open == "a") return name == "a";
    if (is_cell(open)) return is_cell(name) || name == "tr" || is_rows(name);
    if (open == "tr") return name == "tr" || is_rows(name);
    if (is_rows(open) || open == "colgroup" || open == "caption")
        return is_rows(name) || (!is_rows(open) && (name == "tr" || name == "colgroup"));
    return false;
}

bool is_barrier(std::string_view open, std::string_view name) {
    if (open == "table" || is_cell(open) || open == "caption") return open != name;
    if (name == "li") return open == "ul" || open == "ol" || open == "menu" || open == "dir";
    if (name == "dt" || name == "dd") return open == "dl";
    return open == "ruby" && name.starts_with('r');
}

Rule rule_of(std::string_view element, std::string_view attribute) {
    for (const AttributeRow& row : attributes)
        if (row.name == attribute && (row.element.empty() || row.element == element)) return row.rule;
    return Rule::removed;
}

bool is_length(std::string_view value) {
    if (value.empty() || value.size() > 16) return false;
    const std::size_t digits = value.find_first_not_of("0123456789.");
    if (digits == value.npos) return true;
    const std::string_view unit = value.substr(digits);
    return digits > 0 && (unit == "%" || unit == "*" || unit == "px" || unit == "pt" || unit == "em");
}

bool is_color(std::string_view value) {
    if (value.starts_with('#')) value.remove_prefix(1);
    return !value.empty() && value.size() <= 32 && std::ranges::all_of(value, [](char c) {
        const char lower = static_cast<char>(c | 0x20);
        return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z');
    });
}

} // namespace sekisho::html
