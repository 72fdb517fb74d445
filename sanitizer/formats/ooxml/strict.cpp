#include "sanitizer/formats/ooxml/strict.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sekisho::ooxml::strict {

namespace {

constexpr double emu = 1, twip = 635, half_point = 6350, point_hundredth = 127; // in EMU (part 1, 20.1.2.1)

bool contains(std::string_view words, std::string_view name) {
    for (std::size_t from = 0; from < words.size();) {
        const std::size_t to = std::min(words.find(' ', from), words.size());
        if (words.substr(from, to - from) == name) return true;
        from = to + 1;
    }
    return false;
}

struct Measure {
    double number = 0;
    std::string_view unit; // "%", "mm", ...
};

std::optional<Measure> measure_of(std::string_view text) {
    Measure measure;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), measure.number, std::chars_format::fixed);
    measure.unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc() || measure.unit.empty() || !std::isfinite(measure.number)) return std::nullopt;
    return measure;
}

// EMU of one; 0 for no unit of length (part 1, 22.9.2.15).
double length_of(std::string_view unit) {
    return unit == "mm"                   ? 36'000
           : unit == "cm"                 ? 360'000
           : unit == "in"                 ? 914'400
           : unit == "pt"                 ? 12'700
           : unit == "pc" || unit == "pi" ? 152'400
                                          : 0;
}

std::optional<std::string> rounded(double number) {
    constexpr double most = 1e12; // beyond any page
    if (std::abs(number) > most) return std::nullopt;
    return std::to_string(std::llround(number));
}

constexpr std::string_view word_lengths =
    "w h top bottom left right header footer gutter before after line firstLine hanging pos x y hSpace vSpace "
    "leftFromText rightFromText topFromText bottomFromText tblpX tblpY space";
constexpr std::string_view word_length_values =
    "spacing trHeight defaultTabStop drawingGridHorizontalSpacing drawingGridVerticalSpacing "
    "drawingGridHorizontalOrigin drawingGridVerticalOrigin hyphenationZone";
constexpr std::string_view word_half_points = "sz szCs kern position hps hpsRaise hpsBaseText";

constexpr std::string_view drawing_lengths =
    "x y cx cy w h lIns tIns rIns bIns marL marR indent pos defTabSz distT distB distL distR blurRad dist rad z "
    "contourW extrusionH spcCol tx ty";
constexpr std::string_view drawing_points = "sz spc kern";
constexpr std::string_view drawing_percentages =
    "val pos l t r b g a sx sy stA stPos endA endPos amt bright contrast thresh d sp fontScale lnSpcReduction sat lum "
    "lim baseline custScaleX custScaleY custLinFactNeighborX custLinFactNeighborY custLinFactX custLinFactY "
    "custRadScaleInc custRadScaleRad custSzX custSzY accel decel spd vol serverZoom sz x y zoom fact tmPct tmFilter";

// Where a line begins and ends; Word's left is the leading side, whatever the direction of the text.
std::string_view side(std::string_view name) {
    return name == "start" ? "left" : name == "end" ? "right" : "";
}

// Part 1, 17.18.93, and part 4, 14.11.7.
std::string_view text_direction(std::string_view value) {
    constexpr std::string_view directions[][2] = {{"tb", "lrTb"},   {"rl", "tbRl"},   {"lr", "btLr"},
                                                  {"tbV", "lrTbV"}, {"rlV", "tbRlV"}, {"lrV", "tbLrV"}};
    for (const auto& [from, to] : directions)
        if (value == from) return to;
    return {};
}

// Word's numbers for the character sets of fonts ([MS-WMF] 2.1.1.5).
std::string_view character_set(std::string_view name) {
    constexpr std::string_view sets[][2] = {{"iso-8859-1", "00"},   {"windows-1252", "00"},   {"macintosh", "4D"},
                                            {"shift_jis", "80"},    {"ks_c-5601-1987", "81"}, {"johab", "82"},
                                            {"gb2312", "86"},       {"big5", "88"},           {"windows-1253", "A1"},
                                            {"iso-8859-9", "A2"},   {"windows-1254", "A2"},   {"windows-1258", "A3"},
                                            {"windows-1255", "B1"}, {"windows-1256", "B2"},   {"windows-1257", "BA"},
                                            {"windows-1251", "CC"}, {"windows-874", "DE"},    {"windows-1250", "EE"}};
    for (const auto& [from, to] : sets)
        if (name == from) return to;
    return {};
}

std::optional<std::string> word_value(std::string_view element, std::string_view name, std::string_view value) {
    const bool of_line = element == "jc" || element == "lvlJc" || element == "tab";
    if (of_line && name == "val" && !side(value).empty()) return std::string(side(value));
    if (element == "textDirection" && name == "val" && !text_direction(value).empty())
        return std::string(text_direction(value));
    if (element == "charset" && name == "val") return std::string(character_set(value));
    const auto measure = measure_of(value);
    if (!measure) return std::nullopt;
    if (measure->unit == "%") {
        if (name == "w" && element != "gridCol") return rounded(measure->number * 50); // fiftieths of a percent
        if ((element == "w" && name == "val") || (element == "zoom" && name == "percent"))
            return rounded(measure->number);
        return std::nullopt;
    }
    const double length = measure->number * length_of(measure->unit);
    if (length_of(measure->unit) == 0) return std::nullopt;
    if (name == "val" && contains(word_half_points, element)) return rounded(length / half_point);
    if (name == "val" ? contains(word_length_values, element) : contains(word_lengths, name))
        return rounded(length / twip);
    return std::nullopt;
}

std::optional<std::string> drawing_value(const ElementRow& element, std::string_view name, std::string_view value) {
    const auto measure = measure_of(value);
    if (!measure) return std::nullopt;
    if (measure->unit == "%") {
        // Charts count whole percents, drawings thousandths.
        if (element.ns == Ns::c) return name == "val" ? rounded(measure->number) : std::nullopt;
        return contains(drawing_percentages, name) ? rounded(measure->number * 1000) : std::nullopt;
    }
    const double length = measure->number * length_of(measure->unit);
    if (length_of(measure->unit) == 0) return std::nullopt;
    if (contains(drawing_points, name) || (element.name == "spcPts" && name == "val"))
        return rounded(length / point_hundredth);
    return contains(drawing_lengths, name) ? rounded(length / emu) : std::nullopt;
}

} // namespace

std::string_view element_name(Ns ns, std::string_view name, std::string_view parent) {
    constexpr std::string_view with_sides = "tblBorders tcBorders tblCellMar tcMar";
    if (ns != Ns::w || side(name).empty() || !contains(with_sides, parent)) return name;
    return side(name);
}

std::string_view attribute_name(const ElementRow& element, Ns ns, std::string_view name) {
    if (ns != Ns::w) return name;
    if (element.name == "charset" && name == "characterSet") return "val";
    if (element.name != "ind") return name;
    if (name == "startChars") return "leftChars";
    if (name == "endChars") return "rightChars";
    return side(name).empty() ? name : side(name);
}

std::optional<std::string> value(const ElementRow& element, Ns ns, std::string_view name, std::string_view value) {
    if (value.empty()) return std::nullopt;
    if (value.starts_with(uri)) { // a version that is asked for by the name of a namespace
        const Ns named = namespace_of(value);
        return named == Ns::unknown ? std::string() : std::string(row_of(named).uri);
    }
    if (ns == Ns::w) return word_value(element.name, name, value);
    if (ns == Ns::none && row_of(element.ns).plain == Plain::drawing) return drawing_value(element, name, value);
    return std::nullopt;
}

} // namespace sekisho::ooxml::strict
