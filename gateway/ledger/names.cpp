#include "gateway/ledger/names.h"

#include <algorithm>
#include <array>

#include "base/text/utf8.h"

namespace sekisho::ledger {

namespace {

// Unicode's formatting, direction and line characters, private use and noncharacters: invisible or misleading in a
// name.
bool is_invisible(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x061C || c == 0x180E ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           (c >= 0xE000 && c <= 0xF8FF) || c == 0xFEFF || (c >= 0xFFF0 && c <= 0xFFFF) || c >= 0xE0000;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_device_name(std::string_view name) {
    const std::string stem = lowered(name.substr(0, name.find('.')));
    constexpr std::array<std::string_view, 4> plain{"con", "prn", "aux", "nul"};
    if (std::ranges::find(plain, stem) != plain.end()) return true;
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

// Position of the dot before a short extension; npos if there is none.
std::size_t extension_dot(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == 0 || dot == std::string_view::npos || name.size() - dot > 12 ? std::string_view::npos : dot;
}

std::string shortened(std::string_view name) {
    if (name.size() <= longest_name) return std::string(name);
    const std::size_t dot = extension_dot(name);
    const std::string_view extension = dot == std::string_view::npos ? "" : name.substr(dot);
    return std::string(utf8_prefix(name, longest_name - extension.size())) + std::string(extension);
}

} // namespace

std::string cleaned_name(std::string_view name) {
    if (const std::size_t slash = name.find_last_of("/\\"); slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    std::string out;
    while (!name.empty()) {
        const std::size_t length = utf8_length(name);
        const std::string_view sequence = name.substr(0, std::max<std::size_t>(length, 1));
        name.remove_prefix(sequence.size());
        if (length == 0 || std::string_view("<>:\"|?*").find(sequence) != std::string_view::npos)
            out += '_';
        else if (!is_invisible(utf8_character(sequence)))
            out += sequence;
    }
    const std::size_t first = out.find_first_not_of(" .");
    if (first == std::string::npos) return "file";
    out = out.substr(first, out.find_last_not_of(" .") - first + 1);
    if (is_device_name(out)) out.insert(0, "_");
    return shortened(out);
}

std::string name_as(std::string_view name, Type type) {
    const std::string_view extension = row_of(type).extension;
    if (extension.empty()) return std::string(name);
    const std::size_t dot = extension_dot(name);
    const std::string stem(name.substr(0, dot));
    if (dot != std::string_view::npos && lowered(name.substr(dot + 1)) == extension) return std::string(name);
    return stem + "." + std::string(extension);
}

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
