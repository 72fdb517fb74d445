#include "sanitizer/detect/rules.h"

namespace sekisho::detection {

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

// A group code and its value on two lines; a drawing starts with the section of group 0, comments (999) before it.
bool is_dxf(std::string_view shape) {
    while (!shape.empty()) {
        const std::string_view code = take_line(shape);
        const std::string_view value = take_line(shape);
        if (code == "0") return value == "section";
        if (code != "999") return false;
    }
    return false;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != text.npos;
}

} // namespace

std::optional<Type> by_drawing(std::string_view shape) {
    if (is_dxf(shape)) return Type::dxf;
    if (!shape.starts_with("iso-10303-21;")) return std::nullopt;
    // SXF writes features as comments into an exchange file that is else empty (SFC), or AP202 instances (P21).
    if (!has(shape, "scadec")) return Type::cad;
    if (has(shape, "/*sxf") || has(shape, "feature_mode")) return Type::sfc;
    return has(shape, "associative_draughting") ? Type::p21 : Type::cad;
}

Type unknown_kind(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) return Type::unknown;
    std::string extension(name.substr(dot + 1));
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return extension == "xdw" || extension == "xbd" || extension == "xct" ? Type::xdw : Type::unknown;
}

} // namespace sekisho::detection
