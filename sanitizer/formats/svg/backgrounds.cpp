#include "sanitizer/formats/svg/backgrounds.h"

#include <algorithm>

namespace sekisho::svg {

namespace {

std::string_view take_until(std::string_view& text, std::string_view stops) {
    const std::size_t end = std::min(text.find_first_of(stops), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

// Words would be the long form of the property, of which a colour is but one part.
bool is_colour(std::string_view value) {
    const std::size_t blank = value.find(' '), bracket = value.find('(');
    const bool one_word = blank == value.npos || bracket < blank;
    return one_word && !value.starts_with("url") && value != "none" && value != "transparent" && value != "inherit" &&
           value.find("gradient") == value.npos && value.find("var(") == value.npos &&
           value.find("light-dark(") == value.npos && value.find('!') == value.npos;
}

// "#drawing .name": the name, if nothing but identifiers stands before it.
std::string_view class_of(std::string_view selector) {
    std::string_view last;
    while (!selector.empty()) {
        const std::string_view part = take_until(selector, " \t\n\r");
        if (part.empty()) continue;
        if (!last.empty()) return {};
        if (part.starts_with('.'))
            last = part.substr(1);
        else if (!part.starts_with('#'))
            return {};
    }
    return last.find_first_of(".:#>+~[*") == last.npos ? last : std::string_view();
}

} // namespace

std::string_view background_in(std::string_view declarations) {
    std::string_view colour;
    while (!declarations.empty()) {
        std::string_view value = take_until(declarations, ";");
        const std::string_view name = take_until(value, ":");
        if ((name == "background" || name == "background-color") && is_colour(value)) colour = value;
    }
    return colour;
}

void Backgrounds::add_sheet(std::string_view sheet) {
    constexpr std::size_t most = 1000;
    while (!sheet.empty()) {
        std::string_view selectors = take_until(sheet, "{");
        const std::string_view colour = background_in(take_until(sheet, "}"));
        while (!colour.empty() && !selectors.empty() && m_colours.size() < most) {
            const std::string_view name = class_of(take_until(selectors, ","));
            if (!name.empty()) m_colours.insert_or_assign(std::string(name), std::string(colour));
        }
    }
}

std::string_view Backgrounds::of(std::string_view classes) const {
    std::string_view colour;
    while (!classes.empty()) {
        const auto found = m_colours.find(take_until(classes, " \t\n\r"));
        if (found != m_colours.end()) colour = found->second;
    }
    return colour;
}

} // namespace sekisho::svg
