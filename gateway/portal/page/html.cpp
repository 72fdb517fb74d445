#include "gateway/portal/page/html.h"

#include "base/text/utf8.h"

namespace sekisho::portal {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

// Characters that show nothing and change how the text around them is shown.
bool misleads(char32_t c) {
    if (c < 0x20) return c != '\t' && c != '\n';
    if (c >= 0x7F && c <= 0x9F) return true;
    const bool bidirectional = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return bidirectional || c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
}

std::string_view reference_of(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

} // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
        const std::string_view reference = reference_of(sequence.front());
        if (!reference.empty())
            out += reference;
        else if (length == 0 || misleads(utf8_character(sequence)))
            out += replacement;
        else
            out += sequence;
        text.remove_prefix(sequence.size());
    }
    return out;
}

} // namespace sekisho::portal
