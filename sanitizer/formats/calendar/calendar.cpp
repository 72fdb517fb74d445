#include "sanitizer/formats/calendar/calendar.h"

#include <algorithm>
#include <new>

#include "sanitizer/formats/calendar/line.h"
#include "sanitizer/formats/calendar/lists.h"
#include "sanitizer/formats/text/labels.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::calendar {

namespace {

constexpr std::size_t deepest = 8;

std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return made;
}

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string decode_quoted_printable(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '=' && i + 2 < text.size() && hex_of(text[i + 1]) >= 0 && hex_of(text[i + 2]) >= 0) {
            bytes += static_cast<char>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i];
        }
    }
    return bytes;
}

// Line ends become the escape that TEXT values have.
std::string one_line(std::string_view text) {
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\r' || text[i] == '\n')
            made += "\\n";
        else if (text[i] != '\f')
            made += text[i];
    }
    return made;
}

bool is_plain(std::string_view value) {
    return std::ranges::all_of(value, [](char c) {
        const char lower = static_cast<char>(c | 0x20);
        return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
               std::string_view("+-,;:=./ _").find(c) != std::string_view::npos;
    });
}

bool is_mail_address(std::string_view value) {
    return upper(value.substr(0, 7)) == "MAILTO:" && value.size() <= 512 &&
           value.find_first_of(" \t\"<>\\?&") == value.npos;
}

class Rebuild {
public:
    Rebuild(Job& job) : m_context(job.context) {}

    Result<Type> run(Job& job) {
        text::Whole whole = TRY(text::read_whole(job.in, {}, m_context.budget()));
        for (const std::string& raw : unfold(whole.text)) {
            TRY(m_context.budget().check_time());
            const auto line = parse_line(raw);
            if (!line) {
                m_context.found(Finding::calendar_property, Action::removed);
                continue;
            }
            TRY(take(*line));
        }
        if (!m_open.empty() || m_out.empty()) return refuse(Reason::calendar_syntax);
        text::note(m_context, whole);
        TRY(m_context.budget().take_unpacked(m_out.size()));
        TRY(job.out.write(std::string_view(m_out)));
        return m_card ? Type::vcard : Type::calendar;
    }

private:
    struct Open {
        std::string name;
        bool kept = true;
        std::size_t start = 0; // of what was written, to take an alarm back
        bool shows = false;    // an alarm that only shows a text
    };

    Result<> take(const Line& line) {
        if (line.name == "BEGIN") return begin(upper(line.value));
        if (line.name == "END") return end(upper(line.value));
        if (m_open.empty()) return refuse(Reason::calendar_syntax);
        if (m_open.back().kept) property(line);
        return {};
    }

    Result<> begin(std::string name) {
        while (name.ends_with(' ')) name.pop_back();
        if (m_open.empty()) {
            if (name != "VCALENDAR" && name != "VCARD") return refuse(Reason::calendar_syntax);
            if (m_out.empty()) m_card = name == "VCARD";
            if (m_card != (name == "VCARD")) return refuse(Reason::type_ambiguous);
        }
        if (m_open.size() >= deepest) return refuse(Reason::limit_depth);
        const bool inner_card = !m_open.empty() && (name == "VCARD" || name == "VCALENDAR");
        const bool kept = is_component(name) && !inner_card && (m_open.empty() || m_open.back().kept);
        if (!kept && (m_open.empty() || m_open.back().kept))
            m_context.found(Finding::calendar_component, Action::removed);
        m_open.push_back({name, kept, m_out.size(), false});
        if (kept) m_out += "BEGIN:" + name + "\r\n";
        return {};
    }

    Result<> end(std::string name) {
        while (name.ends_with(' ')) name.pop_back();
        if (m_open.empty() || m_open.back().name != name) return refuse(Reason::calendar_syntax);
        const Open last = m_open.back();
        m_open.pop_back();
        if (!last.kept) return {};
        if (name == "VALARM" && !last.shows) {
            m_context.found(Finding::calendar_alarm, Action::removed);
            m_out.resize(last.start);
            return {};
        }
        m_out += "END:" + name + "\r\n";
        return {};
    }

    void property(Line line) {
        const Value kind = m_card ? card_property(line.name) : calendar_property(line.name);
        if (kind == Value::removed) return removed();
        if (!decode(line)) return removed();
        if (line.name == "VERSION" && m_card && line.value == "2.1") line.value = "3.0";
        if (line.name == "ACTION") m_open.back().shows = upper(line.value) == "DISPLAY";
        if (kind == Value::plain && !is_plain(line.value)) return removed();
        if (kind == Value::address && !is_mail_address(line.value)) return removed();
        write_line(line, m_out);
    }

    // Takes the encoding off and leaves the listed parameters; false for a value that is no text.
    bool decode(Line& line) {
        std::string charset;
        bool quoted = false, binary = false;
        std::vector<Parameter> kept;
        for (Parameter& parameter : line.parameters) {
            const std::string first = parameter.values.empty() ? "" : upper(parameter.values[0]);
            const bool bare = parameter.name == "TYPE" && parameter.values.size() == 1;
            if (parameter.name == "CHARSET") {
                charset = first;
            } else if (parameter.name == "ENCODING" || (bare && (first == "QUOTED-PRINTABLE" || first == "BASE64"))) {
                quoted = quoted || first == "QUOTED-PRINTABLE";
                binary = binary || first == "BASE64" || first == "B";
            } else if (parameter.name == "VALUE" && (first == "URI" || first == "URL" || first == "BINARY")) {
                binary = binary || upper(line.value.substr(0, 4)) != "TEL:";
            } else if (is_parameter(parameter.name) && safe_values(parameter)) {
                kept.push_back(std::move(parameter));
            } else {
                removed();
            }
        }
        line.parameters = std::move(kept);
        if (binary) return false;
        if (quoted) {
            const text::Whole decoded =
                text::decode_lossy(as_view(decode_quoted_printable(line.value)), charset, m_context.budget());
            line.value = decoded.text;
        }
        line.value = one_line(line.value);
        return true;
    }

    static bool safe_values(const Parameter& parameter) {
        return std::ranges::none_of(parameter.values, [](const std::string& value) {
            return value.size() > 512 || value.find_first_of("\"\r\n\f") != value.npos;
        });
    }

    void removed() { m_context.found(Finding::calendar_property, Action::removed); }

    Context& m_context;
    std::string m_out;
    std::vector<Open> m_open;
    bool m_card = false;
};

} // namespace

Result<Type> rebuild(Job& job) try { return Rebuild(job).run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::calendar
