#include "sanitizer/formats/sxf_draw/sfc_drawing.h"

#include <algorithm>

#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/cad_sheet/paper.h"

namespace sekisho::sxf {

namespace {

class Read {
public:
    explicit Read(Budget& budget) : m_budget(budget) {}

    Result<SfcDrawing> run(std::string_view file) {
        constexpr std::string_view data = "\r\nDATA;\r\n", begin = "/*", end = "*/";
        file.remove_prefix(std::min(file.find(data), file.size()));
        for (;;) {
            TRY(m_budget.check_time());
            const std::size_t from = file.find(begin);
            if (from == file.npos) return std::move(m_drawing);
            const std::size_t to = file.find(end, from);
            if (to == file.npos) return refuse(Reason::input_short);
            std::string_view comment = file.substr(from + begin.size(), to - from - begin.size());
            file.remove_prefix(to + end.size());
            if (!take_tag(comment).empty()) TRY(feature(comment));
        }
    }

private:
    Result<> feature(std::string_view text) {
        const Feature read = TRY(Feature::of(text));
        TRY(m_values.read(read.parameters));
        if (!table(read.name) && !assembly(read.name)) m_drawing.loose.push_back(text);
        return {};
    }

    bool table(std::string_view name) {
        if (name == "layer_feature") {
            m_drawing.layers.push_back(m_values.whole(1) != 0);
        } else if (name == "user_defined_colour_feature") {
            const auto part = [&](std::size_t at) {
                return static_cast<std::uint8_t>(std::clamp<std::int64_t>(m_values.whole(at), 0, 255));
            };
            m_drawing.colors[m_color++] = {part(0), part(1), part(2)};
        } else if (name == "user_defined_font_feature") {
            std::vector<double> dashes = m_values.reals(2);
            if (dashes.size() % 2 == 1) dashes.push_back(dashes.back());
            m_drawing.line_types[m_line_type++] = std::move(dashes);
        } else if (name == "width_feature") {
            if (!is_predefined_width(m_values.real(0))) m_drawing.widths[m_width++] = m_values.real(0);
        } else if (name == "drawing_sheet_feature") {
            sheet();
        } else {
            return name == "pre_defined_colour_feature" || name == "pre_defined_font_feature" ||
                   name == "text_font_feature" || name == "drawing_attribute_feature";
        }
        return true;
    }

    // Name, size (0 to 4: A0 to A4, else free), how it lies (1: lying), width, height.
    void sheet() {
        const std::int64_t size = m_values.whole(1);
        m_drawing.width = m_values.real(3);
        m_drawing.height = m_values.real(4);
        if (size < 0 || size >= static_cast<std::int64_t>(cad::papers.size())) return;
        const cad::Paper paper = cad::papers[static_cast<std::size_t>(size)];
        const bool lying = m_values.whole(2) != 0;
        m_drawing.width = lying ? paper.width : paper.height;
        m_drawing.height = lying ? paper.height : paper.width;
    }

    bool assembly(std::string_view name) {
        Assembly made;
        if (name == "composite_curve_org_feature") {
            made.is_curve = true;
            made.color = m_values.whole(0);
            made.line_type = m_values.whole(1);
            made.width = m_values.whole(2);
            made.flag = m_values.whole(3);
            m_drawing.curves.push_back(m_drawing.assemblies.size());
        } else if (name == "sfig_org_feature") {
            made.flag = m_values.whole(1);
            m_drawing.figures.try_emplace(m_values.text(0), m_drawing.assemblies.size());
        } else {
            return false;
        }
        made.parts = std::exchange(m_drawing.loose, {});
        m_drawing.assemblies.push_back(std::move(made));
        return true;
    }

    Budget& m_budget;
    SfcDrawing m_drawing;
    Values m_values;
    std::int64_t m_color = first_own_color, m_line_type = first_own_line_type, m_width = first_own_width;
};

} // namespace

Result<> Values::read(std::string_view parameters) {
    m_parameters = TRY(parameters_of(parameters));
    return {};
}

std::string_view Values::text(std::size_t at) const {
    return at < m_parameters.size() ? m_parameters[at].value : std::string_view();
}

double Values::real(std::size_t at) const {
    return cad::real_of(text(at)).value_or(0);
}

std::int64_t Values::whole(std::size_t at) const {
    return cad::integer_of(text(at)).value_or(0);
}

std::vector<double> Values::reals(std::size_t at) const {
    std::string_view list = trimmed(text(at));
    std::vector<double> made;
    if (list.size() < 2) return made;
    list = list.substr(1, list.size() - 2);
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        made.push_back(cad::real_of(trimmed(list.substr(0, end))).value_or(0));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return made;
}

std::vector<cad::Point> Values::points(std::size_t at) const {
    const std::vector<double> x = reals(at), y = reals(at + 1);
    std::vector<cad::Point> made(std::min(x.size(), y.size()));
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = {x[i], y[i]};
    return made;
}

const Assembly* SfcDrawing::curve(std::int64_t code) const {
    if (code < 1) return nullptr;
    const auto at = static_cast<std::size_t>(code - 1);
    if (at < assemblies.size() && assemblies[at].is_curve) return &assemblies[at];
    return at < curves.size() ? &assemblies[curves[at]] : nullptr;
}

cad::Stroke SfcDrawing::stroke(std::int64_t color, std::int64_t line_type, std::int64_t wide) const {
    cad::Stroke made;
    const auto own_color = colors.find(color);
    made.color = own_color != colors.end() ? own_color->second : predefined_color(color).value_or(cad::Color{});
    const auto own_type = line_types.find(line_type);
    made.dashes = own_type != line_types.end() ? own_type->second : predefined_line_type(line_type);
    const auto own_width = widths.find(wide);
    made.width = own_width != widths.end() ? own_width->second : predefined_width(wide).value_or(made.width);
    return made;
}

Result<SfcDrawing> read_sfc(std::string_view file, Budget& budget) {
    return Read(budget).run(file);
}

} // namespace sekisho::sxf
