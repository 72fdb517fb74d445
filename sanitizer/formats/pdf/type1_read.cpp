#include <algorithm>
#include <charconv>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/filters.h"
#include "sanitizer/formats/pdf/lexer.h"
#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/type1.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_glyphs = 20'000;
constexpr std::size_t most_subroutines = 65'536;
constexpr auto hint_arrays = std::to_array<std::string_view>(
    {"BlueValues", "FamilyBlues", "FamilyOtherBlues", "OtherBlues", "StdHW", "StdVW", "StemSnapH", "StemSnapV"});
constexpr auto hint_numbers =
    std::to_array<std::string_view>({"BlueFuzz", "BlueScale", "BlueShift", "ExpansionFactor", "LanguageGroup"});

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() < 128 && std::ranges::all_of(name, [](char c) {
        return c > 0x20 && c < 0x7F && !std::string_view("()<>[]{}/%").contains(c);
    });
}

// PC files are cut into segments with a head of six bytes (Technical Note 5040).
Bytes without_segments(View view) {
    if (view.empty() || view[0] != 0x80) return {view.begin(), view.end()};
    Bytes out;
    ByteReader reader(view);
    while (reader.remaining() > 6) {
        const auto mark = reader.u8();
        const auto kind = reader.u8();
        const auto size = reader.u32le();
        if (!mark || !kind || !size || *mark != 0x80 || (*kind != 1 && *kind != 2)) break;
        const auto part = reader.bytes(std::min<std::size_t>(*size, reader.remaining()));
        out.insert(out.end(), part->begin(), part->end());
    }
    return out;
}

