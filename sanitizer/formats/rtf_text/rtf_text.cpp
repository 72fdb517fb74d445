#include "sanitizer/formats/rtf_text/rtf_text.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/text/utf8.h"
#include "sanitizer/formats/rtf_text/tokens.h"
#include "sanitizer/formats/text/labels.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::rtf_text {

namespace {

using Kind = Token::Kind;
using Origin = Body::Origin;

constexpr std::size_t deepest = 500, most_fonts = 10'000;

// Groups whose text is no part of the document, without the sign \* that says so.
bool is_aside(std::string_view word) {
    constexpr auto asides = std::to_array<std::string_view>(
        {"aftncn",  "aftnsep", "aftnsepc", "colortbl",   "filetbl", "fldinst",  "footer",  "footerf",
         "footerl", "footerr", "ftncn",    "ftnsep",     "ftnsepc", "header",   "headerf", "headerl",
         "headerr", "info",    "objalias", "objclass",   "objdata", "objname",  "objsect", "pict",
         "private", "revtbl",  "rxe",      "stylesheet", "tc",      "template", "txe",     "xe"});
    return std::ranges::find(asides, word) != asides.end();
}

struct Character {
    std::string_view word, text, in_page; // in_page: as [MS-OXRTFEX] 2.1.3.1.4 maps it
};
constexpr auto characters = std::to_array<Character>({
    {"par", "\n", "\n"},
    {"line", "\n", "\n"},
    {"sect", "\n", "\n"},
    {"page", "\n", "\n"},
    {"row", "\n", "\n"},
    {"tab", "\t", "\t"},
    {"cell", "\t", "\t"},
    {"lquote", "\u2018", "&lsquo;"},
    {"rquote", "\u2019", "&rsquo;"},
    {"ldblquote", "\u201C", "&ldquo;"},
    {"rdblquote", "\u201D", "&rdquo;"},
    {"bullet", "\u2022", "&bull;"},
    {"endash", "\u2013", "&ndash;"},
    {"emdash", "\u2014", "&mdash;"},
});

// \fcharsetN (RTF 1.9.1, "Font Table"); 0 for the document's own.
std::uint32_t codepage_of(std::int32_t font_charset) {
    constexpr auto known = std::to_array<std::pair<std::int32_t, std::uint32_t>>({{0, 1252},
                                                                                  {2, 1252},
                                                                                  {128, 932},
                                                                                  {129, 949},
                                                                                  {134, 936},
                                                                                  {136, 950},
                                                                                  {161, 1253},
                                                                                  {162, 1254},
                                                                                  {163, 1258},
                                                                                  {177, 1255},
                                                                                  {178, 1256},
                                                                                  {186, 1257},
                                                                                  {204, 1251},
                                                                                  {222, 874},
                                                                                  {238, 1250}});
    for (const auto& [charset, codepage] : known)
        if (charset == font_charset) return codepage;
    return 0;
}

struct Group {
    bool aside = false;        // its text is not shown
    bool html_tag = false;     // \*\htmltag: its text is HTML
    bool rtf_only = false;     // between \htmlrtf and \htmlrtf0: there for readers of RTF
    bool hidden = false;       // \v
    bool font_table = false;   // \fonttbl
    std::int32_t fallback = 1; // \uc: how many characters stand for one \u
    std::int32_t font = -1;
};

class Reader {
public:
    Reader(View rtf, Budget& budget) : m_tokens(rtf), m_budget(budget) {}

    Result<Body> run();

private:
    Result<> take(const Token& token);
    void word(const Token& token);
    void font_word(const Token& token);
    bool destination(std::string_view word);
    void symbol(char c);
    void character(std::int32_t unit);
    void bytes(std::string_view text);
    void text(std::string_view utf8);
    void flush();

    Group& group() { return m_groups.back(); }
    bool shown() const {
        const Group& here = m_groups.back();
        if (here.aside) return false;
        return m_origin == Origin::page ? here.html_tag || !here.rtf_only : !here.hidden;
    }
    std::uint32_t codepage() const {
        const auto found = m_fonts.find(m_groups.back().font);
        const bool own = m_groups.back().html_tag || found == m_fonts.end() || found->second == 0;
        return own ? m_codepage : found->second;
    }

