#include "sanitizer/formats/mail/address.h"

#include <algorithm>

#include "sanitizer/formats/mail/fields.h"
#include "sanitizer/formats/mail/words.h"

namespace sekisho::mail {

namespace {

constexpr std::size_t most_mailboxes = 2000, longest_display = 512;

// The parts of a list between commas and semicolons, outside of quotes, angles, comments and encoded words.
std::vector<std::string> split(std::string_view raw) {
    std::vector<std::string> parts(1);
    bool quoted = false, angle = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (c == '\\' && i + 1 < raw.size()) {
            parts.back() += raw.substr(i++, 2);
            continue;
        }
        if (c == '"' && !angle) quoted = !quoted;
        if (c == '<' && !quoted) angle = true;
        if (c == '>' && !quoted) angle = false;
        if ((c == ',' || c == ';') && !quoted && !angle)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

std::string unquoted(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size())
            made += text[++i];
        else if (text[i] != '"')
            made += text[i];
    }
    return made;
}

// The text of the last comment: where a name stands behind "a@b (name)".
std::string comment_of(std::string_view text) {
    const std::size_t open = text.rfind('('), close = text.rfind(')');
    return open == text.npos || close == text.npos || close < open
               ? std::string()
               : std::string(text.substr(open + 1, close - open - 1));
}

std::string address_in(std::string_view text) {
    std::string address = trimmed(unquoted(text));
    // A route ("@a,@b:c@d", RFC 5322 4.4) is obsolete and hides where a mail goes.
    if (address.starts_with('@')) address.erase(0, address.find(':') + 1);
    if (lower(address.substr(0, 7)) == "mailto:") address.erase(0, 7);
    return address;
}

} // namespace

bool is_address(std::string_view address) {
    const std::size_t at = address.find('@');
    if (address.size() > 320 || at == 0 || at == address.npos || address.find('@', at + 1) != address.npos ||
        at + 1 == address.size())
        return false;
    const bool local = std::ranges::all_of(address.substr(0, at), [](char c) {
        return c > ' ' && c < 0x7F && std::string_view("()<>[]:;@\\,\"").find(c) == std::string_view::npos;
    });
    return local && std::ranges::all_of(address.substr(at + 1), [](char c) {
               const char low = static_cast<char>(c | 0x20);
               return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

std::vector<Mailbox> parse_addresses(std::string_view raw, Budget& budget, bool& broken, bool& converted) {
    std::vector<Mailbox> made;
    for (const std::string& part : split(raw)) {
        std::string text = trimmed(part);
        if (text.empty()) continue;
        Mailbox mailbox;
        const std::size_t open = text.rfind('<'), close = text.rfind('>');
        if (open != text.npos && close != text.npos && open < close) {
            mailbox.address = address_in(text.substr(open + 1, close - open - 1));
            mailbox.display = text.substr(0, open);
        } else {
            mailbox.display = comment_of(text);
            mailbox.address = address_in(without_comments(text));
        }
        // "group: a@b" leaves the group's name in front.
        const std::size_t colon = mailbox.address.rfind(':');
        if (colon != mailbox.address.npos) mailbox.address = trimmed(mailbox.address.substr(colon + 1));
        mailbox.display =
            decode_words(unquoted(trimmed(mailbox.display)), budget, converted).substr(0, longest_display);
        while (!mailbox.display.empty() && (static_cast<unsigned char>(mailbox.display.back()) & 0xC0) == 0x80 &&
               mailbox.display.size() == longest_display)
            mailbox.display.clear();
        if (!is_address(mailbox.address)) {
            broken = broken || !mailbox.address.empty();
            continue;
        }
        if (made.size() >= most_mailboxes) {
            broken = true;
            break;
        }
        made.push_back(std::move(mailbox));
    }
    return made;
}

std::string write_addresses(std::string_view name, const std::vector<Mailbox>& mailboxes) {
    std::string out;
    for (const Mailbox& mailbox : mailboxes) {
        out += out.empty() ? std::string(name) + ":" : std::string(",");
        const std::string& display = mailbox.display;
        const bool plain = is_plain_ascii(display) && display.size() <= 60 &&
                           display.find_first_of("\"\\") == display.npos && display.find("=?") == display.npos;
        if (!display.empty()) out += plain ? "\r\n \"" + display + "\"" : "\r\n " + encode_words(display);
        out += "\r\n <" + mailbox.address + ">";
    }
    return out.empty() ? out : out + "\r\n";
}

} // namespace sekisho::mail