std::int64_t number(std::string_view text) {
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Numbers between brackets or braces, with spaces between.
std::string list(Lexer& lexer, std::size_t most) {
    std::string out;
    const Lexeme open = lexer.next();
    if (open != Lexeme::array_open && open != Lexeme::brace_open) return out;
    for (std::size_t i = 0; i < most && lexer.next() == Lexeme::number; ++i) {
        if (!out.empty()) out += ' ';
        put_number(out, lexer.text());
    }
    return out;
}

class Reader {
public:
    Result<Type1Font> run(View program);

private:
    void clear_part(View view);
    void encoding(Lexer& lexer);
    Result<> private_part(View view);
    Result<> subroutines(Lexer& lexer);
    Result<> charstrings(Lexer& lexer);
    Result<Bytes> binary(Lexer& lexer, std::int64_t size) const;

    Type1Font m_font;
    std::int64_t m_random = 4; // lenIV: random bytes before each charstring; -1: not encrypted
};

void Reader::encoding(Lexer& lexer) {
    if (lexer.next() == Lexeme::keyword && lexer.is("StandardEncoding")) return;
    m_font.standard_encoding = false;
    // "dup 65 /A put" until "def" or "readonly"
    std::int64_t code = -1;
    for (Lexeme lexeme = lexer.next(); lexeme != Lexeme::end; lexeme = lexer.next()) {
        if (lexeme == Lexeme::keyword && (lexer.is("def") || lexer.is("readonly"))) return;
        if (lexeme == Lexeme::number) code = number(lexer.text());
        if (lexeme != Lexeme::name || code < 0 || code > 255 || !is_plain(lexer.text())) continue;
        if (!lexer.is(".notdef")) m_font.encoding[static_cast<std::size_t>(code)] = lexer.text();
        code = -1;
    }
}

void Reader::clear_part(View view) {
    Lexer lexer(view);
    for (Lexeme lexeme = lexer.next(); lexeme != Lexeme::end; lexeme = lexer.next()) {
        if (lexeme != Lexeme::name) continue;
        if (lexer.is("FontMatrix")) {
            if (std::string values = list(lexer, 6); std::ranges::count(values, ' ') == 5) m_font.matrix = values;
        } else if (lexer.is("FontBBox")) {
            if (std::string values = list(lexer, 4); std::ranges::count(values, ' ') == 3) m_font.box = values;
        } else if (lexer.is("Encoding")) {
            encoding(lexer);
        } else if (lexer.is("FontName")) {
            if (lexer.next() == Lexeme::name && is_plain(lexer.text())) m_font.name = lexer.text();
        }
    }
}

// The reading operator (RD or -|) has just been read; one blank, then the bytes.
Result<Bytes> Reader::binary(Lexer& lexer, std::int64_t size) const {
    ByteReader reader(lexer.view());
    TRY(reader.seek(lexer.position()));
    TRY(reader.skip(1));
    if (size < 0 || size > 65535) return refuse(Reason::input_damaged);
    const View data = TRY(reader.bytes(static_cast<std::size_t>(size)));
    lexer.seek(reader.position());
    if (m_random < 0) return Bytes(data.begin(), data.end());
    return type1_decrypt(data, charstring_key, static_cast<std::size_t>(m_random));
}

Result<> Reader::subroutines(Lexer& lexer) {
    if (lexer.next() != Lexeme::number) return {};
    const std::int64_t count = number(lexer.text());
    if (count < 0 || count > static_cast<std::int64_t>(most_subroutines)) return refuse(Reason::input_damaged);
    m_font.subroutines.assign(static_cast<std::size_t>(count), Bytes{11}); // return
    // "dup 5 9 RD ~9~bytes~ NP"
    std::int64_t index = -1;
    std::int64_t size = -1;
    for (std::size_t before = lexer.position(); true; before = lexer.position()) {
        const Lexeme lexeme = lexer.next();
        if (lexeme == Lexeme::end) return {};
        if (lexeme == Lexeme::name ||
            (lexeme == Lexeme::keyword && (lexer.is("ND") || lexer.is("|-") || lexer.is("def")))) {
            lexer.seek(before);
            if (lexeme == Lexeme::keyword) lexer.next();
            return {};
        }
        if (lexeme == Lexeme::number) {
            index = size;
            size = number(lexer.text());
        } else if (lexeme == Lexeme::keyword && (lexer.is("RD") || lexer.is("-|")) && index >= 0) {
            Bytes bytes = TRY(binary(lexer, size));
            if (index < count) m_font.subroutines[static_cast<std::size_t>(index)] = std::move(bytes);
            index = size = -1;
        }
    }
}

Result<> Reader::charstrings(Lexer& lexer) {
    std::string name;
    std::int64_t size = -1;
    for (Lexeme lexeme = lexer.next(); lexeme != Lexeme::end; lexeme = lexer.next()) {
        if (lexeme == Lexeme::keyword && lexer.is("end")) return {};
        if (lexeme == Lexeme::name) {
            name = is_plain(lexer.text()) ? lexer.text() : std::string_view();
            size = -1;
        } else if (lexeme == Lexeme::number) {
            size = number(lexer.text());
        } else if (lexeme == Lexeme::keyword && size >= 0 && (lexer.is("RD") || lexer.is("-|"))) {
            Bytes bytes = TRY(binary(lexer, size));
            if (m_font.glyphs.size() >= most_glyphs) return refuse(Reason::input_damaged);
            if (!name.empty()) m_font.glyphs.emplace_back(name, std::move(bytes));
            size = -1;
        }
    }
    return {};
}

Result<> Reader::private_part(View view) {
    Lexer lexer(view);
    for (Lexeme lexeme = lexer.next(); lexeme != Lexeme::end; lexeme = lexer.next()) {
        if (lexeme != Lexeme::name) continue;
        const std::string key(lexer.text());
        if (std::ranges::find(hint_arrays, key) != hint_arrays.end()) {
            m_font.hints[key] = "[" + list(lexer, 24) + "]";
        } else if (std::ranges::find(hint_numbers, key) != hint_numbers.end()) {
            std::string value;
            if (lexer.next() == Lexeme::number) put_number(value, lexer.text()), m_font.hints[key] = value;
        } else if (key == "ForceBold") {
            if (lexer.next() == Lexeme::keyword) m_font.hints[key] = lexer.is("true") ? "true" : "false";
        } else if (key == "lenIV") {
            if (lexer.next() == Lexeme::number) m_random = number(lexer.text());
            if (m_random > 64) return refuse(Reason::input_damaged);
        } else if (key == "Subrs") {
            TRY(subroutines(lexer));
        } else if (key == "CharStrings" && m_font.glyphs.empty()) {
            TRY(charstrings(lexer));
        }
    }
    return {};
}

Result<Type1Font> Reader::run(View program) {
    const Bytes whole = without_segments(program);
    const View view(whole);
    const std::size_t at = as_text(view).find("eexec");
    if (at == std::string_view::npos) return refuse(Reason::input_damaged);
    clear_part(view.first(at));
    std::size_t start = at + 5;
    while (start < view.size() &&
           (view[start] == ' ' || view[start] == '\n' || view[start] == '\r' || view[start] == '\t'))
        ++start;
    const View secret = view.subspan(start);
    const auto is_hex = [](std::uint8_t c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    const bool hex = secret.size() >= 4 && std::ranges::all_of(secret.first(4), is_hex);
    TRY(private_part(type1_decrypt(hex ? View(decode_ascii_hex(secret)) : secret, eexec_key, 4)));
    if (m_font.glyphs.empty()) return refuse(Reason::input_damaged);
    return std::move(m_font);
}

} // namespace

Bytes type1_decrypt(View data, std::uint16_t key, std::size_t skip) {
    Bytes out;
    out.reserve(data.size());
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (i >= skip) out.push_back(static_cast<std::uint8_t>(data[i] ^ (key >> 8)));
        key = static_cast<std::uint16_t>((data[i] + key) * 52845U + 22719U);
    }
    return out;
}

// With four leading zeros in place of the random bytes: nothing here is secret.
Bytes type1_encrypt(View data, std::uint16_t key) {
    Bytes out;
    out.reserve(data.size() + 4);
    const auto put = [&](std::uint8_t plain) {
        const auto secret = static_cast<std::uint8_t>(plain ^ (key >> 8));
        key = static_cast<std::uint16_t>((secret + key) * 52845U + 22719U);
        out.push_back(secret);
    };
    for (int i = 0; i < 4; ++i) put(0);
    for (const std::uint8_t byte : data) put(byte);
    return out;
}

Result<Type1Font> read_type1(View program) {
    return Reader().run(program);
}

} // namespace sekisho::pdf
