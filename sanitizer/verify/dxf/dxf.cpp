#include "sanitizer/verify/dxf/dxf.h"

#include <algorithm>
#include <charconv>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/dxf/lists.h"
#include "sanitizer/verify/dxf/values.h"

namespace sekisho::verify {

namespace {

using namespace drawing;

constexpr std::size_t most_handles = 8'000'000;

struct Pair {
    int code;
    std::string_view value;
};

std::uint64_t hexadecimal(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value, 16);
    return value;
}

class Judge {
public:
    explicit Judge(std::string_view text) : m_text(text) {}

    Result<> run() {
        for (;;) {
            const Pair mark = TRY(next());
            if (mark.code != 0) return refuse(Reason::verify_dxf_shape);
            if (mark.value == "EOF") break;
            if (mark.value != "SECTION") return refuse(Reason::verify_dxf_shape);
            TRY(section());
        }
        if (!m_text.empty()) return refuse(Reason::verify_dxf_shape);
        return references();
    }

private:
    Result<std::string_view> line() {
        const std::size_t end = m_text.find('\r');
        if (end == m_text.npos || end + 1 >= m_text.size() || m_text[end + 1] != '\n')
            return refuse(Reason::verify_dxf_shape);
        const std::string_view line = m_text.substr(0, end);
        m_text.remove_prefix(end + 2);
        return line;
    }

    Result<Pair> next() {
        const std::string_view code = TRY(line());
        const std::size_t digits = code.find_first_not_of(' ');
        Pair pair{0, {}};
        const auto [stop, error] =
            std::from_chars(code.data() + std::min(digits, code.size()), code.data() + code.size(), pair.code);
        const bool plain = error == std::errc() && stop == code.data() + code.size() && pair.code >= 0 &&
                           pair.code <= 1071 && code.size() == (pair.code < 1000 ? 3U : 4U);
        if (!plain || std::to_string(pair.code).size() != code.size() - digits) return refuse(Reason::verify_dxf_shape);
        pair.value = TRY(line());
        return pair;
    }

    Result<> section() {
        const Pair name = TRY(next());
        m_section = section_named(name.value);
        const unsigned bit = 1U << static_cast<unsigned>(m_section);
        if (name.code != 2 || m_section == Section::none || (m_seen & bit) != 0) return refuse(Reason::verify_dxf_kind);
        m_seen |= bit;
        m_texts = nullptr;
        m_variable = {};
        for (;;) {
            const Pair pair = TRY(next());
            if (pair.code == 0 && pair.value == "ENDSEC") return {};
            if (pair.code == 0)
                TRY(object(pair.value));
            else if (m_section == Section::header)
                TRY(variable(pair));
            else
                TRY(group(pair));
        }
    }

    Result<> object(std::string_view kind) {
        m_texts = m_section == Section::header ? nullptr : text_groups(m_section, kind);
        if (!m_texts) return refuse(Reason::verify_dxf_kind);
        m_kind = kind;
        m_subclass = {};
        m_application = {};
        m_has_handle = false;
        return {};
    }

    Result<> variable(const Pair& pair) {
        if (pair.code == 9) {
            m_variable = pair.value;
            if (!pair.value.starts_with('$') || !is_identifier(pair.value.substr(1)))
                return refuse(Reason::verify_dxf_group);
            return {};
        }
        if (m_variable.empty()) return refuse(Reason::verify_dxf_group);
        if (kind_of(pair.code) != Kind::text) {
            if (pair.code == 5 && m_variable != "$HANDSEED") return refuse(Reason::verify_dxf_group);
            return value(pair);
        }
        if (!is_text_variable(m_variable)) return refuse(Reason::verify_dxf_group);
        if (m_variable == "$DWGCODEPAGE") {
            if (pair.value != "ANSI_932" && pair.value != "ANSI_1252") return refuse(Reason::verify_dxf_value);
            if (m_charset != Charset::utf8) m_charset = pair.value == "ANSI_932" ? Charset::cp932 : Charset::cp1252;
        }
        if (m_variable == "$ACADVER") {
            if (pair.value.size() != 6 || !pair.value.starts_with("AC10")) return refuse(Reason::verify_dxf_value);
            if (pair.value >= "AC1021") m_charset = Charset::utf8;
        }
        return text(pair.value);
    }

    Result<> group(const Pair& pair) {
        if (!m_texts) return refuse(Reason::verify_dxf_shape);
        if (pair.code >= 1000) return extended(pair);
        if (!m_application.empty()) return refuse(Reason::verify_dxf_group);
        if (pair.code == 100) {
            m_subclass = pair.value;
            const bool class_name = pair.value.starts_with("AcDb") && is_identifier(pair.value);
            return class_name || pair.value == "DictionaryVariables" ? Result<>() : refuse(Reason::verify_dxf_group);
        }
        const bool style = m_kind == "DIMSTYLE";
        if (pair.code == (style ? 105 : 5) && !m_has_handle) return handle(pair.value);
        if (pair.code == 105 || (pair.code == 5 && !style)) return refuse(Reason::verify_dxf_group);
        if (style && pair.code == 5) return text(pair.value);
        if (kind_of(pair.code) != Kind::text) return value(pair);
        if (!may_hold_text(pair.code)) return refuse(Reason::verify_dxf_group);
        TRY(text(pair.value));
        return special(pair);
    }

