#include "sanitizer/formats/jww/layout.h"

#include <charconv>

namespace sekisho::jww {

namespace {

std::size_t take_number(std::string_view& text, std::size_t otherwise) {
    std::size_t value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// From after an opening bracket to its closing one, both taken off.
std::string_view take_inside(std::string_view& text) {
    std::size_t depth = 1, at = 0;
    for (; depth > 0; ++at) depth += (text[at] == '(' || text[at] == '[') - (text[at] == ')' || text[at] == ']');
    const std::string_view inside = text.substr(0, at - 1);
    text.remove_prefix(at);
    return inside;
}

} // namespace

Result<> visit(std::string_view layout, std::uint32_t version, Fields& fields) {
    while (!layout.empty()) {
        if (layout[0] == '[') {
            layout.remove_prefix(1);
            std::string_view inside = take_inside(layout);
            const bool before = inside[0] == '<';
            if (before) inside.remove_prefix(1);
            const std::size_t since = take_number(inside, 0);
            if ((version < since) == before) TRY(visit(inside.substr(1), version, fields));
            continue;
        }
        const std::size_t times = take_number(layout, 1);
        const char kind = layout[0];
        layout.remove_prefix(1);
        const std::string_view inside = kind == '(' ? take_inside(layout) : std::string_view();
        for (std::size_t i = 0; i < times; ++i) {
            if (kind == '(')
                TRY(visit(inside, version, fields));
            else if (kind == 'd')
                TRY(fields.number());
            else if (kind == 'f')
                TRY(fields.real());
            else
                TRY(fields.text());
        }
    }
    return {};
}

} // namespace sekisho::jww
