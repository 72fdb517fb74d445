#include "sanitizer/formats/pdf/visibility.h"

#include <algorithm>

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_states = 1024;
constexpr std::size_t most_texts = 20'000;
constexpr std::size_t most_rectangles = 4096;
constexpr std::size_t most_steps = 20'000'000; // of one page

bool is_one_of(std::string_view name, std::string_view words) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == name) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool is_turned(const std::array<double, 6>& m) {
    return (m[1] != 0 || m[2] != 0) && (m[0] != 0 || m[3] != 0);
}

} // namespace

Visibility::Matrix Visibility::product(const Matrix& a, const Matrix& b) {
    return {a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],        a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5]};
}

Box Visibility::placed(const Matrix& m, const Box& box) {
    const double x1 = m[0] * box.left + m[2] * box.bottom + m[4], y1 = m[1] * box.left + m[3] * box.bottom + m[5];
    const double x2 = m[0] * box.right + m[2] * box.top + m[4], y2 = m[1] * box.right + m[3] * box.top + m[5];
    return {std::min(x1, x2), std::min(y1, y2), std::max(x1, x2), std::max(y1, y2)};
}

void Visibility::operation(std::string_view name, std::span<const double> n) {
    if (name == "q") {
        if (m_states.size() < most_states) m_states.push_back(m_states.back());
    } else if (name == "Q") {
        if (m_states.size() > 1) m_states.pop_back();
    } else if (name == "cm" && n.size() == 6) {
        state().matrix = product({n[0], n[1], n[2], n[3], n[4], n[5]}, state().matrix);
    } else if (name == "re" && n.size() == 4) {
        add_rectangle(n);
    } else if (is_one_of(name, "m l c v y")) {
        m_only_rectangles = false;
    } else if (name == "W" || name == "W*") {
        m_clips = true;
    } else if (is_one_of(name, "f F f* B B* b b*")) {
        end_path(true);
    } else if (is_one_of(name, "n S s")) {
        end_path(false);
    } else if (is_one_of(name, "g rg k sc")) {
        state().plain = true;
    } else if (name == "scn") {
        state().plain = !n.empty();
    } else {
        text_operation(name, n);
    }
}

void Visibility::text_operation(std::string_view name, std::span<const double> n) {
    if (name == "BT") m_line = {1, 0, 0, 1, 0, 0};
    if (name == "Tf" && n.size() == 1) state().size = n[0];
    if (name == "TL" && n.size() == 1) state().leading = n[0];
    if (name == "Tm" && n.size() == 6) m_line = {n[0], n[1], n[2], n[3], n[4], n[5]};
    if (name == "TD" && n.size() == 2) state().leading = -n[1];
    if ((name == "Td" || name == "TD") && n.size() == 2) next_line(n[0], n[1]);
    if (is_one_of(name, "T* ' \"")) next_line(0, -state().leading);
    if (is_one_of(name, "Tj TJ ' \"")) show_text();
}

void Visibility::next_line(double x, double y) {
    m_line = product({1, 0, 0, 1, x, y}, m_line);
}

// A point inside of the first character stands for the text.
void Visibility::show_text() {
    const Matrix all = product(m_line, state().matrix);
    const double x = state().size * 0.2, y = state().size * 0.3;
    const Point point{all[0] * x + all[2] * y + all[4], all[1] * x + all[3] * y + all[5]};
    if (m_page.holds(point.x, point.y) && !m_shown.holds(point.x, point.y)) m_outside = true;
    if (m_texts.size() < most_texts) m_texts.push_back(point);
}

void Visibility::add_rectangle(std::span<const double> n) {
    if (is_turned(state().matrix) || m_rectangles.size() >= most_rectangles) {
        m_only_rectangles = false;
        return;
    }
    m_rectangles.push_back(placed(state().matrix, {n[0], n[1], n[0] + n[2], n[1] + n[3]}));
}

void Visibility::end_path(bool fills) {
    if (fills && m_only_rectangles && state().opaque && state().plain)
        for (const Box& box : m_rectangles) cover(box);
    if (m_clips) {
        const bool known = m_only_rectangles && m_rectangles.size() == 1;
        state().clip_known = state().clip_known && known;
        if (known) {
            const Box& box = m_rectangles[0];
            Box& clip = state().clip;
            clip = {std::max(clip.left, box.left), std::max(clip.bottom, box.bottom), std::min(clip.right, box.right),
                    std::min(clip.top, box.top)};
        }
    }
    m_rectangles.clear();
    m_only_rectangles = true;
    m_clips = false;
}

void Visibility::use_state(bool opaque) {
    state().opaque = opaque;
}

void Visibility::draw_picture(bool opaque) {
    const Box box = placed(state().matrix, {0, 0, 1, 1});
    if (apart(box)) m_outside = true;
    if (opaque && state().opaque && !is_turned(state().matrix)) cover(box);
}

// On the page, and nothing of it in the part that is shown.
bool Visibility::apart(const Box& box) const {
    const auto meets = [&](const Box& other) {
        return box.left < other.right && box.right > other.left && box.bottom < other.top && box.top > other.bottom;
    };
    return meets(m_page) && !meets(m_shown);
}

void Visibility::cover(const Box& box) {
    if (m_covered || !state().clip_known || m_steps > most_steps) return;
    m_steps += m_texts.size();
    const Box& clip = state().clip;
    m_covered = std::ranges::any_of(
        m_texts, [&](const Point& text) { return box.holds(text.x, text.y) && clip.holds(text.x, text.y); });
}

} // namespace sekisho::pdf