    bool may_hold_text(int code) const {
        const bool drawn = m_section == Section::entities || m_section == Section::blocks;
        if (drawn && (code == 6 || code == 8 || code == 410 || code == 430)) return true;
        return std::ranges::find(*m_texts, code) != m_texts->end();
    }

    // Where text could name a file, it names none that lies elsewhere.
    Result<> special(const Pair& pair) const {
        const bool file = (m_kind == "STYLE" && (pair.code == 3 || pair.code == 4)) || m_kind == "VIEWPORT" ||
                          (m_subclass == "AcDbPlotSettings" && (pair.code == 2 || pair.code == 7));
        const bool own = pair.code == 6 || pair.code == 8 || pair.code == 410 || pair.code == 430;
        if (file && !own && has_path(pair.value)) return refuse(Reason::verify_dxf_value);
        if (m_kind == "BLOCK" && pair.code == 1 && !pair.value.empty()) return refuse(Reason::verify_dxf_value);
        if (m_kind == "CLASS" && pair.code == 3 && pair.value != "ObjectDBX Classes")
            return refuse(Reason::verify_dxf_value);
        if (m_kind == "CLASS" && !is_identifier(pair.value) && pair.code != 3) return refuse(Reason::verify_dxf_value);
        return {};
    }

    // In CP932 the second byte of a character may be a backslash.
    bool has_path(std::string_view value) const {
        const bool either = m_charset == Charset::cp932_or_utf8 && !is_clean_text(value, Charset::utf8);
        const bool double_bytes = m_charset == Charset::cp932 || either;
        for (std::size_t i = 0; i < value.size(); ++i) {
            const auto byte = static_cast<std::uint8_t>(value[i]);
            if (double_bytes && ((byte >= 0x81 && byte <= 0x9F) || byte >= 0xE0))
                ++i;
            else if (value[i] == '\\' || value[i] == '/' || value[i] == ':')
                return value.substr(i, 3) == "\\U+" ? has_path(value.substr(i + 1)) : true;
        }
        return false;
    }

    Result<> extended(const Pair& pair) {
        if (pair.code == 1001) {
            m_application = pair.value;
            m_first = true;
            return is_application(pair.value) ? Result<>() : refuse(Reason::verify_dxf_group);
        }
        if (m_application.empty()) return refuse(Reason::verify_dxf_group);
        const bool leads = m_application == "PE_URL" && m_first;
        m_first = false;
        if (leads && (pair.code != 1000 || !leads_out(pair.value))) return refuse(Reason::verify_dxf_value);
        if (pair.code == 1002 && pair.value != "{" && pair.value != "}") return refuse(Reason::verify_dxf_value);
        return kind_of(pair.code) == Kind::text ? text(pair.value) : value(pair);
    }

    Result<> value(const Pair& pair) {
        bool good = false;
        switch (kind_of(pair.code)) {
        case Kind::real:
            good = is_real(pair.value);
            break;
        case Kind::integer:
            good = is_integer(pair.value) && !(m_kind == "BLOCK" && pair.code == 70 && is_external(pair.value));
            break;
        case Kind::handle:
            good = is_handle(pair.value);
            if (good && pair.value != "0" && m_section != Section::header)
                m_references.push_back(hexadecimal(pair.value));
            break;
        default:
            return refuse(Reason::verify_dxf_group);
        }
        return good ? Result<>() : refuse(Reason::verify_dxf_value);
    }

    static bool is_external(std::string_view flags) {
        long value = 0;
        std::from_chars(flags.data(), flags.data() + flags.size(), value);
        return value < 0 || (value & (4 | 8 | 16 | 32)) != 0;
    }

    Result<> text(std::string_view value) const {
        return is_clean_text(value, m_charset) ? Result<>() : refuse(Reason::verify_dxf_text);
    }

    Result<> handle(std::string_view value) {
        m_has_handle = true;
        if (!is_handle(value) || value == "0") return refuse(Reason::verify_dxf_value);
        if (m_handles.size() + m_references.size() > most_handles) return refuse(Reason::limit_members);
        m_handles.push_back(hexadecimal(value));
        return {};
    }

    Result<> references() {
        std::ranges::sort(m_handles);
        if (std::ranges::adjacent_find(m_handles) != m_handles.end()) return refuse(Reason::verify_dxf_reference);
        for (const std::uint64_t reference : m_references)
            if (!std::ranges::binary_search(m_handles, reference)) return refuse(Reason::verify_dxf_reference);
        return {};
    }

    std::string_view m_text;
    Section m_section = Section::none;
    unsigned m_seen = 0; // sections, a bit each
    const std::span<const int>* m_texts = nullptr;
    std::string_view m_kind, m_subclass, m_application, m_variable;
    bool m_first = false; // group of an application's data
    bool m_has_handle = false;
    Charset m_charset = Charset::cp932_or_utf8;
    std::vector<std::uint64_t> m_handles, m_references;
};

} // namespace

Result<> dxf(const Source& source, const Limits& limits) try {
    return Judge(as_text(TRY(source.whole(limits.bytes_out)))).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
