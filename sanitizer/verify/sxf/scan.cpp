#include "sanitizer/verify/sxf/scan.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify::exchange {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'F');
}
bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::size_t digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    return count;
}

bool is_allowed(unsigned unit) {
    const bool control = unit < 0xA0;
    const bool reverses = (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
    return !control && !reverses;
}

// Units of UTF-16 up to "\X0\".
bool take_wide(std::string_view& text) {
    bool any = false;
    while (!text.starts_with("\\X0\\")) {
        unsigned unit = 0;
        if (text.size() < 4) return false;
        for (const char c : text.substr(0, 4)) {
            if (!is_hexadecimal(c)) return false;
            unit = unit * 16 + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'A' + 10);
        }
        if (!is_allowed(unit)) return false;
        text.remove_prefix(4);
        any = true;
    }
    text.remove_prefix(4);
    return any;
}

} // namespace

bool Scan::take(std::string_view part) {
    if (!text.starts_with(part)) return false;
    text.remove_prefix(part.size());
    return true;
}

std::optional<std::uint64_t> Scan::instance() {
    if (!take("#")) return std::nullopt;
    const std::size_t length = digits(text);
    if (length == 0 || length > 19 || text[0] == '0') return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text.substr(0, length)) value = value * 10 + static_cast<unsigned>(c - '0');
    text.remove_prefix(length);
    return value;
}

std::string_view Scan::name() {
    std::size_t length = 0;
    while (length < text.size() && length < 128 &&
           (is_letter(text[length]) || is_digit(text[length]) || text[length] == '_' || text[length] == '-'))
        ++length;
    const std::string_view found = text.substr(0, length);
    text.remove_prefix(length);
    return found;
}

bool Scan::integer() {
    take("-");
    const std::size_t length = digits(text);
    text.remove_prefix(length);
    return length > 0 && length <= 19;
}

bool Scan::real(char exponent) {
    if (!integer_part() || !take(".")) return false;
    const std::size_t length = digits(text);
    text.remove_prefix(length);
    if (length == 0) return false;
    if (text.empty() || text.front() != exponent) return true;
    text.remove_prefix(1);
    if (!take("-") && !take("+")) return false;
    const std::size_t power = digits(text);
    text.remove_prefix(power);
    return power > 0;
}

bool Scan::integer_part() {
    take("-");
    const std::size_t length = digits(text);
    text.remove_prefix(length);
    return length > 0;
}

bool Scan::number() {
    Scan ahead = *this;
    if (ahead.real('E')) {
        *this = ahead;
        return true;
    }
    return integer();
}

bool Scan::string(bool file) {
    if (!take("'")) return false;
    const bool of_attribute = text.starts_with("$$ATR");
    while (!text.empty()) {
        const char c = text.front();
        const bool place = c == '/' || c == ':' || text.starts_with("\\\\");
        if ((file || of_attribute) && place) return false;
        if (take("''") || take("\\\\")) continue;
        if (take("'")) return true;
        if (take("\\X2\\")) {
            if (!take_wide(text)) return false;
        } else if (c == '\\' || c < ' ' || c > '~') {
            return false;
        } else {
            text.remove_prefix(1);
        }
    }
    return false;
}

namespace {

bool strings(Scan& scan) {
    if (!scan.take("(")) return false;
    if (scan.take(")")) return true;
    do {
        if (!scan.string(false)) return false;
    } while (scan.take(","));
    return scan.take(")");
}

bool description(Scan& scan) {
    return scan.take("FILE_DESCRIPTION(") && strings(scan) && scan.take(",") && scan.string(false) &&
           scan.take(");\r\n");
}

bool name(Scan& scan) {
    return scan.take("FILE_NAME(") && scan.string(true) && scan.take(",") && scan.string(false) &&
           scan.take(",(''),(''),") && scan.string(false) && scan.take(",") && scan.string(false) &&
           scan.take(",'');\r\n");
}

bool schema(Scan& scan) {
    return scan.take("FILE_SCHEMA(") && strings(scan) && scan.take(");\r\n");
}

} // namespace

Result<> header(Scan& scan) {
    const bool good = scan.take("ISO-10303-21;\r\nHEADER;\r\n") && description(scan) && name(scan) && schema(scan) &&
                      scan.take("ENDSEC;\r\nDATA;\r\n");
    return good ? Result<>() : refuse(Reason::verify_sxf_shape);
}

Result<> footer(Scan& scan) {
    const bool good = scan.take("ENDSEC;\r\nEND-ISO-10303-21;\r\n") && scan.text.empty();
    return good ? Result<>() : refuse(Reason::verify_sxf_shape);
}

Result<> check_unique(std::vector<std::uint64_t>& instances) {
    std::ranges::sort(instances);
    if (std::ranges::adjacent_find(instances) != instances.end()) return refuse(Reason::verify_sxf_reference);
    return {};
}

} // namespace sekisho::verify::exchange
