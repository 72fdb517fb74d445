#include "sanitizer/verify/mail/header.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

enum class Kind { words, mailboxes, ids };
struct Row {
    std::string_view name;
    Kind kind;
};
constexpr std::array order{
    Row{"Date", Kind::words},         Row{"From", Kind::mailboxes},  Row{"Sender", Kind::mailboxes},
    Row{"Reply-To", Kind::mailboxes}, Row{"To", Kind::mailboxes},    Row{"Cc", Kind::mailboxes},
    Row{"Subject", Kind::words},      Row{"Message-ID", Kind::ids},  Row{"In-Reply-To", Kind::ids},
    Row{"References", Kind::ids},     Row{"Importance", Kind::words}};

std::unexpected<Error> bad() {
    return refuse(Reason::verify_mail_header);
}

bool is_one_of(std::string_view set, char c) {
    return set.find(c) != set.npos;
}

Result<> check_text(std::string_view text) {
    TRY(verify::text(MemorySource(as_view(text)), {}));
    return text.find_first_of("\r\n\t\f") == text.npos ? Result<>() : bad();
}

// "=?UTF-8?B?...?=" off `value`; false if it does not begin so.
bool take_word(std::string_view& value, std::string& text) {
    constexpr std::string_view start = "=?UTF-8?B?";
    if (!value.starts_with(start)) return false;
    const std::size_t end = value.find("?=", start.size());
    if (end == value.npos) return false;
    const auto bytes = from_base64(value.substr(start.size(), end - start.size()));
    if (!bytes) return false;
    text += as_text(*bytes);
    value.remove_prefix(end + 2);
    return true;
}

// All encoded words, or plain text in which no reader sees one.
Result<> check_words(std::string_view value) {
    if (!value.starts_with("=?")) return value.find("=?") == value.npos ? Result<>() : bad();
    std::string text;
    for (;;) {
        if (!take_word(value, text)) return bad();
        if (value.empty()) return check_text(text);
        if (!value.starts_with(' ')) return bad();
        value.remove_prefix(1);
    }
}

bool address_allowed(std::string_view address) {
    const std::size_t at = address.find('@');
    if (at == address.npos || at == 0 || at + 1 == address.size()) return false;
    const bool local =
        std::ranges::none_of(address.substr(0, at), [](char c) { return is_one_of(" ()<>[]:;@\\,\"", c); });
    return local && std::ranges::all_of(address.substr(at + 1), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || is_one_of(".-_", c);
           });
}

// "name" <a@b>, =?...?= <a@b>, <a@b>
Result<> check_mailboxes(std::string_view value) {
    for (;;) {
        std::string text;
        if (value.starts_with('"')) {
            const std::size_t end = value.find('"', 1);
            if (end == value.npos || value.substr(0, end).find('\\') != value.npos) return bad();
            if (value.substr(0, end).find("=?") != value.npos) return bad();
            value.remove_prefix(end + 1);
            if (!value.starts_with(' ')) return bad();
            value.remove_prefix(1);
        }
        while (take_word(value, text)) {
            if (!value.starts_with(' ')) return bad();
            value.remove_prefix(1);
        }
        TRY(check_text(text));
        const std::size_t end = value.find('>');
        if (!value.starts_with('<') || end == value.npos || !address_allowed(value.substr(1, end - 1))) return bad();
        value.remove_prefix(end + 1);
        if (value.empty()) return {};
        if (!value.starts_with(", ")) return bad();
        value.remove_prefix(2);
    }
}

Result<> check_ids(std::string_view value) {
    for (;;) {
        const std::size_t end = value.find('>');
        if (!value.starts_with('<') || end == value.npos) return bad();
        for (const char c : value.substr(1, end - 1))
            if (is_one_of(" <>\"\\(),:;[]", c)) return bad();
        value.remove_prefix(end + 1);
        if (value.empty()) return {};
        if (!value.starts_with(' ')) return bad();
        value.remove_prefix(1);
    }
}

int hex_digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

} // namespace

Result<> check_field(std::string_view name, std::string_view value, std::size_t& place) {
    while (place < order.size() && order[place].name != name) ++place;
    if (place == order.size()) return bad();
    const Kind kind = order[place++].kind;
    // What was written on lines of its own has the blank of the fold, too.
    while (value.starts_with(' ')) value.remove_prefix(1);
    if (value.empty()) return bad();
    if (kind == Kind::words) return check_words(value);
    return kind == Kind::ids ? check_ids(value) : check_mailboxes(value);
}

Result<std::string> file_name_of(std::string_view parameters) {
    constexpr std::string_view plain = "; filename=\"";
    if (parameters.starts_with(plain)) {
        const std::size_t end = parameters.find('"', plain.size());
        if (end + 1 != parameters.size()) return bad();
        const std::string_view name = parameters.substr(plain.size(), end - plain.size());
        if (name.find('\\') != name.npos || name.find("=?") != name.npos) return bad();
        return std::string(name);
    }
    std::string encoded;
    for (std::size_t number = 0; !parameters.empty(); ++number) {
        const std::string start = fmt::format("; filename*{}*=", number);
        if (!parameters.starts_with(start)) return bad();
        parameters.remove_prefix(start.size());
        const std::size_t end = std::min(parameters.find(';'), parameters.size());
        encoded += parameters.substr(0, end);
        parameters.remove_prefix(end);
    }
    constexpr std::string_view charset = "UTF-8''";
    if (!encoded.starts_with(charset)) return bad();
    std::string name;
    for (std::size_t i = charset.size(); i < encoded.size(); ++i) {
        if (encoded[i] != '%') {
            name += encoded[i];
            continue;
        }
        if (i + 2 >= encoded.size() || hex_digit(encoded[i + 1]) < 0 || hex_digit(encoded[i + 2]) < 0) return bad();
        name += static_cast<char>(hex_digit(encoded[i + 1]) * 16 + hex_digit(encoded[i + 2]));
        i += 2;
    }
    return name;
}

} // namespace sekisho::verify
