// What both kinds of metafile draw with: a device context as GDI has it, on a Cairo picture.
#pragma once

#include <memory>
#include <vector>

#include "sanitizer/formats/metafile/codepage.h"
#include "sanitizer/formats/metafile/objects.h"

namespace sekisho::metafile {

struct State {
    Matrix world;
    unsigned map_mode = 1;
    Point window_origin, viewport_origin;
    Point window_extent{1, 1}, viewport_extent{1, 1};
    Pen pen;
    Brush brush;
    Font font;
    Colour text_colour, background{255, 255, 255};
    bool opaque = true;
    bool winding = false;
    unsigned rop2 = 13; // R2_COPYPEN
    unsigned text_align = 0;
    Point position; // logical
    bool clockwise = false;
    double miter_limit = 10;
};

struct Text {
    Point reference;
    std::u32string characters;
    std::vector<double> advances; // logical, one per character; empty: those of the font
    bool opaque = false;          // fills `box`
    bool clipped = false;         // to `box`
    Rect box;
};

// How a bitmap meets what is there (a ternary raster operation, reduced).
enum class Blend : std::uint8_t {
    nothing,
    copy,
    copy_inverted,
    mask,
    paint,
    paint_inverted,
    invert,
    brush_at_0,
    brush_at_1
};

enum class ArcKind : std::uint8_t { open, chord, pie, joined };

class Gdi {
public:
    // `device_to_image` leads to pixels of the picture; `pixels_per_mm` are those of the device.
    static Result<std::unique_ptr<Gdi>> make(Context& context, int width, int height, const Matrix& device_to_image,
                                             double pixels_per_mm);

    State& state() { return m_state; }
    Context& context() { return m_context; }
    bool drew() const { return m_drew; }
    void select(const Object& object);
    void save();
    void restore(std::int32_t number); // negative: relative
    Matrix logical_to_image() const;

    // Lines and areas, in logical coordinates. In a path bracket they only become part of the path.
    Result<> draw(Path path, bool fill, bool stroke);
    Result<> line_to(Point point);
    Result<> lines_to(const std::vector<Point>& points);
    Result<> curves_to(const std::vector<Point>& points);
    void move_to(Point point);
    // A rectangle with corners of an ellipse of this size; an ellipse if they fill it.
    Result<> box(const Rect& box, Point corner);
    Result<> arc(const Rect& box, Point start, Point end, ArcKind kind);
    Result<> angle_arc(Point centre, double radius, double start, double sweep);
    Result<> fill_path(Path path, const Brush& brush); // whatever is selected
    Result<> pixel(Point point, Colour colour);

    void begin_path();
    void end_path() { m_in_path = false; }
    void close_figure();
    void abort_path();
    Result<> paint_path(bool fill, bool stroke);
    void clip_to_path(unsigned mode);

    // Clipping. Regions are in device coordinates.
    void clip_rectangle(const Rect& box, bool exclude);
    void clip_region(const std::vector<Rect>& rectangles, unsigned mode);
    Path region_path(const std::vector<Rect>& rectangles) const; // logical

    Result<> draw_bitmap(Bitmap& bitmap, const Rect& source, const std::array<Point, 3>& corners, Blend blend,
                         double alpha);
    Result<> pattern_blit(const Rect& box, std::uint32_t rop);
    Result<> gradient(const Rect& box, Colour from, Colour to, bool vertical);
    Result<> draw_text(const Text& text);
    const CodePage& code_page() const { return m_code_page; }

    // Colours and samples of the finished picture; refuses if Cairo gave up.
    Result<cairo_surface_t*> finish();

private:
    Gdi(Context& context, const Matrix& device_to_image, double pixels_per_mm);
    Matrix page() const;
    Result<> spend(); // of the time
    bool set_source(const Brush& brush);
    void fill(const Path& image_path, const Brush& brush);
    void fill_plain(const Path& image_path, Colour colour);
    void stroke(const Path& image_path);
    Result<> draw_characters(const Text& text);
    void set_dashes(const Pen& pen, double width, double length);
    cairo_operator_t operator_of() const;
    void emit(const Path& image_path);
    void clip_image_path(const Path& image_path, bool exclude);
    Rect image_box() const;

    Context& m_context;
    Matrix m_device_to_image;
    double m_pixels_per_mm;
    Surface m_surface;
    Drawing m_drawing;
    State m_state;
    std::vector<State> m_saved;
    Path m_path; // in pixels of the picture
    bool m_in_path = false;
    bool m_drew = false;
    CodePage m_code_page;
};

Blend blend_of(std::uint32_t rop);
bool uses_source(std::uint32_t rop);

} // namespace sekisho::metafile
