// The text of a foreignObject: page markup has no place in a drawing, its words have.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sanitizer/formats/svg/backgrounds.h"
#include "sanitizer/formats/svg/output.h"

namespace sekisho::svg {

using Attributes = std::vector<std::pair<std::string, std::string>>; // local names

class Foreign {
public:
    // `backgrounds` must outlive it.
    Foreign(const Attributes& box, const Backgrounds& backgrounds);
    void start(std::string_view name, const Attributes& attributes);
    void end(std::string_view name);
    void characters(std::string_view text);

    // Without empty ones at both ends.
    std::vector<std::string> lines() const;
    // As text of the drawing, set as the page would have set it, roughly.
    void write(Output& out) const;

private:
    void read_style(std::string_view declarations);
    void write_background(Output& out) const;
    std::vector<std::string> wrapped(double size) const;

    const Backgrounds* m_backgrounds;
    double m_x = 0, m_y = 0, m_width = 0, m_height = 0;
    bool m_centred = false;
    bool m_wraps = true;
    double m_font_size = 0; // 0: not said
    std::string m_colour;
    std::string m_background; // of the innermost element that has one
    std::string m_font;
    std::string m_weight;
    unsigned m_hidden = 0; // depth inside of script or style
    std::vector<std::string> m_lines{std::string()};
};

// Lines as parts of a text element that has been started, around the height `y`.
void write_lines(Output& out, const std::vector<std::string>& lines, double x, double y, double size);

} // namespace sekisho::svg
