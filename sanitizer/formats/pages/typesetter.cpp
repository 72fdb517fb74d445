#include "sanitizer/formats/pages/typesetter.h"

#include <algorithm>
#include <string>

#include "sanitizer/formats/pdf_draw/glyphs.h"
#include "sanitizer/formats/pdf_draw/surface.h"

namespace sekisho::pages {

namespace {

using pdf::drawing::Glyphs;
using pdf::drawing::glyphs_of;
using pdf::drawing::PdfSurface;
using pdf::drawing::Pen;
using pdf::drawing::select_font;

// Points. A4 (ISO 216) with margins of about 17 mm: 100 cells a line, 63 lines a page.
constexpr double page_width = 595.28, page_height = 841.89, margin = 47;
constexpr double font_size = 10, cell = font_size / 2, line_height = 12, ascent = 9;
constexpr std::size_t tab_cells = 8;
// More than fits a line in any script: a line of megabytes is looked at in pieces.
constexpr std::size_t longest_piece = 1024;

// Not within a character.
std::string_view piece_of(std::string_view line) {
    if (line.size() <= longest_piece) return line;
    std::size_t end = longest_piece;
    while (end > longest_piece - 4 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
    return line.substr(0, end);
}

class Typesetter {
public:
    explicit Typesetter(Context& context) : m_context(context), m_surface(context.limits().bytes_in_memory) {}

    Result<Bytes> run(std::string_view text) {
        m_surface.set_size(page_width, page_height);
        m_pen.reset(cairo_create(m_surface.get()));
        select_font(m_pen.get(), font_size);
        while (!text.empty()) {
            const std::size_t end = std::min(text.find_first_of("\r\n\f"), text.size());
            TRY(line(text.substr(0, end)));
            const bool pair = text.substr(end).starts_with("\r\n");
            if (end < text.size() && text[end] == '\f') m_y = page_height;
            text.remove_prefix(std::min(end + (pair ? 2 : 1), text.size()));
        }
        cairo_show_page(m_pen.get());
        if (cairo_status(m_pen.get()) == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
        m_pen.reset();
        return m_surface.finish();
    }

private:
    Result<> line(std::string_view rest) {
        TRY(next_row());
        while (!rest.empty()) {
            TRY(m_context.budget().check_time());
            if (rest.front() == '\t') {
                const double tab = tab_cells * cell;
                m_x = (static_cast<int>(m_x / tab + 0.01) + 1) * tab;
                rest.remove_prefix(1);
                continue;
            }
            const std::string_view piece = piece_of(rest.substr(0, rest.find('\t')));
            const std::size_t used = TRY(show(piece));
            rest.remove_prefix(used);
            if (used < piece.size()) TRY(next_row());
        }
        return {};
    }

    Result<> next_row() {
        m_x = 0;
        m_y += line_height;
        if (m_y + line_height <= page_height - margin && m_pages > 0) return {};
        if (m_pages > 0) cairo_show_page(m_pen.get());
        if (m_surface.is_full()) return refuse(Reason::limit_bytes);
        if (++m_pages > m_context.limits().pages) return refuse(Reason::limit_pages);
        m_y = margin;
        return {};
    }

    // What fits into the row, at least one character of an empty one; the number of bytes.
    Result<std::size_t> show(std::string_view text) {
        const Glyphs made = TRY(glyphs_of(m_pen.get(), margin + m_x, m_y + ascent, text));
        const double right = page_width - margin;
        std::size_t bytes = 0, glyphs = 0, clusters = 0;
        for (const cairo_text_cluster_t& cluster : made.groups()) {
            const std::size_t next = glyphs + static_cast<std::size_t>(cluster.num_glyphs);
            const double end = next < made.all().size() ? made.all()[next].x : end_of(made);
            if (end > right + 0.01 && (clusters > 0 || m_x > 0)) break;
            glyphs = next;
            bytes += static_cast<std::size_t>(cluster.num_bytes);
            ++clusters;
        }
        if (clusters == 0) return 0;
        m_x = (glyphs < made.all().size() ? made.all()[glyphs].x : end_of(made)) - margin;
        cairo_show_text_glyphs(m_pen.get(), text.data(), static_cast<int>(bytes), made.glyphs.get(),
                               static_cast<int>(glyphs), made.clusters.get(), static_cast<int>(clusters), {});
        return bytes;
    }

    double end_of(const Glyphs& made) {
        return made.all().empty() ? margin + m_x : made.end(m_pen.get());
    }

    Context& m_context;
    PdfSurface m_surface;
    Pen m_pen;
    double m_x = 0, m_y = 0;
    std::uint32_t m_pages = 0;
};

} // namespace

Result<Bytes> set_pages(std::string_view utf8, Context& context) {
    return Typesetter(context).run(utf8);
}

} // namespace sekisho::pages
