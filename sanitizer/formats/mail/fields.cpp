#include "sanitizer/formats/mail/fields.h"

#include <algorithm>
#include <map>

namespace sekisho::mail {

namespace {

constexpr std::size_t most_fields = 2000, longest_value = 256 * 1024, longest_name = 128, most_pieces = 200;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_field_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_name &&
           std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F && c != ':'; });
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_of(text[i + 1]) >= 0 && hex_of(text[i + 2]) >= 0) {
            made += static_cast<char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2]));
            i += 2;
        } else {
            made += text[i];
        }
    }
    return made;
}

// A value up to ";": quoted strings unquoted.
std::string take_value(std::string_view& text) {
    std::string made;
    bool quoted = false;
    while (!text.empty() && (quoted || text.front() != ';')) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == '"') {
            quoted = !quoted;
        } else if (c == '\\' && quoted && !text.empty()) {
            made += text.front();
            text.remove_prefix(1);
        } else {
            made += c;
        }
    }
    return trimmed(made);
}

// "name*0*" as its name, number and whether it is percent-encoded.
struct Piece {
    std::string name;
    std::size_t number = 0;
    bool numbered = false, encoded = false;
};

Piece piece_of(std::string name) {
    Piece piece;
    if (name.ends_with('*')) {
        piece.encoded = true;
        name.pop_back();
    }
    const std::size_t star = name.find('*');
    if (star != name.npos) {
        const std::string digits = name.substr(star + 1);
        const bool number = !digits.empty() && digits.size() < 4 &&
                            std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
        piece.numbered = number;
        piece.number = number ? static_cast<std::size_t>(std::stoul(digits)) : 0;
        name.resize(star);
    }
    piece.name = std::move(name);
    return piece;
}

struct Continued {
    std::map<std::size_t, std::string> pieces;
    std::string charset;
};

// "utf-8'ja'%E3..." in the first piece.
std::string without_charset(std::string value, std::string& charset) {
    const std::size_t first = value.find('\'');
    const std::size_t second = first == value.npos ? first : value.find('\'', first + 1);
    if (second == value.npos) return value;
    charset = value.substr(0, first);
    return value.substr(second + 1);
}

void add(Structured& made, Parameter parameter) {
    if (const Parameter* before = made.find(parameter.name)) {
        made.doubled = made.doubled || before->value != parameter.value;
        return;
    }
    made.parameters.push_back(std::move(parameter));
}

} // namespace

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return made;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return std::string(text);
}

const std::string* Fields::find(std::string_view name) const {
    const auto found = std::ranges::find(all, name, &Field::name);
    return found == all.end() ? nullptr : &found->value;
}

const Parameter* Structured::find(std::string_view name) const {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    return found == parameters.end() ? nullptr : &*found;
}

Result<Fields> take_fields(std::string_view& text) {
    Fields fields;
    bool goes_on = false;
    while (!text.empty()) {
        const std::string_view line = take_line(text);
        if (line.empty()) break;
        if (line.front() == ' ' || line.front() == '\t') {
            if (goes_on && fields.all.back().value.size() + line.size() <= longest_value)
                fields.all.back().value += line;
            continue;
        }
        const std::size_t colon = line.find(':');
        std::string name = colon == line.npos ? std::string() : lower(trimmed(line.substr(0, colon)));
        goes_on = is_field_name(name);
        if (!goes_on) {
            fields.broken = fields.broken || !line.starts_with("From ");
            continue;
        }
        if (fields.all.size() >= most_fields) return refuse(Reason::limit_members);
        fields.all.push_back({std::move(name), std::string(line.substr(colon + 1, longest_value))});
    }
    return fields;
}

std::string without_comments(std::string_view text) {
    std::string made;
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size() && (quoted || depth > 0)) {
            if (depth == 0) made += text.substr(i, 2);
            ++i;
            continue;
        }
        if (c == '"' && depth == 0) quoted = !quoted;
        if (c == '(' && !quoted) ++depth;
        if (depth == 0) made += c;
        if (c == ')' && !quoted && depth > 0) --depth;
    }
    return made;
}

Structured parse_structured(std::string_view raw) {
    const std::string text = without_comments(raw);
    std::string_view rest = text;
    Structured made;
    made.value = lower(take_value(rest));
    std::erase_if(made.value, is_blank);
    std::map<std::string, Continued> continued;
    std::size_t pieces = 0;
    while (rest.starts_with(';') && ++pieces <= most_pieces) {
        rest.remove_prefix(1);
        const std::size_t end = rest.find_first_of("=;");
        if (end == rest.npos) break;
        const Piece piece = piece_of(lower(trimmed(rest.substr(0, end))));
        rest.remove_prefix(end);
        if (rest.front() != '=') continue;
        rest.remove_prefix(1);
        std::string value = take_value(rest);
        if (!piece.numbered && !piece.encoded) {
            add(made, {piece.name, std::move(value), {}});
            continue;
        }
        Continued& to = continued[piece.name];
        if (piece.encoded && piece.number == 0) value = without_charset(std::move(value), to.charset);
        to.pieces.try_emplace(piece.number, piece.encoded ? percent_decoded(value) : value);
    }
    for (auto& [name, value] : continued) {
        std::string joined;
        for (const auto& [number, piece] : value.pieces) joined += piece;
        std::erase_if(made.parameters, [&](const Parameter& plain) { return plain.name == name; }); // RFC 2231 wins
        made.parameters.push_back({name, std::move(joined), std::move(value.charset)});
    }
    return made;
}

} // namespace sekisho::mail
