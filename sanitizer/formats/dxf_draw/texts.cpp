// Words. How wide their font makes them is counted in cells: the pages' font has one width.
#include <algorithm>

#include "sanitizer/formats/dxf/words.h"
#include "sanitizer/formats/dxf_draw/painter.h"
#include "sanitizer/formats/dxf_draw/words.h"

namespace sekisho::dxf {

namespace {

using cad::Point;

// The height of a DXF text is that of a capital letter; of a square that a kanji fills, that is so much in the pages'
// font. Fonts drawn with a pen make a kanji hardly higher than a capital letter.
constexpr double capital = 0.733, kanji = 0.9, below = 0.12;
constexpr double line_distance = 5.0 / 3; // of MTEXT, times the height of a text
constexpr std::size_t most_lines = 2000;

bool has_wide(std::string_view utf8) {
    const auto letters =
        std::ranges::count_if(utf8, [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0) != 0x80; });
    return cad::cells_of(utf8) > static_cast<std::size_t>(letters);
}

double square_of(double height, const Style& style, std::string_view utf8) {
    return height / (style.outlines || !has_wide(utf8) ? capital : kanji);
}

// Bytes of the character at the beginning.
std::size_t character(std::string_view utf8) {
    std::size_t length = 1;
    while (length < utf8.size() && (static_cast<std::uint8_t>(utf8[length]) & 0xC0) == 0x80) ++length;
    return length;
}

// What fits into so many cells, at least one character; broken after a blank where there is one.
std::string_view row_of(std::string_view text, double cells) {
    std::size_t end = 0, blank = 0;
    double used = 0;
    while (end < text.size()) {
        const std::size_t next = character(text.substr(end));
        used += static_cast<double>(cad::cells_of(text.substr(end, next)));
        if (used > cells + 0.01 && end > 0) break;
        end += next;
        if (text[end - 1] == ' ') blank = end;
    }
    if (end == text.size() || blank == 0) return text.substr(0, end);
    return text.substr(0, blank);
}

} // namespace

const Style& Painter::style_of(std::string_view name) const {
    static const Style standard;
    auto found = m_drawing.styles.find(key_of(name.empty() ? "STANDARD" : name));
    return found == m_drawing.styles.end() ? standard : found->second;
}

std::string Painter::words(std::string_view bytes) {
    return without_escapes(m_texts.decoded(bytes));
}

Result<> Painter::text(const Entity& entity, const Scene& scene) {
    return single(entity, 73, scene);
}

Result<> Painter::attribute(const Entity& entity, const Scene& scene) {
    constexpr std::int64_t invisible = 1;
    if ((entity.whole(70) & invisible) == 0) return single(entity, 74, scene);
    m_sheet.hides = true;
    return {};
}

// What an insert is asked for; drawn only where it says the same in every insert, or stands on the sheet itself.
Result<> Painter::definition(const Entity& entity, const Scene& scene) {
    constexpr std::int64_t constant = 2;
    if (scene.depth > 0 && (entity.whole(70) & constant) == 0) return {};
    return attribute(entity, scene);
}

// TEXT, ATTRIB, ATTDEF: one line. 72: left, centre, right, aligned, middle, fit; the other code: base line, bottom,
// middle, top.
Result<> Painter::single(const Entity& entity, int vertical_code, const Scene& scene) {
    constexpr std::int64_t aligned = 3, middle = 4, fit = 5;
    const std::int64_t across = entity.whole(72), up = entity.whole(vertical_code);
    const Style& style = style_of(entity.text(7));
    const double height = entity.real(40, style.height > 0 ? style.height : 2.5);
    cad::Text made;
    made.utf8 = without_control_codes(words(entity.text(1)));
    made.color = scene.stroke.color;
    made.size = square_of(height, style, made.utf8);
    made.stretch = entity.real(41, style.stretch);
    made.slant = cad::radians(entity.real(51, style.slant));
    made.vertical = style.vertical;
    const bool between = across == aligned || across == fit;
    const bool second = !between && (across != 0 || up != 0) && entity.has(11);
    const Point at = entity.point(second ? 11 : 10);
    double angle = cad::radians(entity.real(50));
    if (between) {
        const Point along = entity.point(11) - at;
        angle = std::atan2(along.y, along.x);
        made.width = length(along);
    } else if (across == 1 || across == middle) {
        made.across = 0.5;
    } else if (across == 2) {
        made.across = 1;
    }
    if (across == middle || up == 2)
        made.rise = -height / 2;
    else if (up == 3)
        made.rise = -height;
    else if (up == 1)
        made.rise = below * made.size;
    if (made.vertical) { // the point is above the middle of the first character
        made.across = 0.5;
        made.rise = below * made.size - made.size;
    }
    made.place = scene.place * entity.plane() * cad::shift(at) * cad::turn(angle);
    return m_sheet.write(std::move(made));
}

