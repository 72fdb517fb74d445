#include "sanitizer/formats/html/html.h"

#include <new>

#include "sanitizer/formats/html/lists.h"
#include "sanitizer/formats/html/tokenizer.h"
#include "sanitizer/formats/html/writer.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::html {

namespace {

constexpr std::size_t prescan_size = 1024; // HTML standard, 13.2.3.2

std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r')
            out += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n')
            out += '\n';
    }
    return out;
}

// What stands behind "charset=" or the like, with or without quotes.
std::string_view name_behind(std::string_view text, std::string_view wanted) {
    for (std::size_t at = 0; at + wanted.size() < text.size(); ++at) {
        std::size_t i = 0;
        while (i < wanted.size() && (text[at + i] | 0x20) == wanted[i]) ++i;
        if (i < wanted.size()) continue;
        std::size_t from = text.find_first_not_of(" \t\r\n\f", at + wanted.size());
        if (from == text.npos || text[from] != '=') continue;
        from = text.find_first_not_of(" \t\r\n\f\"'", from + 1);
        if (from == text.npos) return {};
        return text.substr(from, text.find_first_of(" \t\r\n\f\"';/>", from) - from);
    }
    return {};
}

Result<text::Whole> read(Job& job) {
    Bytes first(prescan_size);
    first.resize(TRY(job.in.read_at(0, first)));
    text::Whole whole = TRY(text::read_whole(job.in, declared_charset(first), job.context.budget()));
    if (whole.contradicted) job.context.found(Finding::html_charset, Action::rewritten);
    text::note(job.context, whole);
    return whole;
}

// Characters with the line ends that blocks bring.
class Lines {
public:
    void text(std::string_view text) {
        for (const char c : text) {
            if (!m_pre && (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f')) {
                m_blank = !at_line_start();
                continue;
            }
            if (m_blank) m_out += ' ';
            m_blank = false;
            m_out += c;
        }
    }
    void line() {
        m_blank = false;
        if (!at_line_start()) m_out += '\n';
    }
    void put(char c) {
        m_blank = false;
        m_out += c;
    }
    void cell() {
        if (!at_line_start()) put('\t');
    }
    void pre(bool on) { m_pre = on; }
    std::string take() {
        line();
        return std::move(m_out);
    }

private:
    bool at_line_start() const { return m_out.empty() || m_out.back() == '\n' || m_out.back() == '\t'; }
    std::string m_out;
    bool m_blank = false;
    bool m_pre = false;
};

} // namespace

std::string_view declared_charset(View first) {
    const std::string_view text = as_text(first);
    const std::string_view named = name_behind(text, "charset");
    // XHTML says it in front.
    return named.empty() && text.starts_with("<?xml") ? name_behind(text.substr(0, text.find("?>")), "encoding")
                                                      : named;
}

Result<std::string> rebuild_page(std::string_view utf8, Context& context, const Resolve& resolve) {
    const std::string input = with_plain_line_ends(utf8);
    Tokenizer tokenizer(input);
    Writer writer(context, resolve);
    for (Token token; tokenizer.next(token);) TRY(writer.take(token));
    return writer.finish();
}

Result<std::string> to_text(std::string_view utf8, Context& context) {
    const std::string input = with_plain_line_ends(utf8);
    Tokenizer tokenizer(input);
    Lines lines;
    std::string hidden; // an element whose content is no text
    for (Token token; tokenizer.next(token);) {
        TRY(context.budget().check_time());
        const bool ends = token.kind == Token::Kind::end;
        if (!hidden.empty()) {
            if (ends && token.text == hidden) hidden.clear();
            continue;
        }
        if (token.kind == Token::Kind::text) lines.text(token.text);
        if (token.kind != Token::Kind::start && !ends) continue;
        const Element element = element_of(token.text);
        const bool raw = token.text == "style" || token.text == "title" || element == Element::dropped;
        if (!ends && (raw || ((element == Element::foreign || element == Element::drawing) && !token.self_closing)))
            hidden = token.text;
        if (token.text == "br" && !ends) lines.put('\n');
        if ((token.text == "td" || token.text == "th") && !ends) lines.cell();
        if (is_block(token.text)) lines.line();
        if (token.text == "pre") lines.pre(!ends);
    }
    std::string text = lines.take();
    text::Whole counts;
    text::clean_again(text, counts);
    return text;
}

Result<Type> rebuild(Job& job) try {
    const text::Whole whole = TRY(read(job));
    const std::string page = TRY(rebuild_page(whole.text, job.context));
    TRY(job.context.budget().take_unpacked(page.size()));
    TRY(job.out.write(std::string_view(page)));
    return Type::html;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> text(Job& job) try {
    const text::Whole whole = TRY(read(job));
    const std::string characters = TRY(to_text(whole.text, job.context));
    TRY(job.context.budget().take_unpacked(characters.size()));
    TRY(job.out.write(std::string_view(characters)));
    return Type::text;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::html
