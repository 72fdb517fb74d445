#include "sanitizer/formats/html/drawing.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/html/lists.h"

namespace sekisho::html {

namespace {

// HTML standard 13.2.6.1 and 13.2.6.5: the parser gives these names of SVG their capitals back.
constexpr auto with_capitals = std::to_array<std::string_view>({"clipPath",
                                                                "feBlend",
                                                                "feColorMatrix",
                                                                "feComponentTransfer",
                                                                "feComposite",
                                                                "feConvolveMatrix",
                                                                "feDiffuseLighting",
                                                                "feDisplacementMap",
                                                                "feDistantLight",
                                                                "feDropShadow",
                                                                "feFlood",
                                                                "feFuncA",
                                                                "feFuncB",
                                                                "feFuncG",
                                                                "feFuncR",
                                                                "feGaussianBlur",
                                                                "feImage",
                                                                "feMerge",
                                                                "feMergeNode",
                                                                "feMorphology",
                                                                "feOffset",
                                                                "fePointLight",
                                                                "feSpecularLighting",
                                                                "feSpotLight",
                                                                "feTile",
                                                                "feTurbulence",
                                                                "foreignObject",
                                                                "linearGradient",
                                                                "radialGradient",
                                                                "textPath",
                                                                "animateMotion",
                                                                "animateTransform",
                                                                "attributeName",
                                                                "attributeType",
                                                                "baseFrequency",
                                                                "clipPathUnits",
                                                                "diffuseConstant",
                                                                "edgeMode",
                                                                "filterUnits",
                                                                "gradientTransform",
                                                                "gradientUnits",
                                                                "kernelMatrix",
                                                                "kernelUnitLength",
                                                                "lengthAdjust",
                                                                "limitingConeAngle",
                                                                "markerHeight",
                                                                "markerUnits",
                                                                "markerWidth",
                                                                "maskContentUnits",
                                                                "maskUnits",
                                                                "numOctaves",
                                                                "pathLength",
                                                                "patternContentUnits",
                                                                "patternTransform",
                                                                "patternUnits",
                                                                "pointsAtX",
                                                                "pointsAtY",
                                                                "pointsAtZ",
                                                                "preserveAlpha",
                                                                "preserveAspectRatio",
                                                                "primitiveUnits",
                                                                "refX",
                                                                "refY",
                                                                "requiredFeatures",
                                                                "specularConstant",
                                                                "specularExponent",
                                                                "spreadMethod",
                                                                "startOffset",
                                                                "stdDeviation",
                                                                "stitchTiles",
                                                                "surfaceScale",
                                                                "systemLanguage",
                                                                "tableValues",
                                                                "targetX",
                                                                "targetY",
                                                                "textLength",
                                                                "viewBox",
                                                                "xChannelSelector",
                                                                "yChannelSelector"});

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view spelt(std::string_view name) {
    for (const std::string_view known : with_capitals)
        if (std::ranges::equal(known, name, {}, lower)) return known;
    return name;
}

bool is_name(std::string_view name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && is_letter(name[0]) && std::ranges::all_of(name, [&](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

void escape(std::string_view text, std::string& out) {
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
}

// "24" or "24px"; a drawing within a page may also be as large as its place, which a picture cannot be.
std::string_view pixels(std::string_view length) {
    if (length.ends_with("px")) length.remove_suffix(2);
    const bool plain = !length.empty() && length.size() <= 5 && length[0] != '0' &&
                       std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; });
    return plain ? length : std::string_view();
}

} // namespace

Drawing::Drawing(const Token& root) {
    for (const Attribute& attribute : root.attributes) {
        if (attribute.name != "width" && attribute.name != "height") continue;
        const std::string_view value = pixels(attribute.value);
        if (!value.empty()) m_size += " " + attribute.name + "=\"" + std::string(value) + "\"";
    }
    m_open.push_back(root.text);
    m_xml = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    attributes(root);
    m_xml += '>';
}

void Drawing::attributes(const Token& token) {
    for (const Attribute& attribute : token.attributes) {
        const bool prefixed = attribute.name == "xlink:href" || attribute.name == "xml:space";
        if (attribute.name == "xmlns" || (!prefixed && !is_name(attribute.name))) continue;
        m_xml += ' ';
        m_xml += prefixed ? attribute.name : spelt(attribute.name);
        m_xml += "=\"";
        escape(attribute.value, m_xml);
        m_xml += '"';
    }
}

void Drawing::start(const Token& token) {
    constexpr std::size_t deepest = 500;
    if (m_open.size() >= deepest || !is_name(token.text)) return;
    m_xml += '<';
    m_xml += spelt(token.text);
    if (m_open.back() == "foreignobject") m_xml += " xmlns=\"http://www.w3.org/1999/xhtml\"";
    attributes(token);
    const bool empty = token.self_closing || is_void(token.text);
    m_xml += empty ? "/>" : ">";
    if (!empty) m_open.push_back(token.text);
}

bool Drawing::end(const std::string& name) {
    const auto found = std::ranges::find(m_open.rbegin(), m_open.rend(), name);
    if (found == m_open.rend()) return false;
    const auto left = static_cast<std::size_t>(m_open.rend() - found) - 1;
    while (m_open.size() > left) {
        m_xml += "</" + std::string(spelt(m_open.back())) + ">";
        m_open.pop_back();
    }
    return m_open.empty();
}

bool Drawing::take(const Token& token) {
    if (token.kind == Token::Kind::text) escape(token.text, m_xml);
    if (token.kind == Token::Kind::start) start(token);
    return token.kind == Token::Kind::end && end(token.text);
}

std::string Drawing::take_xml() {
    if (!m_open.empty()) end(m_open.front());
    return std::move(m_xml);
}

} // namespace sekisho::html
