// The look of a text field that has a value but no appearance of its own (ISO 32000-1, 12.7.3.3): one line per line of
// the value, in a font of the reader's.
#include <algorithm>
#include <array>

#include <qpdf/QUtil.hh>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/lexer.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr double default_size = 10;
constexpr double largest_size = 72;
constexpr double thickest_border = 20;
constexpr std::size_t longest_value = 20'000;
constexpr std::size_t most_lines = 200;

// The size that the field's default appearance asks for; 0 means "what fits".
double size_of(const std::string& appearance) {
    Lexer lexer(as_view(appearance));
    std::string last;
    for (Lexeme lexeme = lexer.next(); lexeme != Lexeme::end; lexeme = lexer.next()) {
        if (lexeme == Lexeme::keyword && lexer.is("Tf"))
            return std::clamp(std::strtod(last.c_str(), nullptr), 0.0, largest_size);
        last = lexer.text();
    }
    return 0;
}

std::vector<std::string> lines_of(const std::string& utf8) {
    std::vector<std::string> lines(1);
    for (const char c : utf8) {
        if (c == '\n' || c == '\r') {
            if (!lines.back().empty() && lines.size() < most_lines) lines.emplace_back();
        } else if (static_cast<unsigned char>(c) >= 0x20) {
            lines.back() += c;
        }
    }
    return lines;
}

// Adobe-Japan1 without an embedded program: every reader in this country has such a font.
constexpr const char* font_object = "<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UTF16-H/"
                                    "DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
                                    "/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/"
                                    "Supplement 5>>/DW 1000/W[1[500]2 94 500]"
                                    "/FontDescriptor<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags "
                                    "4/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 880"
                                    "/Descent -120/CapHeight 709/StemV 114>>>>]>>";

constexpr const char* latin_font_object = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x7F; });
}

// The numbers of a colour and the operator that sets it, by how many they are; empty for no colour.
std::string colour_of(Handle numbers, const std::array<const char*, 5>& operators) {
    if (!numbers.isArray()) return {};
    const auto count = static_cast<std::size_t>(numbers.getArrayNItems());
    if (count == 0 || count >= operators.size() || *operators[count] == 0) return {};
    std::string out;
    for (Handle number : numbers.getArrayAsVector()) {
        if (!number.isNumber()) return {};
        put_number(out, number.getNumericValue());
        out += ' ';
    }
    return out + operators[count];
}

} // namespace

std::string Document::field_text(const std::string& value, const std::string& look, double left, double bottom,
                                 double top) {
    const auto lines = lines_of(value.substr(0, longest_value));
    double size = size_of(look);
    const double height = top - bottom;
    if (size <= 0) size = std::clamp(height * 0.7, 4.0, default_size);
    const double line_height = size * 1.2;
    // One line stands in the middle of its field, several start at the top.
    const double first = lines.size() == 1 ? bottom + (height - size) / 2 + size * 0.2 : top - line_height;
    const bool latin = is_ascii(value);
    std::string out = latin ? "q BT 0 g /FieldLatin " : "q BT 0 g /FieldFont ";
    put_number(out, size);
    out += " Tf ";
    put_number(out, line_height);
    out += " TL ";
    put_number(out, left + 2);
    out += ' ';
    put_number(out, first);
    out += " Td\n";
    for (const std::string& line : lines) {
        // Without the byte order mark.
        const std::string utf16 = latin ? std::string() : QUtil::utf8_to_utf16(line);
        put_string(out, latin ? std::string_view(line)
                              : std::string_view(utf16).substr(std::min<std::size_t>(2, utf16.size())));
        out += " Tj T*\n";
    }
    return out + "ET Q\n";
}

std::string Document::default_look(const std::string& look) {
    std::string out = "/FieldLatin ";
    put_number(out, size_of(look));
    return out + " Tf 0 g";
}

// Background and border (12.5.6.19), which readers draw around a field that has no look of its own.
std::string Document::field_frame(Handle widget, double left, double bottom, double right, double top) {
    Handle characteristics = widget.getKey("/MK");
    Handle style = widget.getKey("/BS");
    Handle given = style.isDictionary() ? style.getKey("/W") : Handle::newNull();
    const double width = given.isNumber() ? std::clamp(given.getNumericValue(), 0.0, thickest_border) : 1;
    std::string out;
    const auto box = [&](const char* key, const std::array<const char*, 5>& colours, double inset, const char* paint) {
        const std::string colour =
            characteristics.isDictionary() ? colour_of(characteristics.getKey(key), colours) : std::string();
        if (colour.empty()) return;
        out += colour;
        for (const double number : {left + inset, bottom + inset, right - left - 2 * inset, top - bottom - 2 * inset})
            put_number(out, number), out += ' ';
        out += paint;
    };
    box("/BG", {"", "g ", "", "rg ", "k "}, 0, "re f\n");
    if (width > 0) {
        put_number(out, width);
        out += " w ";
        box("/BC", {"", "G ", "", "RG ", "K "}, width / 2, "re S\n");
    }
    return out.empty() ? out : "q " + out + "Q\n";
}

void Document::add_field_fonts(Handle fonts) {
    if (m_field_font.isNull()) {
        m_field_font = m_walk.document().makeIndirectObject(Handle::parse(font_object));
        m_latin_font = m_walk.document().makeIndirectObject(Handle::parse(latin_font_object));
    }
    fonts.replaceKey("/FieldFont", m_field_font);
    fonts.replaceKey("/FieldLatin", m_latin_font);
}

} // namespace sekisho::pdf
