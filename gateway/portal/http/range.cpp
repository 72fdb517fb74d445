#include "gateway/portal/http/range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace sekisho::portal {

namespace {

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

} // namespace

Result<Range> range_of(std::string_view header, std::uint64_t size) {
    const Range whole{0, size, false};
    constexpr std::string_view unit = "bytes=";
    if (!header.starts_with(unit)) return whole;
    header.remove_prefix(unit.size());
    const std::size_t dash = header.find('-');
    if (dash == std::string_view::npos || header.find(',') != std::string_view::npos) return whole;
    const auto outside = [&] {
        return reject("http.range", fmt::format("The file has {} bytes; the range lies outside", size), {},
                      "Ask for another range");
    };
    const auto first = number_of(header.substr(0, dash));
    const auto last = number_of(header.substr(dash + 1));
    if (dash == 0) { // the last N bytes
        if (!last) return whole;
        if (*last == 0 || size == 0) return outside();
        const std::uint64_t count = std::min(*last, size);
        return Range{size - count, count, true};
    }
    if (!first || (dash + 1 < header.size() && !last)) return whole;
    if (*first >= size || (last && *last < *first)) return outside();
    const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return Range{*first, end - *first + 1, true};
}

} // namespace sekisho::portal
