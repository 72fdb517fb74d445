#include "sanitizer/verify/pdf/inline_image.h"

#include <algorithm>
#include <string>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

constexpr std::int64_t longest_side = 1 << 20;
constexpr std::size_t largest_data = 128 << 20; // hexadecimal digits

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_content);
}

class InlineImage {
public:
    explicit InlineImage(Lexer& lexer) : m_lexer(lexer) {}

    Result<> run() {
        for (;;) {
            const Token key = TRY(m_lexer.next());
            if (key.is_keyword("ID")) break;
            if (!key.is(Token::Kind::name) || std::ranges::find(m_seen, key.raw) != m_seen.end()) return bad();
            m_seen.push_back(key.raw);
            TRY(entry(key.raw, TRY(m_lexer.next())));
        }
        const bool is_hexadecimal = std::ranges::find(m_seen, "F") != m_seen.end();
        if (!is_hexadecimal || m_width == 0 || m_height == 0) return bad();
        const Bytes bytes = TRY(data());
        if (m_is_jpeg) return jpeg(bytes);
        const std::uint64_t row = (m_width * m_bits * m_components + 7) / 8;
        if (m_components != 0 && bytes.size() != row * m_height) return bad();
        return {};
    }

private:
    Result<> entry(std::string_view key, const Token& value) {
        if (key == "W") return size(value, longest_side, m_width);
        if (key == "H") return size(value, longest_side, m_height);
        if (key == "BPC") return size(value, 16, m_bits);
        if (key == "F") return filter(value);
        if (key == "CS") return color_space(value);
        if (key == "IM" || key == "I") {
            if (!value.is_keyword("true") && !value.is_keyword("false")) return bad();
            if (key == "IM" && value.is_keyword("true")) m_components = 1;
            return {};
        }
        if (key != "D" || !value.is(Token::Kind::array_open)) return bad();
        for (Token item = TRY(m_lexer.next()); !item.is(Token::Kind::array_close); item = TRY(m_lexer.next()))
            if (!item.is_number()) return bad();
        return {};
    }

    static Result<> size(const Token& value, std::int64_t most, std::uint64_t& into) {
        if (!value.is(Token::Kind::integer) || value.number < 1 || value.number > most) return bad();
        into = static_cast<std::uint64_t>(value.number);
        return {};
    }

    // /AHx, or [/AHx /DCT].
    Result<> filter(const Token& value) {
        if (value.is(Token::Kind::name) && value.raw == "AHx") return {};
        if (!value.is(Token::Kind::array_open) || TRY(m_lexer.next()).raw != "AHx") return bad();
        m_is_jpeg = true;
        if (TRY(m_lexer.next()).raw != "DCT" || !TRY(m_lexer.next()).is(Token::Kind::array_close)) return bad();
        return {};
    }

    // A name, or [/Indexed name integer string]. Names of the resources leave the number of components open.
    Result<> color_space(const Token& value) {
        if (value.is(Token::Kind::name)) {
            if (value.raw == "G" || value.raw == "DeviceGray") m_components = 1;
            if (value.raw == "RGB" || value.raw == "DeviceRGB") m_components = 3;
            if (value.raw == "CMYK" || value.raw == "DeviceCMYK") m_components = 4;
            return {};
        }
        if (!value.is(Token::Kind::array_open) || TRY(m_lexer.next()).raw != "Indexed") return bad();
        if (!TRY(m_lexer.next()).is(Token::Kind::name) || !TRY(m_lexer.next()).is(Token::Kind::integer)) return bad();
        if (!TRY(m_lexer.next()).is(Token::Kind::text)) return bad();
        if (!TRY(m_lexer.next()).is(Token::Kind::array_close)) return bad();
        m_components = 1;
        return {};
    }

    Result<Bytes> data() {
        const std::string_view rest = m_lexer.text().substr(m_lexer.position());
        const std::size_t end = rest.find('>');
        if (end == std::string_view::npos || end > largest_data || !is_space(rest.front())) return bad();
        auto bytes = from_hex(rest.substr(1, end - 1));
        m_lexer.seek(m_lexer.position() + end + 1);
        if (!bytes || !TRY(m_lexer.next()).is_keyword("EI")) return bad();
        return bytes;
    }

    Result<> jpeg(View bytes) const {
        int components = 0;
        TRY(check_jpeg(bytes, m_width, m_height, components));
        if (m_bits != 8 || (m_components != 0 && m_components != static_cast<std::uint64_t>(components))) return bad();
        return {};
    }

    Lexer& m_lexer;
    std::vector<std::string_view> m_seen;
    std::uint64_t m_width = 0;
    std::uint64_t m_height = 0;
    std::uint64_t m_bits = 1;
    std::uint64_t m_components = 0; // 0 = not known here
    bool m_is_jpeg = false;
};

} // namespace

Result<> check_inline_image(Lexer& lexer) {
    return InlineImage(lexer).run();
}

} // namespace sekisho::verify
