#include "policy/language/source.h"

#include <algorithm>

#include "policy/language/unicode.h"

namespace sekisho::policy {

Source::Source(std::string_view name, std::string_view text, std::uint16_t file)
    : m_name(visible(name)), m_file(file), m_text(text) {
    m_text = m_text.substr(0, source_bytes_max);
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // Notepad writes one
    std::size_t begin = m_text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    while (true) {
        m_lines.push_back(static_cast<std::uint32_t>(begin));
        const std::size_t end = m_text.find('\n', begin);
        if (end == std::string_view::npos) return;
        begin = end + 1;
    }
}

std::uint32_t Source::line_begin(std::uint32_t number) const {
    const std::size_t index = std::clamp<std::size_t>(number, 1, m_lines.size()) - 1;
    return m_lines[index];
}

std::string_view Source::line(std::uint32_t number) const {
    std::string_view line = m_text.substr(line_begin(number));
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::uint32_t Source::line_of(std::uint32_t offset) const {
    const auto after = std::upper_bound(m_lines.begin(), m_lines.end(), offset);
    return after == m_lines.begin() ? 1 : static_cast<std::uint32_t>(after - m_lines.begin());
}

Position Source::position(std::uint32_t offset) const {
    const std::uint32_t number = line_of(offset);
    const std::size_t wanted = offset - std::min(offset, line_begin(number));
    const std::string_view text = line(number);
    std::uint32_t cell = 0;
    for (std::size_t at = 0; at < std::min(wanted, text.size());) {
        const Character character = character_at(text, at);
        cell += character.code == U'\t' ? tab_cells - cell % tab_cells : cells_of(character.code);
        at += character.size;
    }
    return {number, cell + 1};
}

} // namespace sekisho::policy
