#include "sanitizer/verify/jww/reader.h"

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify::archive_file {

namespace {

constexpr std::uint32_t longest_text = 1 << 21;
constexpr std::uint16_t largest_exponent = 0x7FF; // of what is infinite or no number

bool is_control(std::uint32_t unit) {
    return unit < ' ' || unit == 0x7F;
}
bool reverses(std::uint32_t unit) {
    return (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
}

} // namespace

Result<> Reader::reals(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        if ((TRY(m_in.u64le()) >> 52 & largest_exponent) == largest_exponent) return refuse(Reason::verify_jww_value);
    return {};
}

Result<std::uint32_t> Reader::length(bool& wide) {
    std::uint32_t value = TRY(m_in.u8());
    if (value < 0xFF) return value;
    value = TRY(m_in.u16le());
    if (value == 0xFFFE) {
        if (wide) return refuse(Reason::verify_jww_shape);
        wide = true;
        return length(wide);
    }
    if (value < 0xFF) return refuse(Reason::verify_jww_shape); // would have fitted the byte
    if (value == 0xFFFF) value = TRY(m_in.u32le());
    return value <= longest_text ? Result<std::uint32_t>(value) : refuse(Reason::verify_jww_shape);
}

Result<> Reader::text(Text kind) {
    bool wide = false;
    const std::uint32_t size = TRY(length(wide));
    const View content = TRY(m_in.bytes(wide ? std::size_t{size} * 2 : size));
    return wide ? units(content, kind) : bytes(content, kind);
}

Result<> Reader::units(View text, Text kind) {
    ByteReader reader(text);
    std::uint32_t before = 0, second_before = 0;
    while (!reader.at_end()) {
        const std::uint32_t unit = TRY(reader.u16le());
        const bool line_end = kind == Text::lines && (unit == '\r' || (unit == '\n' && before == '\r'));
        if ((is_control(unit) && !line_end) || reverses(unit)) return refuse(Reason::verify_jww_text);
        if (kind == Text::words && unit == 'B' && before == '@' && second_before == '^')
            return refuse(Reason::verify_jww_text);
        second_before = before;
        before = unit;
    }
    return {};
}

// CP932: a second byte may be any character of ASCII.
Result<> Reader::bytes(View text, Text kind) {
    std::string plain; // single bytes as they are, others as a blank
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint8_t lead = text[i];
        const bool single = lead < 0x80 || (lead >= 0xA1 && lead <= 0xDF);
        if (single) {
            const bool line_end = kind == Text::lines && (lead == '\r' || (lead == '\n' && plain.ends_with('\r')));
            if (is_control(lead) && !line_end) return refuse(Reason::verify_jww_text);
            plain += static_cast<char>(lead);
            continue;
        }
        if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || ++i == text.size()) return refuse(Reason::verify_jww_text);
        const std::uint8_t trail = text[i];
        if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return refuse(Reason::verify_jww_text);
        plain += ' ';
    }
    if (kind == Text::words && plain.find("^@B") != plain.npos) return refuse(Reason::verify_jww_text);
    return {};
}

Result<std::uint32_t> Reader::count() {
    const std::uint16_t word = TRY(m_in.u16le());
    return word == 0xFFFF ? TRY(m_in.u32le()) : word;
}

Result<std::string_view> Reader::object() {
    const std::uint16_t tag = TRY(m_in.u16le());
    if (tag == 0xFFFF) {
        TRY(m_in.skip(2)); // the schema
        const std::uint16_t size = TRY(m_in.u16le());
        if (size > 32) return refuse(Reason::verify_jww_class);
        const std::string_view name = as_text(TRY(m_in.bytes(size)));
        for (const Named& known : m_classes)
            if (known.name == name) return refuse(Reason::verify_jww_shape);
        m_classes.push_back({m_number, name});
        m_number += 2;
        return name;
    }
    std::uint32_t number = tag;
    if (tag == 0x7FFF) {
        number = TRY(m_in.u32le());
        if (number < 0x80007FFF) return refuse(Reason::verify_jww_shape);
        number -= 0x80000000;
    } else {
        if (number < 0x8000) return refuse(Reason::verify_jww_shape);
        number -= 0x8000;
    }
    ++m_number;
    for (const Named& known : m_classes)
        if (known.number == number) return known.name;
    return refuse(Reason::verify_jww_class);
}

} // namespace sekisho::verify::archive_file
