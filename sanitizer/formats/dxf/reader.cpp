#include "sanitizer/formats/dxf/reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view binary_sign = "AutoCAD Binary DXF\r\n\x1a\0"sv;
constexpr std::size_t longest_line = 1 << 20;
constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

struct Range {
    int first, last;
    Value value;
};

// "Group Code Value Types" of the reference.
constexpr std::array ranges{
    Range{0, 4, Value::text},       Range{5, 5, Value::handle},      Range{6, 9, Value::text},
    Range{10, 59, Value::real},     Range{60, 79, Value::whole},     Range{90, 99, Value::whole},
    Range{100, 102, Value::text},   Range{105, 105, Value::handle},  Range{110, 149, Value::real},
    Range{160, 169, Value::whole},  Range{170, 179, Value::whole},   Range{210, 239, Value::real},
    Range{270, 289, Value::whole},  Range{290, 299, Value::flag},    Range{300, 309, Value::text},
    Range{310, 319, Value::chunk},  Range{320, 369, Value::handle},  Range{370, 389, Value::whole},
    Range{390, 399, Value::handle}, Range{400, 409, Value::whole},   Range{410, 419, Value::text},
    Range{420, 429, Value::whole},  Range{430, 439, Value::text},    Range{440, 459, Value::whole},
    Range{460, 469, Value::real},   Range{470, 479, Value::text},    Range{480, 481, Value::handle},
    Range{999, 1003, Value::text},  Range{1004, 1004, Value::chunk}, Range{1005, 1005, Value::handle},
    Range{1006, 1009, Value::text}, Range{1010, 1059, Value::real},  Range{1060, 1071, Value::whole}};

// Bytes of a number in the binary form.
std::size_t width_of(int code) {
    if ((code >= 90 && code <= 99) || (code >= 420 && code <= 429) || (code >= 440 && code <= 459) || code == 1071)
        return 4;
    return code >= 160 && code <= 169 ? 8 : 2;
}

Result<std::int64_t> number(ByteReader& in, std::size_t width) {
    if (width == 8) return std::bit_cast<std::int64_t>(TRY(in.u64le()));
    if (width == 4) return std::int64_t{std::bit_cast<std::int32_t>(TRY(in.u32le()))};
    return std::int64_t{std::bit_cast<std::int16_t>(TRY(in.u16le()))};
}

Result<std::string_view> text(ByteReader& in) {
    const View rest = in.rest();
    const auto end = std::ranges::find(rest, std::uint8_t{0});
    const auto length = static_cast<std::size_t>(end - rest.begin());
    if (length > longest_line) return refuse(Reason::cad_damaged);
    const View bytes = TRY(in.bytes(length));
    TRY(in.skip(1)); // refuses a text without an end
    return as_text(bytes);
}

} // namespace

Value value_of(int code) {
    for (const Range& range : ranges)
        if (code >= range.first && code <= range.last) return range.value;
    return Value::none;
}

Result<Reader> Reader::of(View file) {
    if (!starts_with(file, binary_sign)) return Reader(file, false, true, starts_with(file, utf8_mark) ? 3 : 0);
    const std::size_t at = binary_sign.size();
    if (file.size() < at + 2) return refuse(Reason::input_short);
    // The first code is 0: one zero byte before "SECTION" up to R12, two since.
    return Reader(file, true, file[at + 1] == 0, at);
}

bool Reader::at_end() const {
    return std::ranges::all_of(rest(), [](std::uint8_t c) { return c == ' ' || c == '\r' || c == '\n' || c == 0x1A; });
}

Result<std::string_view> Reader::line() {
    const std::string_view text = as_text(rest());
    const std::size_t end = text.substr(0, longest_line).find('\n');
    if (end == text.npos) {
        if (text.empty()) return refuse(Reason::input_short);
        if (text.size() > longest_line) return refuse(Reason::cad_damaged);
        m_at = m_file.size();
        return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
    }
    m_at += end + 1;
    const std::string_view line = text.substr(0, end);
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

Result<Group> Reader::next() {
    if (m_binary) return next_binary();
    const auto code = cad::integer_of(TRY(line()));
    if (!code || *code < -5 || *code > 1071) return refuse(Reason::cad_damaged);
    return Group{static_cast<int>(*code), TRY(line())};
}

Result<Group> Reader::next_binary() {
    ByteReader in(rest());
    int code = 0;
    if (m_wide_codes) {
        code = TRY(in.u16le());
    } else {
        code = TRY(in.u8());
        if (code == 255) code = TRY(in.u16le());
    }
    m_made.clear();
    const Value value = value_of(code);
    if (value == Value::text || value == Value::handle) {
        const std::string_view found = TRY(text(in));
        m_at += in.position();
        return Group{code, found};
    }
    TRY(binary_value(in, code));
    m_at += in.position();
    return Group{code, m_made};
}

Result<> Reader::binary_value(ByteReader& in, int code) {
    switch (value_of(code)) {
    case Value::real: {
        const double value = std::bit_cast<double>(TRY(in.u64le()));
        if (!std::isfinite(value)) return refuse(Reason::cad_damaged);
        cad::put_real(m_made, value);
        return {};
    }
    case Value::whole:
        cad::put_integer(m_made, TRY(number(in, width_of(code))));
        return {};
    case Value::flag:
        cad::put_integer(m_made, TRY(in.u8()));
        return {};
    case Value::chunk:
        return in.skip(TRY(in.u8())); // no chunk is kept
    default:
        return refuse(Reason::cad_damaged);
    }
}

} // namespace sekisho::dxf
