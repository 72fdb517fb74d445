#include "sanitizer/formats/metafile/gdi.h"

#include <algorithm>
#include <cmath>

namespace sekisho::metafile {

namespace {

constexpr std::size_t most_saved = 512;

// Millimetres per unit of the fixed mapping modes 2 to 6 ([MS-EMF] 2.1.21).
constexpr std::array<double, 7> unit_of_mode{0, 0, 0.1, 0.01, 0.254, 0.0254, 25.4 / 1440};

} // namespace

Gdi::Gdi(Context& context, const Matrix& device_to_image, double pixels_per_mm)
    : m_context(context), m_device_to_image(device_to_image), m_pixels_per_mm(pixels_per_mm) {}

Result<std::unique_ptr<Gdi>> Gdi::make(Context& context, int width, int height, const Matrix& device_to_image,
                                       double pixels_per_mm) {
    std::unique_ptr<Gdi> gdi(new Gdi(context, device_to_image, pixels_per_mm));
    gdi->m_surface.reset(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
    gdi->m_drawing.reset(cairo_create(gdi->m_surface.get()));
    if (cairo_status(gdi->m_drawing.get()) != CAIRO_STATUS_SUCCESS) return refuse(Reason::limit_memory);
    return gdi;
}

Result<cairo_surface_t*> Gdi::finish() {
    const cairo_status_t status = cairo_status(m_drawing.get());
    if (status == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
    if (status != CAIRO_STATUS_SUCCESS) return refuse(Reason::input_damaged);
    cairo_surface_flush(m_surface.get());
    return m_surface.get();
}

// The clock is looked at every 256th call, and one drawing can be as slow as thousands of readings.
Result<> Gdi::spend() {
    m_drew = true;
    for (int i = 0; i < 32; ++i) TRY(m_context.budget().check_time());
    return {};
}

void Gdi::select(const Object& object) {
    if (const auto* pen = std::get_if<Pen>(&object)) m_state.pen = *pen;
    if (const auto* brush = std::get_if<Brush>(&object)) m_state.brush = *brush;
    if (const auto* font = std::get_if<Font>(&object)) m_state.font = *font;
}

// Cairo keeps the clip of each state.
void Gdi::save() {
    if (m_saved.size() >= most_saved) return;
    m_saved.push_back(m_state);
    cairo_save(m_drawing.get());
}

void Gdi::restore(std::int32_t number) {
    const auto count = static_cast<std::int64_t>(m_saved.size());
    const std::int64_t level = number < 0 ? count + number : std::int64_t{number} - 1;
    if (level < 0 || level >= count) return;
    m_state = m_saved[static_cast<std::size_t>(level)];
    for (std::int64_t i = level; i < count; ++i) {
        m_saved.pop_back();
        cairo_restore(m_drawing.get());
    }
}

Matrix Gdi::page() const {
    double x = 1;
    double y = 1;
    if (m_state.map_mode >= 2 && m_state.map_mode <= 6) {
        x = unit_of_mode[m_state.map_mode] * m_pixels_per_mm;
        y = -x;
    } else if (m_state.map_mode == 7 || m_state.map_mode == 8) {
        x = m_state.viewport_extent.x / m_state.window_extent.x;
        y = m_state.viewport_extent.y / m_state.window_extent.y;
    }
    if (m_state.map_mode == 7) { // isotropic: the smaller one counts
        const double least = std::min(std::abs(x), std::abs(y));
        x = std::copysign(least, x);
        y = std::copysign(least, y);
    }
    return {x,
            0,
            0,
            y,
            m_state.viewport_origin.x - m_state.window_origin.x * x,
            m_state.viewport_origin.y - m_state.window_origin.y * y};
}

Matrix Gdi::logical_to_image() const {
    return m_state.world.then(page()).then(m_device_to_image);
}

Rect Gdi::image_box() const {
    return {0, 0, static_cast<double>(cairo_image_surface_get_width(m_surface.get())),
            static_cast<double>(cairo_image_surface_get_height(m_surface.get()))};
}

void Gdi::begin_path() {
    m_path.clear();
    m_in_path = true;
    m_path.move(logical_to_image()(m_state.position));
}

void Gdi::close_figure() {
    if (m_in_path) m_path.close();
}

void Gdi::abort_path() {
    m_path.clear();
    m_in_path = false;
}

} // namespace sekisho::metafile