    Tokens m_tokens;
    Budget& m_budget;
    Origin m_origin = Origin::rich;
    std::vector<Group> m_groups{Group{}};
    std::map<std::int32_t, std::uint32_t> m_fonts; // number to code page
    std::int32_t m_font_entry = -1;                // of the table, the one that is read
    std::int32_t m_default_font = -1;
    std::uint32_t m_codepage = 1252;
    bool m_starred = false;     // behind \*
    std::int32_t m_to_skip = 0; // characters that stand for a \u
    char32_t m_high = 0;        // first half of a surrogate pair
    std::string m_pending;      // bytes in m_pending_codepage
    std::uint32_t m_pending_codepage = 1252;
    std::string m_text;
};

Result<Body> Reader::run() {
    for (Token token = m_tokens.next(); token.kind != Kind::end; token = m_tokens.next()) {
        TRY(m_budget.check_time());
        TRY(take(token));
        if (m_groups.size() == 1) break; // what follows the document is none of it
    }
    flush();
    text::Whole counts;
    text::clean_again(m_text, counts);
    TRY(m_budget.take_unpacked(m_text.size()));
    return Body{m_origin, std::move(m_text)};
}

Result<> Reader::take(const Token& token) {
    const bool starred = std::exchange(m_starred, false);
    switch (token.kind) {
    case Kind::open:
        if (m_groups.size() > deepest) return refuse(Reason::limit_depth);
        m_groups.push_back(group());
        m_to_skip = 0;
        return {};
    case Kind::close:
        if (m_groups.size() > 1) m_groups.pop_back();
        m_to_skip = 0;
        return {};
    case Kind::word:
        if (starred && token.text == "htmltag" && m_origin == Origin::page && !group().aside) {
            group().html_tag = true;
        } else if (starred) {
            group().aside = true;
        } else {
            word(token);
        }
        return {};
    case Kind::symbol:
        symbol(static_cast<char>(token.value));
        return {};
    case Kind::octet: {
        const char value = static_cast<char>(token.value);
        bytes({&value, 1});
        return {};
    }
    default:
        bytes(token.text);
        return {};
    }
}

// True if the word makes its group one of another kind.
bool Reader::destination(std::string_view word) {
    if (word == "fonttbl") {
        group().font_table = group().aside = true;
        return true;
    }
    if (!is_aside(word)) return false;
    group().aside = true;
    return true;
}

void Reader::font_word(const Token& token) {
    if (token.text == "f") m_font_entry = token.number.value_or(0);
    std::uint32_t codepage = 0;
    if (token.text == "fcharset") codepage = codepage_of(token.number.value_or(0));
    if (token.text == "cpg") codepage = static_cast<std::uint32_t>(std::max(token.number.value_or(0), 0));
    if (codepage != 0 && m_fonts.size() < most_fonts) m_fonts[m_font_entry] = codepage;
}

void Reader::word(const Token& token) {
    const std::string_view name = token.text;
    const std::int32_t number = token.number.value_or(1);
    if (group().font_table) return font_word(token);
    if (destination(name)) return;
    if (name == "u") return character(token.number.value_or(0));
    const bool in_header = m_text.empty() && m_pending.empty();
    if (name == "fromhtml" && in_header && number != 0) m_origin = Origin::page;
    if (name == "fromtext" && in_header && m_origin != Origin::page) m_origin = Origin::text;
    if (name == "ansicpg" && number > 0) m_codepage = static_cast<std::uint32_t>(number);
    if (name == "deff") m_default_font = group().font = token.number.value_or(0);
    if (name == "f") group().font = token.number.value_or(0);
    if (name == "plain") {
        group().font = m_default_font;
        group().hidden = false;
    }
    if (name == "uc") group().fallback = std::clamp(number, 0, 16);
    if (name == "v") group().hidden = number != 0;
    if (name == "htmlrtf") group().rtf_only = number != 0;
    for (const Character& known : characters)
        if (known.word == name) text(m_origin == Origin::page ? known.in_page : known.text);
}

void Reader::symbol(char c) {
    const bool page = m_origin == Origin::page;
    switch (c) {
    case '*':
        m_starred = true;
        return;
    case '\\':
    case '{':
    case '}':
        return bytes({&c, 1});
    case '\r':
    case '\n':
        return text("\n");
    case '\t':
        return text("\t");
    case '~':
        return text(page ? "&nbsp;" : "\u00A0");
    case '_':
        return text(page ? "&shy;" : "\u2011");
    default:
        return;
    }
}

// \uN: a UTF-16 unit, as a signed number if it is large.
void Reader::character(std::int32_t unit) {
    m_to_skip = group().fallback;
    const auto point = static_cast<char32_t>(unit & 0xFFFF);
    if (point >= 0xD800 && point < 0xDC00) {
        m_high = point;
        return;
    }
    const char32_t high = std::exchange(m_high, 0);
    const bool low = point >= 0xDC00 && point < 0xE000;
    std::string utf8;
    if (!low)
        append_utf8(utf8, point);
    else if (high != 0)
        append_utf8(utf8, 0x10000 + ((high - 0xD800) << 10) + (point - 0xDC00));
    text(utf8);
}

void Reader::bytes(std::string_view raw) {
    const auto skipped = std::min(raw.size(), static_cast<std::size_t>(m_to_skip));
    raw.remove_prefix(skipped);
    m_to_skip -= static_cast<std::int32_t>(skipped);
    if (raw.empty() || !shown()) return;
    if (m_pending_codepage != codepage()) flush();
    m_pending_codepage = codepage();
    m_pending += raw;
}

void Reader::text(std::string_view utf8) {
    if (!shown()) return;
    flush();
    m_text += utf8;
}

void Reader::flush() {
    if (m_pending.empty()) return;
    m_text += text::decode_lossy(as_view(m_pending), text::label_of_codepage(m_pending_codepage), m_budget).text;
    m_pending.clear();
}

} // namespace

Result<Body> read(View rtf, Budget& budget) {
    if (!starts_with(rtf, "{\\rtf")) return refuse(Reason::input_damaged);
    return Reader(rtf, budget).run();
}

} // namespace sekisho::rtf_text
