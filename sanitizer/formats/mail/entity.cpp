#include "sanitizer/formats/mail/entity.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/mail/transfer.h"
#include "sanitizer/formats/mail/words.h"

namespace sekisho::mail {

namespace {

constexpr std::size_t deepest = 20; // multiparts in multiparts

// How a part is read hangs on these; two of them that differ are two readings (threat M03).
Result<> check_single(const Fields& fields) {
    for (const std::string_view name :
         {"content-type", "content-transfer-encoding", "content-disposition", "mime-version"}) {
        const std::string* first = nullptr;
        for (const Field& field : fields.all) {
            if (field.name != name) continue;
            if (first && lower(trimmed(*first)) != lower(trimmed(field.value))) return refuse(Reason::mail_ambiguous);
            first = &field.value;
        }
    }
    return {};
}

struct Delimiter {
    std::size_t begin = std::string_view::npos; // of the line end before it
    std::size_t end = 0;                        // behind its own line
    bool last = false;
};

// The next line that is "--boundary" or "--boundary--", blanks behind it allowed.
Delimiter next_delimiter(std::string_view text, std::size_t from, std::string_view boundary) {
    for (std::size_t at = from; at != text.npos && at < text.size();) {
        const std::size_t line_end = text.find('\n', at);
        std::string_view line = text.substr(at, line_end - at);
        if (line.starts_with("--") && line.substr(2).starts_with(boundary)) {
            line.remove_prefix(2 + boundary.size());
            const bool last = line.starts_with("--");
            if (last) line.remove_prefix(2);
            if (line.find_first_not_of(" \t\r") == line.npos) {
                std::size_t begin = at;
                if (begin > from) --begin;
                if (begin > from && text[begin - 1] == '\r') --begin;
                return {begin, line_end == text.npos ? text.size() : line_end + 1, last};
            }
        }
        if (line_end == text.npos) break;
        at = line_end + 1;
    }
    return {};
}

class Parser {
public:
    explicit Parser(Budget& budget) : m_budget(budget) {}

    Result<Entity> entity(std::string_view text, std::size_t depth, std::string_view default_type) {
        TRY(m_budget.take_members());
        TRY(m_budget.check_time());
        Entity made;
        made.fields = TRY(take_fields(text));
        TRY(check_single(made.fields));
        made.body = text;
        const std::string* type = made.fields.find("content-type");
        made.type = parse_structured(type ? *type : default_type);
        if (made.type.doubled) return refuse(Reason::mail_ambiguous);
        if (made.type.value.find('/') == std::string::npos) made.type.value = "text/plain";
        if (const std::string* disposition = made.fields.find("content-disposition"))
            made.disposition = parse_structured(*disposition);
        if (const std::string* encoding = made.fields.find("content-transfer-encoding"))
            made.encoding = lower(trimmed(without_comments(*encoding)));
        if (made.is_multipart()) TRY(parts(made, depth));
        return made;
    }

private:
    Result<> parts(Entity& made, std::size_t depth) {
        if (depth >= deepest) return refuse(Reason::limit_depth);
        const Parameter* boundary = made.type.find("boundary");
        if (!boundary || boundary->value.empty()) {
            made.type = parse_structured("text/plain");
            made.repaired = true;
            return {};
        }
        const bool digest = made.type.value == "multipart/digest";
        Delimiter at = next_delimiter(made.body, 0, boundary->value);
        if (at.begin == made.body.npos) {
            made.type = parse_structured("text/plain");
            made.repaired = true;
            return {};
        }
        while (!at.last) {
            const std::size_t begin = at.end;
            at = next_delimiter(made.body, begin, boundary->value);
            const bool missing = at.begin == made.body.npos;
            made.repaired = made.repaired || missing;
            const std::string_view part = made.body.substr(begin, missing ? made.body.npos : at.begin - begin);
            made.parts.push_back(TRY(entity(part, depth + 1, digest ? "message/rfc822" : "text/plain")));
            if (missing) break;
        }
        return {};
    }

    Budget& m_budget;
};

} // namespace

Bytes Entity::content() const {
    if (encoding == "base64") return decode_base64(body);
    if (encoding == "quoted-printable") return decode_quoted_printable(body, false);
    if (encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue") return decode_uuencode(body);
    return to_bytes(body);
}

std::string Entity::file_name(Budget& budget, bool* hidden) const {
    for (const Parameter* parameter : {disposition.find("filename"), type.find("name")}) {
        if (!parameter || parameter->value.empty()) continue;
        bool converted = false;
        if (!parameter->charset.empty()) return decode_line(parameter->value, parameter->charset, budget, hidden);
        return decode_words(parameter->value, budget, converted, hidden);
    }
    return {};
}

Result<Entity> parse_entity(std::string_view text, Budget& budget) {
    return Parser(budget).entity(text, 0, "text/plain");
}

} // namespace sekisho::mail
