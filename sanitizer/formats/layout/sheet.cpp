#include "sanitizer/formats/layout/sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "sanitizer/formats/odf/package_writer.h"

namespace sekisho::layout {

namespace {

// What a browser shows a drawing with that says nothing (CSS Images 3, 4.4): 300 by 150 pixels.
constexpr double default_width = 225, default_height = 112.5;
// The suite's smallest and largest page is about a millimetre and six metres; what is beyond is scaled.
constexpr double shortest_side = 4, longest_side = 14'400;

struct Unit {
    std::string_view name;
    double points;
};
constexpr std::array units{Unit{"", 0.75},        Unit{"px", 0.75},      Unit{"pt", 1},  Unit{"pc", 12}, Unit{"in", 72},
                           Unit{"mm", 72 / 25.4}, Unit{"cm", 72 / 2.54}, Unit{"em", 12}, Unit{"ex", 6}};

// Takes a number off the start.
std::optional<double> take_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" ,\t\r\n+"), text.size()));
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// Nothing for a percentage, which asks for what is around the drawing.
std::optional<double> length(std::string_view text) {
    const auto value = take_number(text);
    const auto* unit = std::ranges::find(units, text, &Unit::name);
    if (!value || *value <= 0 || unit == units.end()) return std::nullopt;
    return *value * unit->points;
}

std::string_view attribute(std::string_view element, std::string_view name) {
    const std::string start = fmt::format(" {}=\"", name);
    const std::size_t at = element.find(start);
    if (at == element.npos) return {};
    const std::string_view rest = element.substr(at + start.size());
    return rest.substr(0, rest.find('"'));
}

constexpr std::string_view namespaces = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                                        "xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
                                        "xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" "
                                        "xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "
                                        "xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "
                                        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" office:version=\"1.3\"";
constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string styles(const Size& size) {
    return fmt::format(
        "{}<office:document-styles {}><office:styles/><office:automatic-styles><style:page-layout style:name=\"P\">"
        "<style:page-layout-properties fo:margin-top=\"0pt\" fo:margin-bottom=\"0pt\" fo:margin-left=\"0pt\" "
        "fo:margin-right=\"0pt\" fo:page-width=\"{:.3f}pt\" fo:page-height=\"{:.3f}pt\"/></style:page-layout>"
        "</office:automatic-styles><office:master-styles><style:master-page style:name=\"M\" "
        "style:page-layout-name=\"P\"/></office:master-styles></office:document-styles>\n",
        declaration, namespaces, size.width, size.height);
}

std::string content(const Size& size) {
    return fmt::format("{}<office:document-content {}><office:body><office:drawing>"
                       "<draw:page draw:master-page-name=\"M\"><draw:frame svg:x=\"0pt\" svg:y=\"0pt\" "
                       "svg:width=\"{:.3f}pt\" svg:height=\"{:.3f}pt\"><draw:image xlink:href=\"Pictures/1.svg\" "
                       "xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/></draw:frame></draw:page>"
                       "</office:drawing></office:body></office:document-content>\n",
                       declaration, namespaces, size.width, size.height);
}

} // namespace

Size size_of_svg(std::string_view svg) {
    const std::size_t start = std::min(svg.find("<svg"), svg.size());
    const std::string_view element = svg.substr(start, svg.find('>', start) - start);
    const auto width = length(attribute(element, "width")), height = length(attribute(element, "height"));
    std::string_view box = attribute(element, "viewBox");
    std::array<double, 4> numbers{};
    for (double& number : numbers) number = take_number(box).value_or(0);
    const bool has_box = numbers[2] > 0 && numbers[3] > 0;
    const double ratio = has_box ? numbers[3] / numbers[2] : default_height / default_width;
    Size size{default_width, default_height};
    if (width && height)
        size = {*width, *height};
    else if (width)
        size = {*width, *width * ratio};
    else if (height)
        size = {*height / ratio, *height};
    else if (has_box)
        size = {numbers[2] * units[0].points, numbers[3] * units[0].points};
    const double scale = std::min(1.0, longest_side / std::max(size.width, size.height));
    return {std::max(size.width * scale, shortest_side), std::max(size.height * scale, shortest_side)};
}

Result<Bytes> sheet_around(View svg, std::uint64_t most) {
    const Size size = size_of_svg(as_text(svg));
    MemorySink out(most);
    odf::PackageWriter package(out, most);
    TRY(package.begin("application/vnd.oasis.opendocument.graphics", "1.3"));
    TRY(package.add("Pictures/1.svg", "image/svg+xml", svg));
    TRY(package.add("styles.xml", "text/xml", as_view(styles(size))));
    TRY(package.add("content.xml", "text/xml", as_view(content(size))));
    TRY(package.finish());
    return out.take();
}

Bytes on_paper(View page) {
    constexpr std::string_view head = "<head>\n", paper = "<style>@page{size:21cm 29.7cm;margin:2cm}</style>\n";
    const std::string_view text = as_text(page);
    const std::size_t at = text.find(head);
    if (at == text.npos) return {page.begin(), page.end()};
    return to_bytes(std::string(text.substr(0, at + head.size())) + std::string(paper) +
                    std::string(text.substr(at + head.size())));
}

} // namespace sekisho::layout
