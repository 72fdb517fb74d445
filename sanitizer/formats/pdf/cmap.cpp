#include "sanitizer/formats/pdf/cmap.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/lexer.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_entries = 200'000;
constexpr std::size_t longest_code = 4;
constexpr std::size_t longest_text = 256; // bytes of UTF-16 that one code may stand for
constexpr std::size_t section_size = 100; // Technical Note 5014: at most 100 entries in a section

class Reader {
public:
    Reader(View program, CMapUse use) : m_lexer(program), m_use(use) {}
    Result<CMap> run();

private:
    Result<> section(std::string_view kind);
    bool entry(std::string_view kind, Lexeme first, std::string& out);
    bool put_code(std::string& out, Lexeme lexeme);
    bool put_target(std::string& out, Lexeme lexeme, bool may_be_array);
    void definition(const std::string& name);

    Lexer m_lexer;
    CMapUse m_use;
    std::string m_body;
    std::string m_parent; // usecmap
    std::string m_name = "Sekisho";
    std::string m_registry = "Adobe";
    std::string m_ordering = "Identity";
    std::string m_supplement = "0";
    bool m_vertical = false;
    std::size_t m_entries = 0;
};

void put_hex(std::string& out, std::string_view bytes) {
    ((out += '<') += to_hex(as_view(bytes))) += '>';
}

// Names of the predefined CMaps consist of these characters only; any other parent is not referred to.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() < 64 && std::ranges::all_of(name, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
    });
}

bool is_ordering(std::string_view text) {
    return !text.empty() && text.size() < 64 && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
}

bool Reader::put_code(std::string& out, Lexeme lexeme) {
    if (lexeme != Lexeme::text || m_lexer.text().empty() || m_lexer.text().size() > longest_code) return false;
    put_hex(out, m_lexer.text());
    return true;
}

bool Reader::put_target(std::string& out, Lexeme lexeme, bool may_be_array) {
    if (lexeme == Lexeme::text && m_lexer.text().size() <= longest_text) {
        put_hex(out, m_lexer.text());
        return true;
    }
    if (lexeme == Lexeme::name) { // a glyph name, which no reader maps further
        out += "<FFFD>";
        return true;
    }
    if (lexeme != Lexeme::array_open || !may_be_array) return false;
    out += '[';
    for (Lexeme item = m_lexer.next(); item != Lexeme::array_close; item = m_lexer.next()) {
        if (item == Lexeme::end || ++m_entries > most_entries || !put_target(out, item, false)) return false;
    }
    out += ']';
    return true;
}

// One line of a section: codes, then what they map to.
bool Reader::entry(std::string_view kind, Lexeme first, std::string& out) {
    if (!put_code(out, first)) return false;
    if (kind != "bfchar" && kind != "cidchar" && kind != "notdefchar" && !put_code(out, m_lexer.next())) return false;
    if (kind == "codespacerange") return true;
    out += ' ';
    const Lexeme target = m_lexer.next();
    if (kind.starts_with("bf")) return put_target(out, target, kind == "bfrange");
    if (target != Lexeme::number) return false;
    put_number(out, m_lexer.text());
    return true;
}

Result<> Reader::section(std::string_view kind) {
    std::vector<std::string> lines;
    const std::string end = fmt::format("end{}", kind);
    for (Lexeme lexeme = m_lexer.next(); lexeme != Lexeme::end; lexeme = m_lexer.next()) {
        if (lexeme == Lexeme::keyword) {
            if (m_lexer.is(end) || m_lexer.text().starts_with("end")) break;
            continue;
        }
        if (++m_entries > most_entries) return refuse(Reason::input_damaged);
        std::string line;
        if (entry(kind, lexeme, line)) lines.push_back(std::move(line));
    }
    for (std::size_t at = 0; at < lines.size(); at += section_size) {
        const std::size_t count = std::min(section_size, lines.size() - at);
        m_body += fmt::format("{} begin{}\n", count, kind);
        for (std::size_t i = 0; i < count; ++i) (m_body += lines[at + i]) += '\n';
        m_body += end + '\n';
    }
    return {};
}

void Reader::definition(const std::string& name) {
    const std::size_t before = m_lexer.position();
    const Lexeme lexeme = m_lexer.next();
    const std::string_view text = m_lexer.text();
    if (name == "WMode" && lexeme == Lexeme::number)
        m_vertical = text == "1";
    else if (name == "CMapName" && lexeme == Lexeme::name && is_plain_name(text))
        m_name = text;
    else if (name == "Registry" && lexeme == Lexeme::text && is_ordering(text))
        m_registry = text;
    else if (name == "Ordering" && lexeme == Lexeme::text && is_ordering(text))
        m_ordering = text;
    else if (name == "Supplement" && lexeme == Lexeme::number)
        m_supplement.clear(), put_number(m_supplement, text);
    else
        m_lexer.seek(before);
}

Result<CMap> Reader::run() {
    constexpr auto sections =
        std::to_array<std::string_view>({"begincodespacerange", "beginbfchar", "beginbfrange", "begincidchar",
                                         "begincidrange", "beginnotdefchar", "beginnotdefrange"});
    std::string name;
    for (Lexeme lexeme = m_lexer.next(); lexeme != Lexeme::end; lexeme = m_lexer.next()) {
        if (lexeme == Lexeme::name) {
            name = m_lexer.text();
            definition(name);
        } else if (lexeme == Lexeme::keyword && std::ranges::find(sections, m_lexer.text()) != sections.end()) {
            const std::string kind(m_lexer.text().substr(5));
            TRY(section(kind));
        } else if (lexeme == Lexeme::keyword && m_lexer.is("usecmap") && is_plain_name(name)) {
            m_parent = name;
        }
    }
    CMap map;
    std::string system = "<</Registry";
    put_string(system, m_registry);
    system += "/Ordering";
    put_string(system, m_ordering);
    system += "/Supplement " + m_supplement + ">>";
    map.text = "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n";
    if (!m_parent.empty()) map.text += fmt::format("/{} usecmap\n", m_parent);
    map.text += fmt::format("/CIDSystemInfo {} def\n/CMapName/{} def\n/CMapType {} def\n/WMode {} def\n", system,
                            m_name, m_use == CMapUse::encoding ? 1 : 2, m_vertical ? 1 : 0);
    map.text += m_body;
    map.text += "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
    map.keys = fmt::format("/Type/CMap/CMapName/{}/CIDSystemInfo{}/WMode {}", m_name, system, m_vertical ? 1 : 0);
    if (!m_parent.empty()) map.keys += fmt::format("/UseCMap/{}", m_parent);
    return map;
}

} // namespace

Result<CMap> rewrite_cmap(View program, CMapUse use) {
    return Reader(program, use).run();
}

} // namespace sekisho::pdf
