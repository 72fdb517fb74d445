// What of a tag's attributes is written.
#include <algorithm>
#include <array>

#include "sanitizer/formats/html/address.h"
#include "sanitizer/formats/html/lists.h"
#include "sanitizer/formats/html/style.h"
#include "sanitizer/formats/html/writer.h"

namespace sekisho::html {

namespace {

constexpr std::size_t longest_name = 256, longest_value = 16 * 1024;

bool is_name(std::string_view value) {
    return value.size() <= longest_name && value.find_first_of(" \t\r\n\f<>&\"'") == value.npos;
}

// The bytes of "data:...;base64,..."; empty if it is anything else.
Bytes decode_data(std::string_view address) {
    const std::size_t comma = address.find(',');
    if (comma == address.npos || !address.substr(0, comma).ends_with(";base64")) return {};
    std::string text;
    for (const char c : address.substr(comma + 1))
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') text += c;
    while (text.size() % 4 != 0) text += '=';
    auto bytes = from_base64(text);
    return bytes ? std::move(*bytes) : Bytes();
}

} // namespace

void Writer::removed(std::string_view attribute) {
    constexpr std::array fetched{
        std::string_view("src"),    std::string_view("srcset"),     std::string_view("background"),
        std::string_view("lowsrc"), std::string_view("dynsrc"),     std::string_view("longdesc"),
        std::string_view("ping"),   std::string_view("xlink:href"), std::string_view("profile")};
    if (attribute.starts_with("on")) return found(Finding::html_script);
    if (std::ranges::find(fetched, attribute) != fetched.end()) return found(Finding::html_remote);
    found(Finding::html_unknown);
}

Result<std::string> Writer::attributes(const Token& token) {
    std::string out;
    if (token.dropped_attributes) found(Finding::html_unknown);
    for (const Attribute& one : token.attributes) TRY(attribute(token, one, out));
    return out;
}

Result<> Writer::attribute(const Token& token, const Attribute& attribute, std::string& out) {
    std::string value = attribute.value;
    const auto keep_if = [&](bool good) {
        if (!good) return removed(attribute.name);
        out += " " + attribute.name + "=\"" + escaped(value, true) + "\"";
    };
    switch (rule_of(token.text, attribute.name)) {
    case Rule::text:
        keep_if(value.size() <= longest_value);
        break;
    case Rule::name:
        keep_if(is_name(value));
        break;
    case Rule::number:
        value = trimmed(value);
        keep_if(is_length(value));
        break;
    case Rule::color:
        value = trimmed(value);
        keep_if(is_color(value));
        break;
    case Rule::direction:
        keep_if(value == "ltr" || value == "rtl" || value == "auto");
        break;
    case Rule::fragment:
        keep_if(value.starts_with('#') && is_name(value));
        break;
    case Rule::link: {
        const auto link = safe_link(value);
        if (link) {
            value = *link;
            keep_if(true);
        } else {
            const Address kind = address_kind(value);
            found(kind == Address::script ? Finding::html_script
                  : kind == Address::data ? Finding::html_data
                                          : Finding::html_address);
        }
        break;
    }
    case Rule::picture:
        value = TRY(picture(value));
        if (!value.empty()) keep_if(true);
        break;
    case Rule::style: {
        const Style style = clean_declarations(value);
        note_style(style.removed, style.remote);
        value = style.text;
        if (!value.empty()) keep_if(true);
        break;
    }
    case Rule::removed:
        removed(attribute.name);
        break;
    }
    return {};
}

// The address to write, or empty.
Result<std::string> Writer::picture(const std::string& address) {
    const Address kind = address_kind(address);
    if (kind == Address::data) return data_picture(trimmed(address));
    const std::string id = m_resolve ? m_resolve(trimmed(address)) : std::string();
    if (!id.empty()) return "cid:" + id;
    found(kind == Address::script ? Finding::html_script : Finding::html_remote);
    return std::string();
}

Result<std::string> Writer::data_picture(std::string_view address) {
    const Bytes bytes = decode_data(address);
    MemorySink out(m_context.limits().bytes_in_memory / 4);
    if (!bytes.empty()) {
        const auto type = m_context.sanitize_nested(MemorySource(bytes), out, "");
        if (type && (*type == Type::png || *type == Type::jpeg || *type == Type::svg))
            return "data:" + std::string(row_of(*type).media) + ";base64," + to_base64(out.bytes());
        const bool limit = !type && (type.error().code.starts_with("limit.") || type.error().kind == ErrorKind::fail);
        if (limit) return std::unexpected(type.error());
    }
    found(Finding::html_data);
    return std::string();
}

} // namespace sekisho::html
