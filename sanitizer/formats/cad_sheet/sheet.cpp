#include "sanitizer/formats/cad_sheet/sheet.h"

#include <algorithm>

namespace sekisho::cad {

namespace {

constexpr std::size_t most_points = 4'000'000, most_texts = 200'000, most_bytes = 32 << 20, most_figures = 400'000;
// Lines that follow each other and look the same are drawn at once, up to this many points.
constexpr std::size_t together = 4096;
constexpr std::uint8_t nearly_white = 250;
// Beyond it, no number says where on the sheet something is.
constexpr double farthest = 1e12;
// Beyond the second, adding one line changes nothing any more.
constexpr double most_hatch_lines = 4000, farthest_hatch_line = 1e12;

bool is_near(Point p) {
    return std::fabs(p.x) < farthest && std::fabs(p.y) < farthest;
}

// Half-width forms (JIS X 0201) and everything before the scripts of East Asia. Greek and Cyrillic letters are as wide
// as a kanji in Japanese fonts.
bool is_narrow(char32_t point) {
    return point < 0x370 || (point >= 0xFF61 && point <= 0xFFDC);
}

} // namespace

Color on_paper(Color color) {
    const bool white = std::min({color.red, color.green, color.blue}) >= nearly_white;
    return white ? Color{} : color;
}

std::size_t cells_of(std::string_view utf8) {
    std::size_t cells = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(utf8[i]);
        if ((byte & 0xC0) == 0x80) continue;
        char32_t point = byte;
        if (byte >= 0xE0) { // enough of it to tell the half-width forms
            const auto next = i + 1 < utf8.size() ? static_cast<std::uint8_t>(utf8[i + 1]) : 0;
            const auto last = i + 2 < utf8.size() ? static_cast<std::uint8_t>(utf8[i + 2]) : 0;
            point = byte >= 0xF0 ? 0x10000 : (byte & 15U) << 12 | (next & 63U) << 6 | (last & 63U);
        } else if (byte >= 0xC0) {
            point = (byte & 31U) << 6;
        }
        cells += is_narrow(point) ? 1 : 2;
    }
    return cells;
}

Result<bool> Sheet::take(const Path& path) {
    TRY(m_budget->check_time());
    if (path.is_empty()) return false;
    if (!std::ranges::all_of(path.points, is_near)) {
        lacks = true;
        return false;
    }
    m_points += path.points.size();
    if (m_points > most_points || m_figures.size() >= most_figures) return refuse(Reason::limit_members);
    if (m_clips == 0)
        for (const Point& point : path.points) m_box.add(point);
    return true;
}

Result<> Sheet::line(Path path, const Stroke& stroke) {
    if (!TRY(take(path))) return {};
    Stroke shown = stroke;
    shown.color = on_paper(stroke.color);
    Line* const last = m_figures.empty() ? nullptr : std::get_if<Line>(&m_figures.back());
    if (last && last->stroke == shown && last->path.points.size() < together)
        last->path.add(path);
    else
        m_figures.emplace_back(Line{std::move(path), std::move(shown)});
    return {};
}

Result<> Sheet::fill(Path path, Color color) {
    if (TRY(take(path))) m_figures.emplace_back(Area{std::move(path), color});
    return {};
}

Result<> Sheet::write(Text text) {
    TRY(m_budget->check_time());
    if (text.utf8.find_first_not_of(' ') == text.utf8.npos) return {};
    const double width = text.width > 0 ? text.width : text.stretch * text.size / 2 * double(cells_of(text.utf8));
    const double left = -text.across * width;
    const Point corners[] = {{left, text.rise}, {left + width, text.rise}, {left, text.rise + text.size}};
    const auto is_far = [&](Point corner) { return !is_near(text.place.of(corner)); };
    if (!(text.size > 0) || std::ranges::any_of(corners, is_far)) {
        lacks = true;
        return {};
    }
    m_bytes += text.utf8.size();
    if (++m_texts > most_texts || m_bytes > most_bytes || m_figures.size() >= most_figures)
        return refuse(Reason::limit_members);
    if (m_clips == 0)
        for (const Point& corner : corners) m_box.add(text.place.of(corner));
    text.color = on_paper(text.color);
    m_figures.emplace_back(std::move(text));
    return {};
}

Result<> Sheet::begin_clip(Path path) {
    TRY(take(path));
    ++m_clips;
    m_figures.emplace_back(Clip{std::move(path)});
    return {};
}

void Sheet::end_clip() {
    --m_clips;
    m_figures.emplace_back(ClipEnd{});
}

bool hatch_lines(Path& path, const Box& box, Point start, double spacing, double angle) {
    if (box.is_empty()) return true;
    const Point along{std::cos(angle), std::sin(angle)}, up{-along.y, along.x};
    const Point corners[] = {box.low, box.high, {box.low.x, box.high.y}, {box.high.x, box.low.y}};
    Box turned;
    for (const Point& corner : corners) {
        const Point p = corner - start;
        turned.add({p.x * along.x + p.y * along.y, p.x * up.x + p.y * up.y});
    }
    spacing = std::fabs(spacing);
    const double first = std::ceil(turned.low.y / spacing), count = turned.height() / spacing;
    if (!(count < most_hatch_lines) || !(std::fabs(first) < farthest_hatch_line)) return false;
    for (int i = 0; (first + i) * spacing <= turned.high.y; ++i) {
        const Point base = start + (first + i) * spacing * up;
        path.move(base + turned.low.x * along);
        path.line(base + turned.high.x * along);
    }
    return true;
}

} // namespace sekisho::cad
