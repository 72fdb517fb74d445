// Follows where a page's own content draws text and pictures, and what it draws over text later: enough to tell a
// reader that something is there which a page does not show. It changes nothing. Text inside of forms is not followed.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include <span>

namespace sekisho::pdf {

struct Box {
    double left = 0, bottom = 0, right = 0, top = 0;

    bool holds(double x, double y) const { return x >= left && x <= right && y >= bottom && y <= top; }
};

class Visibility {
public:
    // `page` is all that the page has, `shown` the part of it that readers show.
    Visibility(const Box& page, const Box& shown) : m_page(page), m_shown(shown), m_states(1) {
        m_states[0].clip = page;
    }

    // An operator with its numbers, in the order of the content.
    void operation(std::string_view name, std::span<const double> numbers);
    // What drawing with a resource entry means.
    void use_state(bool opaque);
    void draw_picture(bool opaque);

    bool covered_text() const { return m_covered; }
    bool outside_shown() const { return m_outside; }

private:
    using Matrix = std::array<double, 6>;
    struct State {
        Matrix matrix{1, 0, 0, 1, 0, 0};
        Box clip;
        bool opaque = true;
        bool plain = true; // a colour, not a pattern
        bool clip_known = true;
        double size = 0, leading = 0;
    };

    State& state() { return m_states.back(); }
    void text_operation(std::string_view name, std::span<const double> numbers);
    void next_line(double x, double y);
    void show_text();
    void add_rectangle(std::span<const double> numbers);
    void end_path(bool fills);
    void cover(const Box& box);
    bool apart(const Box& box) const;
    static Matrix product(const Matrix& first, const Matrix& then);
    static Box placed(const Matrix& matrix, const Box& box);

    struct Point {
        double x, y;
    };
    Box m_page, m_shown;
    std::vector<State> m_states;
    Matrix m_line{1, 0, 0, 1, 0, 0};
    std::vector<Box> m_rectangles; // of the path so far
    bool m_only_rectangles = true;
    bool m_clips = false;
    std::vector<Point> m_texts; // where text starts that nothing covers yet
    std::size_t m_steps = 0;
    bool m_covered = false, m_outside = false;
};

} // namespace sekisho::pdf
