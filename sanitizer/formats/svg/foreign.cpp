#include "sanitizer/formats/svg/foreign.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "sanitizer/formats/svg/style.h"

namespace sekisho::svg {

namespace {

constexpr double line_height = 1.2; // of the font size
constexpr std::size_t most_lines = 1000;

// "12", "12px"; 0 for anything else (a share of something that is not known here).
double length_of(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc() || !(unit.empty() || unit == "px" || unit == "pt")) return 0;
    return std::clamp(value, -1e6, 1e6);
}

std::string_view value_of(const Attributes& attributes, std::string_view name) {
    for (const auto& [key, value] : attributes)
        if (key == name) return value;
    return {};
}

bool breaks_line(std::string_view name) {
    constexpr auto blocks = std::to_array<std::string_view>({"br", "div", "dd", "dt", "h1", "h2", "h3", "h4", "h5",
                                                             "h6", "hr", "li", "ol", "p", "pre", "table", "tr", "ul"});
    return std::ranges::find(blocks, name) != blocks.end();
}

bool is_wide(unsigned char lead) {
    return lead >= 0xE1; // Kana, Kanji and beyond, in UTF-8
}

bool is_blank(const std::string& line) {
    return line.find_first_not_of(" \t\n") == line.npos;
}

} // namespace

Foreign::Foreign(const Attributes& box, const Backgrounds& backgrounds)
    : m_backgrounds(&backgrounds), m_x(length_of(value_of(box, "x"))), m_y(length_of(value_of(box, "y"))),
      m_width(length_of(value_of(box, "width"))), m_height(length_of(value_of(box, "height"))) {}

void Foreign::read_style(std::string_view text) {
    StyleLoss loss;
    const std::string declarations = clean_declarations(text, loss);
    if (const std::string_view colour = background_in(declarations); !colour.empty()) m_background = colour;
    std::string_view rest(declarations);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(';'), rest.size());
        const std::string_view one = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t colon = one.find(':');
        if (colon == one.npos) continue;
        const std::string_view name = one.substr(0, colon);
        const std::string_view value = one.substr(colon + 1);
        if (name == "text-align") m_centred = value == "center";
        if (name == "white-space") m_wraps = value != "nowrap";
        if (name == "font-size" && length_of(value) > 0) m_font_size = length_of(value);
        if (name == "color") m_colour = value;
        if (name == "font-family") m_font = value;
        if (name == "font-weight") m_weight = value;
        // Boxes of nothing that are moved by their edges (draw.io).
        if (name == "margin-left" && m_width == 0) m_x += length_of(value);
        if (name == "padding-top" && m_height == 0) m_y += length_of(value);
    }
}

void Foreign::start(std::string_view name, const Attributes& attributes) {
    if (m_hidden > 0 || name == "script" || name == "style") {
        ++m_hidden;
        return;
    }
    if (const auto colour = m_backgrounds->of(value_of(attributes, "class")); !colour.empty()) m_background = colour;
    read_style(value_of(attributes, "style"));
    if (breaks_line(name) && !is_blank(m_lines.back()) && m_lines.size() < most_lines) m_lines.emplace_back();
}

void Foreign::end(std::string_view name) {
    if (m_hidden > 0) {
        --m_hidden;
        return;
    }
    if (breaks_line(name) && !is_blank(m_lines.back()) && m_lines.size() < most_lines) m_lines.emplace_back();
}

void Foreign::characters(std::string_view text) {
    if (m_hidden > 0) return;
    for (char c : text) {
        if (c == '\n' || c == '\t' || c == '\r') c = ' ';
        if (c == ' ' && (m_lines.back().empty() || m_lines.back().back() == ' ')) continue;
        m_lines.back() += c;
    }
}

std::vector<std::string> Foreign::lines() const {
    std::vector<std::string> kept;
    for (std::string line : m_lines) {
        while (line.ends_with(' ')) line.pop_back();
        if (!line.empty()) kept.push_back(std::move(line));
    }
    return kept;
}

// By the usual widths of letters: a font's own are not known here.
std::vector<std::string> Foreign::wrapped(double size) const {
    std::vector<std::string> out;
    for (const std::string& line : lines()) {
        std::string part;
        double width = 0;
        for (std::size_t at = 0; at < line.size();) {
            const auto lead = static_cast<unsigned char>(line[at]);
            const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            const double advance = is_wide(lead) ? size : 0.55 * size;
            const bool full = m_wraps && m_width > 2 * size && width + advance > 1.1 * m_width;
            if (full && out.size() < most_lines) {
                out.push_back(std::exchange(part, {}));
                width = 0;
            }
            part += line.substr(at, bytes);
            width += advance;
            at += bytes;
        }
        out.push_back(std::move(part));
    }
    return out;
}

void write_lines(Output& out, const std::vector<std::string>& lines, double x, double y, double size) {
    const double first = y - (static_cast<double>(lines.size()) - 1) / 2 * line_height * size;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out.start("tspan");
        out.attribute("x", fmt::format("{:.2f}", x));
        out.attribute("y", fmt::format("{:.2f}", first + static_cast<double>(i) * line_height * size));
        out.characters(lines[i]);
        out.end("tspan");
    }
}

void Foreign::write_background(Output& out) const {
    out.start("rect");
    out.attribute("x", fmt::format("{:.2f}", m_x));
    out.attribute("y", fmt::format("{:.2f}", m_y));
    out.attribute("width", fmt::format("{:.2f}", m_width));
    out.attribute("height", fmt::format("{:.2f}", m_height));
    // As a style: rules that the drawing has for rectangles of its own must not reach it.
    out.attribute("style", "fill:" + m_background + ";stroke:none;opacity:1");
    out.end("rect");
    out.line();
}

void Foreign::write(Output& out) const {
    const auto count = static_cast<double>(lines().size());
    if (count == 0) return;
    constexpr double usual_line = 1.5; // of the font size, in the drawings that page markup is found in
    const double size = m_font_size > 0 ? m_font_size
                        : m_height > 0  ? std::clamp(m_height / count / usual_line, 6.0, 24.0)
                                        : 12.0;
    const bool centred = m_centred || !m_wraps;
    const double x = m_x + (centred ? m_width / 2 : 0);
    constexpr double below_middle = 0.35; // of the font size: from the middle of a line to its base
    if (!m_background.empty() && m_width > 0 && m_height > 0) write_background(out);
    out.start("text");
    out.attribute("font-size", fmt::format("{:.2f}", size));
    out.attribute("text-anchor", centred ? "middle" : "start");
    out.attribute("fill", m_colour.empty() ? "#000000" : m_colour);
    out.attribute("stroke", "none");
    if (!m_font.empty()) out.attribute("font-family", m_font);
    if (!m_weight.empty()) out.attribute("font-weight", m_weight);
    write_lines(out, wrapped(size), x, m_y + m_height / 2 + below_middle * size, size);
    out.end("text");
    out.line();
}

} // namespace sekisho::svg
