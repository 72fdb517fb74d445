#include "gateway/ledger/names.h"

#include <algorithm>
#include <array>

#include "base/text/utf8.h"

namespace sekisho::ledger {

namespace {

// Unicode's formatting, direction and line characters, private use and noncharacters: invisible or misleading in a
// line.
bool is_invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xE000 && c <= 0xF8FF) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFF) || c >= 0xE0000;
}

} // namespace

std::string cleaned_text(std::string_view text, std::size_t most) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const std::string_view sequence = text.substr(0, std::max<std::size_t>(length, 1));
        text.remove_prefix(sequence.size());
        if (sequence == "\n" || (length > 0 && is_invisible(utf8_character(sequence))))
            out += ' ';
        else if (length > 0)
            out += sequence;
        else
            out += '?';
    }
    return std::string(utf8_prefix(out, most));
}

bool is_zone_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, allowed);
}

Result<> check_person(const Person& person) {
    const auto plain = [](const std::string& text) {
        return is_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    };
    if (person.account.empty() || person.person.empty() || !plain(person.account) || !plain(person.person) ||
        !plain(person.display) || !std::ranges::all_of(person.groups, plain))
        return reject("person.invalid", "the person is not described as it must be");
    return {};
}

} // namespace sekisho::ledger
