#include "sanitizer/verify/ooxml/judge.h"

#include <array>
#include <string>

namespace sekisho::verify {

namespace {

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == text.npos;
}

} // namespace

bool address_is_allowed(std::string_view address) {
    constexpr std::size_t longest = 32U << 10;
    if (address.size() > longest) return false;
    for (const char c : address)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
    if (address.starts_with('#')) return true;
    const std::string start = lower(address.substr(0, 8));
    for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"})
        if (start.starts_with(scheme) && address.size() > scheme.size()) return true;
    return false;
}

bool style_is_plain(std::string_view style) {
    for (const char c : style) {
        const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool sign = std::string_view(" :;.,%#'\"_-+\r\n\t").find(c) != std::string_view::npos;
        if (!word && !sign && static_cast<unsigned char>(c) < 0x80) return false;
    }
    return true;
}

bool action_is_allowed(std::string_view action) {
    constexpr std::string_view jump = "ppaction://hlinkshowjump?jump=", show = "ppaction://customshow?id=";
    constexpr std::array<std::string_view, 6> jumps = {"nextslide", "previousslide", "firstslide",
                                                       "lastslide", "endshow",       "lastslideviewed"};
    if (action.empty() || action == "ppaction://noaction" || action == "ppaction://hlinksldjump") return true;
    if (action.starts_with(jump)) {
        const std::string to = lower(action.substr(jump.size()));
        for (const std::string_view known : jumps)
            if (to == known) return true;
        return false;
    }
    if (!action.starts_with(show)) return false;
    std::string_view number = action.substr(show.size());
    for (const std::string_view end : {"&return=true", "&return=false"})
        if (number.ends_with(end)) number.remove_suffix(end.size());
    return is_number(number);
}

bool statement_is_plain(std::string_view statement) {
    constexpr auto programs =
        std::to_array<std::string_view>({"Microsoft Office Word", "Microsoft Word", "Microsoft Excel",
                                         "Microsoft Office PowerPoint", "Microsoft PowerPoint"});
    for (const std::string_view program : programs)
        if (statement == program) return true;
    return statement.size() < 10 && statement.find_first_not_of("0123456789.") == statement.npos;
}

bool name_runs(std::string_view name) {
    std::string plain = lower(name);
    if (plain.starts_with("_xlnm.")) plain.erase(0, 6);
    if (plain.starts_with("excel_builtin_")) plain.erase(0, 14);
    for (const std::string_view start : {"auto_open", "auto_close", "auto_activate", "auto_deactivate"})
        if (plain.starts_with(start)) return true;
    return false;
}

} // namespace sekisho::verify
