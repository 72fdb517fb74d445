#include <algorithm>
#include <new>
#include <string>
#include <unordered_set>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t longest_address = 2048;

bool in(std::string_view set, char c) {
    return set.find(c) != set.npos;
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return made;
}

bool leads_to_web(std::string_view address) {
    const std::string text = lower(address.substr(0, 16));
    for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"})
        if (text.starts_with(scheme) && address.size() > scheme.size()) return true;
    return false;
}

// `inner`: between "<" and ">".
bool tag_allowed(std::string_view inner) {
    static const std::unordered_set<std::string_view> names{
        "b",      "blockquote", "br",      "center", "code",  "del",   "details", "div", "em",    "h1", "h2",    "h3",
        "h4",     "hr",         "i",       "ins",    "kbd",   "li",    "ol",      "p",   "pre",   "s",  "small", "span",
        "strong", "sub",        "summary", "sup",    "table", "tbody", "td",      "th",  "thead", "tr", "u",     "ul"};
    if (inner.starts_with('/')) inner.remove_prefix(1);
    if (inner.ends_with('/')) inner.remove_suffix(1);
    if (inner.ends_with(' ')) inner.remove_suffix(1);
    return names.contains(lower(inner));
}

bool angle_allowed(std::string_view rest) {
    if (rest.size() < 2 || !(is_letter(rest[1]) || in("/!?", rest[1]))) return true;
    const std::size_t end = rest.substr(0, longest_address + 2).find('>');
    if (end == rest.npos) return false;
    const std::string_view inner = rest.substr(1, end - 1);
    return tag_allowed(inner) || (leads_to_web(inner) && inner.find_first_of("< \t\r\n\f\"'`\\") == inner.npos);
}

// What stands behind "](" or "]:".
bool address_allowed(std::string_view text, bool only_own) {
    text = text.substr(0, longest_address);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f<"), text.size()));
    const std::size_t end = text.find_first_of(" \t\r\n\f)>");
    if (end == text.npos && text.size() > longest_address - 64) return false;
    text = text.substr(0, end);
    if (leads_to_web(text)) return !only_own && text.find_first_of("\\<>") == text.npos;
    if (text.empty() || text[0] == '#') return !only_own || !text.empty();
    return text[0] != '/' && text.find_first_of(":\\&<>") == text.npos;
}

bool picture_allowed(std::string_view rest) {
    const std::size_t close = rest.substr(0, longest_address).find_first_of("]\r\n", 2);
    return close != rest.npos && rest.substr(close).starts_with("](") && address_allowed(rest.substr(close + 2), true);
}

bool allowed(std::string_view text) {
    for (std::size_t at = text.find_first_of("<]!"); at != text.npos; at = text.find_first_of("<]!", at + 1)) {
        const std::string_view rest = text.substr(at);
        if (rest[0] == '<' && !angle_allowed(rest)) return false;
        if (rest.starts_with("](") || rest.starts_with("]:"))
            if (!address_allowed(rest.substr(2), false)) return false;
        if (rest.starts_with("![") && !picture_allowed(rest)) return false;
    }
    return true;
}

} // namespace

Result<> markdown(const Source& source, const Limits& limits) try {
    TRY(text(source, limits));
    if (!allowed(as_text(TRY(source.whole(limits.bytes_out))))) return refuse(Reason::verify_markdown);
    return {};
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