Result<> Painter::paragraph(const Entity& entity, const Scene& scene) {
    std::string code;
    for (const Group& group : entity.groups())
        if (group.code == 3 || group.code == 1) code += group.text;
    const Point along = entity.point(11);
    const Style& style = style_of(entity.text(7));
    return lines(code,
                 {.at = entity.point(10),
                  .angle = entity.has(11) ? std::atan2(along.y, along.x) : cad::radians(entity.real(50)),
                  .height = entity.real(40, 2.5),
                  .width = entity.real(41),
                  .spacing = entity.real(44, 1),
                  .attachment = entity.whole(71, 1),
                  .style = &style},
                 scene);
}

Result<> Painter::tolerance(const Entity& entity, const Scene& scene) {
    const Point along = entity.point(11);
    m_sheet.lacks = true; // its frame
    return lines(entity.text(1),
                 {.at = entity.point(10),
                  .angle = entity.has(11) ? std::atan2(along.y, along.x) : 0,
                  .height = m_drawing.variable("$DIMTXT", 40, 2.5) * m_drawing.variable("$DIMSCALE", 40, 1),
                  .attachment = 4},
                 scene);
}

// `code` is in MTEXT's code. 1 to 9: the point is the upper left corner, the upper middle, and so on in rows.
Result<> Painter::lines(std::string_view code, const Lines& how, const Scene& scene) {
    static const Style standard;
    const Style& style = how.style ? *how.style : standard;
    const std::string all = without_control_codes(plain_mtext(words(code)));
    const double size = square_of(how.height, style, all), stretch = style.stretch;
    const double cells = how.width > 0 && size * stretch > 0 ? how.width / (size * stretch / 2) : HUGE_VAL;
    std::vector<std::string_view> rows;
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        std::string_view left = line;
        do {
            const std::string_view row = row_of(left, cells);
            rows.push_back(row);
            left.remove_prefix(row.size());
        } while (!left.empty());
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        if (rows.size() > most_lines) return refuse(Reason::limit_members);
    }
    const double distance = how.height * line_distance * (how.spacing > 0 ? how.spacing : 1);
    const double height = how.height + distance * (static_cast<double>(rows.size()) - 1);
    const std::int64_t place = std::clamp<std::int64_t>(how.attachment, 1, 9) - 1;
    double rise = -how.height + height * static_cast<double>(place / 3) / 2;
    for (const std::string_view row : rows) {
        cad::Text made{.utf8 = std::string(row),
                       .color = scene.stroke.color,
                       .place = scene.place * cad::shift(how.at) * cad::turn(how.angle),
                       .size = size,
                       .stretch = stretch,
                       .slant = cad::radians(style.slant),
                       .across = static_cast<double>(place % 3) / 2,
                       .rise = rise,
                       .vertical = false};
        TRY(m_sheet.write(std::move(made)));
        rise -= distance;
    }
    return {};
}

// The text of a leader and its lines, out of the description of its content (300 to 305); its arrows and frames are
// not.
Result<> Painter::multileader(const Entity& entity, const Scene& scene) {
    m_sheet.lacks = true;
    Lines how;
    cad::Path path;
    bool in_line = false, has_text = false;
    std::string_view said;
    std::vector<Point> points;
    Point end;
    for (Cursor at(entity.groups()); !at.at_end();) {
        if (at.is(304) && at.front().text == "LEADER_LINE{") {
            in_line = true;
            points.clear();
        } else if (at.is(305) && in_line) {
            in_line = false;
            points.push_back(end);
            path.polygon(points, false);
        } else if (at.is(304) && !has_text) {
            said = at.front().text;
            has_text = true;
        } else if (at.is(10)) {
            const Point point = at.point(10);
            (in_line ? points.emplace_back() : end) = point;
            continue;
        } else if (at.is(12) && has_text) {
            how.at = at.point(12);
            continue;
        } else if (at.is(41) && how.height == 0) {
            how.height = at.real(41);
            continue;
        }
        at.skip();
    }
    if (how.height <= 0) how.height = 2.5;
    TRY(stroke(path.moved(scene.place), scene));
    return lines(said, how, scene);
}

} // namespace sekisho::dxf
