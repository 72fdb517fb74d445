#include "sanitizer/formats/markdown/markdown.h"

#include <algorithm>
#include <array>
#include <new>
#include <optional>

#include "sanitizer/formats/text/whole.h"

namespace sekisho::markdown {

namespace {

// What is looked at of an address; a longer one is not kept.
constexpr std::size_t longest = 2048;

constexpr std::array tags{
    std::string_view("b"),      std::string_view("blockquote"), std::string_view("br"),      std::string_view("center"),
    std::string_view("code"),   std::string_view("del"),        std::string_view("details"), std::string_view("div"),
    std::string_view("em"),     std::string_view("h1"),         std::string_view("h2"),      std::string_view("h3"),
    std::string_view("h4"),     std::string_view("hr"),         std::string_view("i"),       std::string_view("ins"),
    std::string_view("kbd"),    std::string_view("li"),         std::string_view("ol"),      std::string_view("p"),
    std::string_view("pre"),    std::string_view("s"),          std::string_view("small"),   std::string_view("span"),
    std::string_view("strong"), std::string_view("sub"),        std::string_view("summary"), std::string_view("sup"),
    std::string_view("table"),  std::string_view("tbody"),      std::string_view("td"),      std::string_view("th"),
    std::string_view("thead"),  std::string_view("tr"),         std::string_view("u"),       std::string_view("ul")};

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool has_scheme(std::string_view address, std::string_view scheme) {
    return address.size() > scheme.size() &&
           std::ranges::equal(address.substr(0, scheme.size()), scheme, [](char a, char b) { return lower(a) == b; });
}

bool is_web(std::string_view address) {
    return has_scheme(address, "http://") || has_scheme(address, "https://") || has_scheme(address, "mailto:") ||
           has_scheme(address, "tel:");
}

// No scheme in any spelling (character references, percent, backslashes), no other computer.
bool is_relative(std::string_view address) {
    if (address.empty() || address[0] == '#') return address.find_first_of("\\<>") == address.npos;
    return address[0] != '/' && address.find_first_of(":\\<>&") == address.npos;
}

// The next link begins within the address: what defuses it would change this one.
bool holds_link(std::string_view address) {
    for (const std::string_view signs : {"](", "]:", "!["})
        if (address.find(signs) != address.npos) return true;
    return false;
}

// `text` starts at "<".
bool is_plain_tag(std::string_view text) {
    std::size_t at = 1;
    if (at < text.size() && text[at] == '/') ++at;
    const std::size_t from = at;
    while (at < text.size() && at - from < 16 && (is_letter(text[at]) || (text[at] >= '1' && text[at] <= '4'))) ++at;
    std::string name(text.substr(from, at - from));
    std::ranges::transform(name, name.begin(), lower);
    if (at < text.size() && text[at] == ' ') ++at;
    if (at < text.size() && text[at] == '/') ++at;
    return at < text.size() && text[at] == '>' && std::ranges::find(tags, name) != tags.end();
}

// "<https://...>" without anything that could end or change it.
bool is_auto_link(std::string_view text) {
    const std::string_view inner = text.substr(1, longest);
    const std::size_t end = inner.find_first_of("<> \t\r\n\f\"'`\\");
    return end != inner.npos && inner[end] == '>' && is_web(inner.substr(0, end));
}

bool starts_markup(std::string_view text) {
    return text.size() > 1 && (is_letter(text[1]) || text[1] == '/' || text[1] == '!' || text[1] == '?');
}

// The address behind "](" or "]:"; nothing if it does not end where it could be looked at.
std::optional<std::string_view> address_behind(std::string_view text) {
    text = text.substr(0, longest);
    while (!text.empty() && (is_blank(text.front()) || text.front() == '<')) text.remove_prefix(1);
    const std::size_t end = text.find_first_of(" \t\r\n\f)>");
    if (end == text.npos && text.size() == longest) return std::nullopt;
    return text.substr(0, end);
}

class Defuser {
public:
    explicit Defuser(std::string_view text) : m_in(text) {}

    Result<std::string> run(Budget& budget) {
        for (std::size_t at = 0; at < m_in.size();) {
            TRY(budget.check_time());
            const std::size_t stop = std::min(m_in.find_first_of("<]!", at), m_in.size());
            m_out += m_in.substr(at, stop - at);
            if (stop == m_in.size()) break;
            m_out += m_in[stop];
            special(m_in.substr(stop));
            at = stop + 1;
        }
        return std::move(m_out);
    }
    std::uint64_t html = 0, addresses = 0;

private:
    void special(std::string_view rest) {
        if (rest[0] == '<' && starts_markup(rest) && !is_plain_tag(rest) && !is_auto_link(rest)) {
            m_out += ' ';
            ++html;
        }
        if (rest[0] == ']' && rest.size() > 1 && (rest[1] == '(' || rest[1] == ':')) link(rest);
        if (rest[0] == '!' && rest.size() > 1 && rest[1] == '[' && !is_own_picture(rest)) {
            m_out += ' ';
            ++addresses;
        }
    }

    void link(std::string_view rest) {
        const auto address = address_behind(rest.substr(2));
        if (address && !holds_link(*address) &&
            (is_web(*address) ? address->find_first_of("\\<>") == address->npos : is_relative(*address)))
            return;
        // "]:" in ordinary words is no definition: there is nothing behind it that could be an address.
        m_out += '\\';
        ++addresses;
    }

    static bool is_own_picture(std::string_view rest) {
        const std::string_view text = rest.substr(0, longest);
        const std::size_t close = text.find_first_of("]\r\n", 2);
        if (close == text.npos || close + 1 >= text.size() || text[close] != ']' || text[close + 1] != '(')
            return false;
        const auto address = address_behind(rest.substr(close + 2));
        return address && !address->empty() && !holds_link(*address) && is_relative(*address);
    }

    std::string_view m_in;
    std::string m_out;
};

Result<Type> rewrite(Job& job) {
    const text::Whole whole = TRY(text::read_whole(job.in, {}, job.context.budget()));
    Defuser defuser(whole.text);
    const std::string made = TRY(defuser.run(job.context.budget()));
    text::note(job.context, whole);
    if (defuser.html > 0) job.context.found(Finding::markdown_html, Action::rewritten);
    if (defuser.addresses > 0) job.context.found(Finding::markdown_address, Action::rewritten);
    TRY(job.context.budget().take_unpacked(made.size()));
    TRY(job.out.write(std::string_view(made)));
    return Type::markdown;
}

} // namespace

Result<Type> rebuild(Job& job) try { return rewrite(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::markdown
