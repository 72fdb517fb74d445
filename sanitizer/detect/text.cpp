#include <algorithm>

#include "sanitizer/detect/rules.h"

namespace sekisho::detection {

namespace {

bool is_control(std::uint8_t c) {
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v' && c != 0x1b && c != 0x1a;
}

bool between(std::uint8_t c, unsigned low, unsigned high) {
    return c >= low && c <= high;
}

// How many bytes the character at `at` has; 0 if none can start so or it goes on wrongly. A character cut off by the
// end of the piece counts as whole.
using Step = std::size_t (*)(View view, std::size_t at);

std::size_t utf8_step(View view, std::size_t at) {
    const std::uint8_t c = view[at];
    if (c < 0x80) return 1;
    const std::size_t size = between(c, 0xc2, 0xdf) ? 2 : between(c, 0xe0, 0xef) ? 3 : between(c, 0xf0, 0xf4) ? 4 : 0;
    for (std::size_t i = 1; i < size && at + i < view.size(); ++i)
        if (!between(view[at + i], 0x80, 0xbf)) return 0;
    return size;
}

std::size_t cp932_step(View view, std::size_t at) {
    const std::uint8_t c = view[at];
    if (c < 0x80 || between(c, 0xa1, 0xdf)) return 1;
    if (!between(c, 0x81, 0x9f) && !between(c, 0xe0, 0xfc)) return 0;
    if (at + 1 == view.size()) return 2;
    const std::uint8_t next = view[at + 1];
    return between(next, 0x40, 0x7e) || between(next, 0x80, 0xfc) ? 2 : 0;
}

std::size_t euc_step(View view, std::size_t at) {
    const std::uint8_t c = view[at];
    if (c < 0x80) return 1;
    const std::size_t size = c == 0x8f ? 3 : c == 0x8e || between(c, 0xa1, 0xfe) ? 2 : 0;
    for (std::size_t i = 1; i < size && at + i < view.size(); ++i)
        if (!between(view[at + i], 0xa1, 0xfe)) return 0;
    return size;
}

bool walks(View view, Step step) {
    for (std::size_t at = 0; at < view.size();) {
        const std::size_t size = step(view, at);
        if (size == 0) return false;
        at += size;
    }
    return true;
}

bool has_utf16_mark(View view) {
    return starts_with(view, "\xff\xfe") || starts_with(view, "\xfe\xff");
}

bool is_utf16(const Ends& ends) {
    if (!has_utf16_mark(ends.first) || ends.size % 2 != 0) return false;
    const bool little = ends.first[0] == 0xff;
    for (std::size_t i = 2; i + 1 < ends.first.size(); i += 2) {
        const std::uint8_t high = ends.first[little ? i + 1 : i], low = ends.first[little ? i : i + 1];
        if (high == 0 && (low == 0 || is_control(low))) return false;
    }
    return true;
}

// From the first line end on: there every encoding but UTF-16 is in its initial state.
View from_line_start(View view) {
    const auto line = std::ranges::find(view, std::uint8_t{'\n'});
    return view.subspan(static_cast<std::size_t>(line - view.begin()));
}

} // namespace

bool looks_like_text(const Ends& ends) {
    if (has_utf16_mark(ends.first)) return is_utf16(ends);
    const View first = ends.first;
    const View last = ends.size > piece_size ? from_line_start(ends.last) : View();
    if (std::ranges::any_of(first, is_control) || std::ranges::any_of(last, is_control)) return false;
    return std::ranges::any_of(std::initializer_list<Step>{utf8_step, cp932_step, euc_step},
                               [&](Step step) { return walks(first, step) && walks(last, step); });
}

bool has_no_control(const Ends& ends) {
    return std::ranges::none_of(ends.first, is_control) && std::ranges::none_of(ends.last, is_control);
}

std::string shape_of(const Ends& ends) {
    constexpr std::size_t longest = 8192;
    View view = ends.first;
    std::string shape;
    const auto append = [&](std::uint8_t c) {
        shape += c >= 0x80 ? '?' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
    };
    if (has_utf16_mark(view)) {
        const std::size_t low = view[0] == 0xff ? 0 : 1;
        for (std::size_t i = 2; i + 1 < view.size() && shape.size() < longest; i += 2)
            append(view[i + 1 - low] == 0 ? view[i + low] : 0xff);
    } else {
        if (starts_with(view, "\xef\xbb\xbf")) view = view.subspan(3);
        for (const std::uint8_t c : view.first(std::min(view.size(), longest))) append(c);
    }
    const std::size_t start = shape.find_first_not_of(" \t\r\n\v\f");
    return start == shape.npos ? std::string() : shape.substr(start);
}

} // namespace sekisho::detection
