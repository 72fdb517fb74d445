#include "sanitizer/formats/html/writer.h"

#include <algorithm>

#include "sanitizer/formats/html/lists.h"
#include "sanitizer/formats/html/style.h"

namespace sekisho::html {

namespace {

// Nothing is fetched even by a browser that would see something to fetch.
constexpr std::string_view fixed_head =
    "<meta charset=\"UTF-8\" />\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "img-src data: cid:; style-src 'unsafe-inline'\" />\n";
constexpr std::size_t longest_reopened = 512, most_reopened = 8;

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\f") == text.npos;
}

const std::string* value_of(const Token& token, std::string_view name) {
    const auto found = std::ranges::find(token.attributes, name, &Attribute::name);
    return found == token.attributes.end() ? nullptr : &found->value;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

} // namespace

Result<> Writer::take(Token& token) {
    TRY(m_context.budget().check_time());
    if (m_body.size() > m_context.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    if (token.kind == Token::Kind::comment) {
        if (!token.text.empty()) found(Finding::html_comment);
        return {};
    }
    if (m_drawing) {
        if (m_drawing->length() > m_context.limits().bytes_in_memory / 8) return refuse(Reason::limit_memory);
        return m_drawing->take(token) ? close_drawing() : Result<>();
    }
    if (skip(token)) return {};
    switch (token.kind) {
    case Token::Kind::text:
        text(token.text);
        return {};
    case Token::Kind::start:
        return start(token);
    case Token::Kind::end:
        end(token.text);
        return {};
    default:
        return {};
    }
}

// Whether the token belongs to an element that goes as a whole.
bool Writer::skip(const Token& token) {
    if (m_skipped.empty()) return false;
    if (token.text == m_skipped && token.kind == Token::Kind::start && !token.self_closing) ++m_skip_depth;
    if (token.text == m_skipped && token.kind == Token::Kind::end && --m_skip_depth == 0) m_skipped.clear();
    return true;
}

Result<> Writer::start(Token& token) {
    const Element element = element_of(token.text);
    m_pre_start = false;
    switch (element) {
    case Element::kept:
        return kept(token);
    case Element::head:
        return head(token);
    case Element::program:
        return refuse(Reason::type_executable);
    case Element::drawing:
        if (m_closed || token.self_closing) return found(Finding::html_foreign), Result<>();
        m_drawing.emplace(token);
        return {};
    case Element::dropped:
    case Element::foreign:
        found(element == Element::foreign ? Finding::html_foreign
              : token.text == "script"    ? Finding::html_script
                                          : Finding::html_active);
        if (element == Element::foreign && token.self_closing) return {};
        m_skipped = token.text;
        m_skip_depth = 1;
        return {};
    default:
        unlisted(token);
        return {};
    }
}

// As a picture: nothing in it can act, load anything or be read in another way than the drawing's own verifier does.
Result<> Writer::close_drawing() {
    if (!m_drawing) return {};
    const std::string size = m_drawing->size();
    std::string xml = m_drawing->take_xml();
    m_drawing.reset();
    text::clean_again(xml, m_counts);
    MemorySink out(m_context.limits().bytes_in_memory / 4);
    const auto type = m_context.sanitize_nested(MemorySource(as_view(xml)), out, "");
    const bool limit = !type && (type.error().code.starts_with("limit.") || type.error().kind == ErrorKind::fail);
    if (limit) return std::unexpected(type.error());
    if (!type || *type != Type::svg) return found(Finding::html_foreign), Result<>();
    found(Finding::html_drawing, Action::converted);
    m_body += "<img src=\"data:" + std::string(row_of(Type::svg).media) + ";base64," + to_base64(out.bytes()) + "\"" +
              size + " />";
    return {};
}

// The tag goes, what is in it stays.
void Writer::unlisted(const Token& token) {
    const std::string& name = token.text;
    if (name == "title") {
        m_to = m_has_title ? To::nowhere : To::title;
        m_has_title = true;
        return;
    }
    if (name == "style") {
        m_to = To::sheet;
        return;
    }
    if (name == "meta") {
        const std::string* equivalent = value_of(token, "http-equiv");
        const std::string kind = equivalent ? lower(*equivalent) : std::string();
        if (kind == "refresh") return found(Finding::html_remote);
        const bool ours = kind == "content-type" || kind == "content-security-policy" || value_of(token, "charset");
        if (!ours) found(Finding::html_unknown);
        return;
    }
    if (name == "link" || name == "base" || name == "bgsound") return found(Finding::html_remote);
    found(element_of(name) == Element::active ? Finding::html_active : Finding::html_unknown);
}

Result<> Writer::head(Token& token) {
    std::erase_if(token.attributes, [&](const Attribute& attribute) {
        return attribute.name == "xmlns" || attribute.name == "xml:lang" ||
               (token.text == "body" && (attribute.name == "link" || attribute.name == "vlink" ||
                                         attribute.name == "alink" || attribute.name == "text"));
    });
    std::string written = TRY(attributes(token));
    if (token.text == "html" && m_lang.empty()) m_lang = std::move(written);
    if (token.text == "body" && m_body_attributes.empty()) m_body_attributes = std::move(written);
    return {};
}

Result<> Writer::kept(Token& token) {
    const std::string& name = token.text;
    if (name == "img" && !value_of(token, "alt") && value_of(token, "src")) {
        // A picture that is not shown and says nothing leaves nothing (a tracking pixel).
        std::string tag = TRY(attributes(token));
        if (tag.find(" src=\"") != tag.npos) m_body += "<img" + tag + " />";
        return {};
    }
    implied_ends(name);
    std::string tag = TRY(attributes(token));
    if (is_void(name)) {
        m_body += "<" + name + tag + " />";
        return {};
    }
    if (m_open.size() >= deepest) return {};
    open(name, tag);
    m_pre_start = name == "pre";
    return {};
}

void Writer::open(const std::string& name, const std::string& attributes) {
    m_body += "<" + name + attributes + ">";
    m_open.push_back({name, attributes});
}

void Writer::implied_ends(std::string_view name) {
    for (std::size_t i = m_open.size(); i-- > 0;) {
        if (ends_before(m_open[i].name, name)) {
            pop_to(i, name != "a");
            i = m_open.size();
            continue;
        }
        if (is_barrier(m_open[i].name, name)) return;
    }
}

// Closes down to and with `index`. Formatting that is closed on the way goes on behind it.
void Writer::pop_to(std::size_t index, bool reopen) {
    std::vector<Open> again;
    reopen = reopen && !is_table_part(m_open[index].name);
    while (m_open.size() > index) {
        Open& last = m_open.back();
        m_body += "</" + last.name + ">";
        const bool within = m_open.size() > index + 1;
        if (within && is_formatting(last.name) && last.attributes.size() <= longest_reopened)
            again.push_back(std::move(last));
        m_open.pop_back();
    }
    if (!reopen || again.size() > most_reopened) return;
    for (std::size_t i = again.size(); i-- > 0;) open(again[i].name, again[i].attributes);
}

void Writer::end(const std::string& name) {
    m_pre_start = false;
    if (name == "title" || name == "style" || m_to != To::body) {
        m_to = To::body;
        if (name == "title" || name == "style") return;
    }
    if (name == "body" || name == "html") {
        m_closed = true;
        return;
    }
    for (std::size_t i = m_open.size(); i-- > 0;) {
        if (m_open[i].name == name) return pop_to(i, true);
        if (is_barrier(m_open[i].name, name) && element_of(name) == Element::kept && name != "table" && name != "tr" &&
            name != "tbody" && name != "thead" && name != "tfoot")
            return;
    }
}

void Writer::text(std::string& text) {
    switch (m_to) {
    case To::title:
        m_title += escaped(text, false);
        return;
    case To::sheet: {
        const Style style = clean_sheet(text);
        note_style(style.removed, style.remote);
        std::string sheet = style.text;
        text::clean_again(sheet, m_counts);
        m_sheet += sheet;
        return;
    }
    case To::nowhere:
        return;
    case To::body:
        break;
    }
    if ((m_body.empty() || m_closed) && is_blank(text)) return;
    if (m_body.empty()) text.erase(0, text.find_first_not_of(" \t\n\f"));
    if (m_pre_start) {
        // A line end directly behind <pre> is none for HTML and one for XML.
        if (text.starts_with('\n')) text.erase(0, 1);
        if (text.starts_with('\n')) text.insert(0, 1, '\n');
        m_pre_start = false;
    }
    m_body += escaped(text, false);
}

void Writer::note_style(bool removed, bool remote) {
    if (remote) found(Finding::html_remote);
    if (removed) found(Finding::html_style);
}

std::string Writer::escaped(std::string_view text, bool in_attribute) {
    std::string clean(text);
    text::clean_again(clean, m_counts);
    std::string out;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const char c = clean[i];
        // U+FFFE and U+FFFF are no characters for XML.
        if (c == '\xEF' && clean.compare(i + 1, 1, "\xBF") == 0 && static_cast<unsigned char>(clean[i + 2]) >= 0xBE) {
            i += 2;
            continue;
        }
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += in_attribute ? "&quot;" : "\"";
            break;
        case '\f':
            out += ' ';
            break;
        case '\r':
            break;
        case '\n':
            out += in_attribute ? "&#10;" : "\n";
            break;
        case '\t':
            out += in_attribute ? "&#9;" : "\t";
            break;
        default:
            out += c;
        }
    }
    return out;
}

Result<std::string> Writer::finish() {
    TRY(close_drawing());
    if (!m_open.empty()) pop_to(0, false);
    text::note(m_context, m_counts);
    std::string page = "<!DOCTYPE html>\n<html" + m_lang + ">\n<head>\n";
    page += fixed_head;
    page += "<title>" + m_title + "</title>\n";
    if (!m_sheet.empty()) page += "<style>\n" + m_sheet + "</style>\n";
    page += "</head>\n<body" + m_body_attributes + ">\n" + m_body + "</body>\n</html>\n";
    return page;
}

} // namespace sekisho::html
