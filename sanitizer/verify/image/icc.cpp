#include "sanitizer/verify/image/icc.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

namespace {

// ICC.1:2022 section 7.2; the size, the version and the colour space are filled in.
constexpr std::string_view header_until_size("\0\0\0\0", 4);
constexpr std::string_view version_2("\x02\x10\x00\x00", 4);
constexpr std::string_view version_4("\x04\x20\x00\x00", 4);
constexpr std::string_view date("\x07\xD0\0\1\0\1\0\0\0\0\0\0", 12);
constexpr std::string_view illuminant("\x00\x00\xF6\xD6\x00\x01\x00\x00\x00\x00\xD3\x2D", 12);

constexpr std::string_view text_copyright("text\0\0\0\0No copyright\0", 21);
constexpr std::string_view localized_copyright("mluc\0\0\0\0\0\0\0\1\0\0\0\x0C"
                                               "enUS\0\0\0\x18\0\0\0\x1C"
                                               "\0N\0o\0 \0c\0o\0p\0y\0r\0i\0g\0h\0t",
                                               52);
constexpr std::string_view localized_description("mluc\0\0\0\0\0\0\0\1\0\0\0\x0C"
                                                 "enUS\0\0\0\x1C\0\0\0\x1C"
                                                 "\0C\0o\0l\0o\0u\0r\0 \0p\0r\0o\0f\0i\0l\0e",
                                                 56);
constexpr std::string_view text_description("desc\0\0\0\0\0\0\0\x0F"
                                            "Colour profile\0",
                                            27);
constexpr std::size_t text_description_zeros = 78; // Unicode and Macintosh parts, empty

bool only_zeros(View view) {
    return std::ranges::all_of(view, [](std::uint8_t byte) { return byte == 0; });
}

bool is_curve(View content, bool modern) {
    ByteReader reader(content);
    const auto type = reader.bytes(8);
    if (!type) return false;
    if (as_text(*type) == std::string_view("para\0\0\0\0", 8)) {
        constexpr std::array<std::size_t, 5> parameters = {1, 3, 4, 5, 7};
        const auto function = reader.u16be();
        const auto reserved = reader.u16be();
        return modern && function && reserved && *reserved == 0 && *function < parameters.size() &&
               reader.remaining() == 4 * parameters[*function];
    }
    const auto count = reader.u32be();
    return as_text(*type) == std::string_view("curv\0\0\0\0", 8) && count && *count >= 1 && *count <= 4096 &&
           reader.remaining() == 2 * std::size_t{*count};
}

bool is_numbers(View content, std::string_view type, std::size_t count) {
    return content.size() == 8 + 4 * count && starts_with(content, type) && only_zeros(content.subspan(4, 4));
}

bool is_description(View content, bool modern) {
    if (modern) return as_text(content) == localized_description;
    return starts_with(content, text_description) &&
           content.size() == text_description.size() + text_description_zeros &&
           only_zeros(content.subspan(text_description.size()));
}

bool is_right(std::string_view tag, View content, bool modern) {
    if (tag == "desc") return is_description(content, modern);
    if (tag == "cprt") return as_text(content) == (modern ? localized_copyright : text_copyright);
    if (tag == "wtpt" || tag.ends_with("XYZ")) return is_numbers(content, "XYZ ", 3);
    if (tag == "chad") return is_numbers(content, "sf32", 9);
    return is_curve(content, modern);
}

bool is_header(View profile, bool modern, unsigned components) {
    ByteReader size(profile);
    return *size.u32be() == profile.size() && as_text(profile.subspan(4, 4)) == header_until_size &&
           as_text(profile.subspan(8, 4)) == (modern ? version_4 : version_2) &&
           as_text(profile.subspan(12, 12)) == (components == 1 ? "mntrGRAYXYZ " : "mntrRGB XYZ ") &&
           as_text(profile.subspan(24, 12)) == date && as_text(profile.subspan(36, 4)) == "acsp" &&
           only_zeros(profile.subspan(40, 28)) && as_text(profile.subspan(68, 12)) == illuminant &&
           only_zeros(profile.subspan(80, 48));
}

// Tags in one fixed order, without gaps or sharing.
bool are_tags(View profile, bool modern, unsigned components) {
    constexpr std::array<std::string_view, 10> coloured = {"desc", "cprt", "wtpt", "chad", "rXYZ",
                                                           "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
    constexpr std::array<std::string_view, 5> grey = {"desc", "cprt", "wtpt", "chad", "kTRC"};
    const std::span<const std::string_view> names =
        components == 1 ? std::span<const std::string_view>(grey) : std::span<const std::string_view>(coloured);
    ByteReader reader(profile.subspan(128));
    const std::uint32_t count = *reader.u32be();
    const bool adapted = count == names.size();
    if (!adapted && count + 1 != names.size()) return false;
    std::size_t expected = 132 + 12 * std::size_t{count};
    for (const std::string_view name : names) {
        if (name == "chad" && !adapted) continue;
        const auto signature = reader.bytes(4);
        const auto offset = reader.u32be();
        const auto size = reader.u32be();
        if (!size || as_text(*signature) != name || *offset != expected) return false;
        const std::size_t padded = (std::size_t{*size} + 3) / 4 * 4;
        if (expected > profile.size() || padded > profile.size() - expected) return false;
        if (!is_right(name, profile.subspan(expected, *size), modern)) return false;
        if (!only_zeros(profile.subspan(expected + *size, padded - *size))) return false;
        expected += padded;
    }
    return expected == profile.size();
}

} // namespace

Result<> check_icc(View profile, unsigned components) {
    const bool sized = profile.size() >= 132 && profile.size() <= largest_icc && (components == 1 || components == 3);
    if (!sized) return refuse(Reason::verify_icc);
    const bool modern = profile[8] == 4;
    if (!is_header(profile, modern, components) || !are_tags(profile, modern, components))
        return refuse(Reason::verify_icc);
    return {};
}

} // namespace sekisho::verify
