// What a reader of the pages sees, by Poppler.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sanitizer/formats/cad_pages/cad_pages.h"
#include "sanitizer/formats/pdf_draw/document.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

struct SeenPage {
    double width = 0, height = 0; // millimetres
    std::string text;
    pdf::drawing::Surface picture;

    // The darkest value of a channel within half a millimetre of a place, from the lower left corner in millimetres.
    struct Ink {
        int red = 255, green = 255, blue = 255;
    };
    Ink at(double x, double y) const {
        const int column = static_cast<int>(x * dots), row = static_cast<int>((height - y) * dots);
        Ink ink;
        for (int dy = -reach; dy <= reach; ++dy)
            for (int dx = -reach; dx <= reach; ++dx) look(column + dx, row + dy, ink);
        return ink;
    }
    bool is_black(double x, double y) const { return std::max({at(x, y).red, at(x, y).green, at(x, y).blue}) < inked; }
    bool is_white(double x, double y) const { return std::min({at(x, y).red, at(x, y).green, at(x, y).blue}) == 255; }
    bool is_red(double x, double y) const {
        return at(x, y).red > 200 && at(x, y).green < inked && at(x, y).blue < inked;
    }

    static constexpr double dots = 8; // of the picture, a millimetre
    static constexpr int reach = 4;
    static constexpr int inked = 170; // a thin line between two dots is grey in both

private:
    void look(int column, int row, Ink& ink) const {
        const int columns = cairo_image_surface_get_width(picture.get());
        if (column < 0 || row < 0 || column >= columns || row >= cairo_image_surface_get_height(picture.get())) return;
        const auto offset = static_cast<std::size_t>(row * cairo_image_surface_get_stride(picture.get()) + column * 4);
        const unsigned char* const dot = cairo_image_surface_get_data(picture.get()) + offset;
        ink.blue = std::min<int>(ink.blue, dot[0]);
        ink.green = std::min<int>(ink.green, dot[1]);
        ink.red = std::min<int>(ink.red, dot[2]);
    }
};

struct Seen {
    std::string outcome; // "pdf", or code of the refusal
    std::vector<SeenPage> pages;
    std::string pdf;
    std::vector<Finding> findings;

    bool found(Finding finding) const { return std::ranges::find(findings, finding) != findings.end(); }
    bool says(std::string_view words) const {
        return std::ranges::any_of(pages,
                                   [&](const SeenPage& page) { return page.text.find(words) != page.text.npos; });
    }
};

inline void see_pages(const Bytes& file, Seen& into) {
    constexpr double millimetre = 72 / 25.4;
    const auto document = pdf::drawing::open_document(file, {});
    ASSERT_TRUE(document) << to_line(document.error());
    for (int i = 0; i < pdf::drawing::page_count(*document); ++i) {
        pdf::drawing::PageSize size;
        const auto page = pdf::drawing::open_page(*document, i, size);
        ASSERT_TRUE(page);
        SeenPage seen;
        seen.width = size.width / millimetre;
        seen.height = size.height / millimetre;
        const pdf::drawing::Characters text(poppler_page_get_text(page->get()));
        seen.text = text.get();
        seen.picture.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(seen.width * SeenPage::dots),
                                                      static_cast<int>(seen.height * SeenPage::dots)));
        const pdf::drawing::Pen pen(cairo_create(seen.picture.get()));
        cairo_set_source_rgb(pen.get(), 1, 1, 1);
        cairo_paint(pen.get());
        cairo_scale(pen.get(), SeenPage::dots / millimetre, SeenPage::dots / millimetre);
        poppler_page_render(page->get(), pen.get());
        cairo_surface_flush(seen.picture.get());
        into.pages.push_back(std::move(seen));
    }
}

inline Seen flattened(std::string_view input, Type type, const Limits& limits = {}) {
    Bench bench(Level::flatten, limits);
    const auto made = bench.run(cad_pages::flatten, type, as_view(input));
    Seen seen;
    for (const auto& entry : bench.report.entries()) seen.findings.push_back(entry.finding);
    if (!made) {
        seen.outcome = made.error().code;
        return seen;
    }
    EXPECT_EQ(*made, Type::pdf);
    const Bytes file = bench.out.take();
    const auto good = verify::pdf(MemorySource(file), {});
    EXPECT_TRUE(good) << to_line(good.error());
    seen.outcome = "pdf";
    seen.pdf = as_text(file);
    see_pages(file, seen);
    return seen;
}

} // namespace sekisho::tests
