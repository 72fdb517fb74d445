#include "sanitizer/formats/pdf_draw/characters.h"

#include <cstdint>

#include <glib.h>

namespace sekisho::pdf::drawing {

namespace {

// Unicode 15, general categories Cc, Cf (those that turn or hide text), Cs, Co and noncharacters.
bool is_plain(gunichar character) {
    if (character == '\n' || character == '\t') return true;
    switch (g_unichar_type(character)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
        return false;
    case G_UNICODE_FORMAT:
        return character == 0x200C || character == 0x200D; // joiners, which some scripts need
    default:
        return true;
    }
}

} // namespace

void append_plain(std::string& out, std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    while (!text.empty()) {
        const gunichar character = g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        if (character >= 0x80000000U) { // -1 and -2: damaged, incomplete
            out += replacement;
            text.remove_prefix(1);
            continue;
        }
        const auto length = static_cast<std::size_t>(g_unichar_to_utf8(character, nullptr));
        if (character == '\r' || character == '\f' || character == '\v') {
            if (character != '\r' || text.substr(1, 1) != "\n") out += '\n';
        } else if (is_plain(character)) {
            out += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
}

} // namespace sekisho::pdf::drawing
