// A tokeniser of Rich Text Format (Microsoft, version 1.9.1), which only looks.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "sanitizer/formats/legacy/look.h"

namespace sekisho::legacy {

namespace {

struct Telling {
    std::string_view word;
    Finding finding;
};
constexpr std::array words{
    Telling{"object", Finding::rtf_object},
    Telling{"objupdate", Finding::rtf_object_link},
    Telling{"objautlink", Finding::rtf_object_link},
    Telling{"objlink", Finding::rtf_object_link},
    Telling{"objocx", Finding::rtf_object_link},
    Telling{"template", Finding::rtf_template},
    Telling{"bin", Finding::rtf_binary},
    Telling{"datastore", Finding::rtf_binary},
    Telling{"themedata", Finding::rtf_binary},
    Telling{"wmetafile", Finding::rtf_metafile},
    Telling{"emfblip", Finding::rtf_metafile},
    Telling{"fromhtml", Finding::rtf_html},
};
constexpr std::array active_fields{
    std::string_view("DDE"),         std::string_view("DDEAUTO"), std::string_view("INCLUDEPICTURE"),
    std::string_view("INCLUDETEXT"), std::string_view("INCLUDE"), std::string_view("IMPORT"),
    std::string_view("LINK")};

bool is_letter(std::uint8_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(std::uint8_t c) {
    return c >= '0' && c <= '9';
}
bool is_hex_or_space(std::uint8_t c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ' ' || c == '\r' || c == '\n' ||
           c == '\t';
}

class Tokeniser {
public:
    Tokeniser(Context& context, View text) : m_context(context), m_text(text) {}

    Result<> run() {
        while (m_at < m_text.size()) {
            TRY(m_context.budget().check_time());
            const std::uint8_t c = m_text[m_at++];
            if (c == '{') {
                TRY(open());
            } else if (c == '}') {
                close();
            } else if (c == '\\') {
                TRY(control());
            } else {
                plain(c);
            }
        }
        end_field();
        return {};
    }

private:
    enum class Group : std::uint8_t { other, data, field };

    Result<> open() {
        constexpr std::size_t deepest = 4096;
        if (m_groups.size() >= deepest) return refuse(Reason::limit_depth);
        if (group() == Group::data) obfuscated();
        m_groups.push_back(group());
        return {};
    }

    void close() {
        if (m_groups.empty()) return;
        const Group ended = group();
        m_groups.pop_back();
        if (ended == Group::field && group() != Group::field) end_field();
    }

    Group group() const { return m_groups.empty() ? Group::other : m_groups.back(); }

    Result<> control() {
        if (m_at >= m_text.size()) return {};
        const std::size_t start = m_at;
        if (!is_letter(m_text[m_at])) {
            ++m_at;
            if (m_text[start] == '\'') m_at = std::min(m_at + 2, m_text.size());
            if (group() == Group::data && m_text[start] != '*') obfuscated();
            return {};
        }
        while (m_at < m_text.size() && is_letter(m_text[m_at])) ++m_at;
        const std::string_view word = as_text(m_text.subspan(start, m_at - start));
        const std::uint64_t number = parameter();
        if (m_at < m_text.size() && m_text[m_at] == ' ') ++m_at;
        if (word == "bin") m_at += static_cast<std::size_t>(std::min<std::uint64_t>(number, m_text.size() - m_at));
        tell(word);
        return {};
    }

    std::uint64_t parameter() {
        const bool negative = m_at < m_text.size() && m_text[m_at] == '-';
        if (negative) ++m_at;
        std::uint64_t number = 0;
        constexpr std::uint64_t largest = 1ULL << 40;
        for (; m_at < m_text.size() && is_digit(m_text[m_at]); ++m_at)
            number = std::min(number * 10 + (m_text[m_at] - std::uint64_t{'0'}), largest);
        return negative ? 0 : number;
    }

    void tell(std::string_view word) {
        // No program writes words between the digits of an object.
        if (group() == Group::data) obfuscated();
        for (const Telling& telling : words)
            if (telling.word == word) m_context.found(telling.finding, Action::removed);
        if (m_groups.empty()) return;
        if (word == "objdata") m_groups.back() = Group::data;
        if (word == "fldinst") m_groups.back() = Group::field;
    }

    void plain(std::uint8_t c) {
        constexpr std::size_t longest = 64;
        if (group() == Group::data && !is_hex_or_space(c)) obfuscated();
        if (group() != Group::field || m_field.size() >= longest || c == '\r' || c == '\n') return;
        m_field += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    }

    void end_field() {
        const std::size_t start = std::min(m_field.find_first_not_of(' '), m_field.size());
        const std::size_t end = std::min(m_field.find_first_of(" \"", start), m_field.size());
        if (std::ranges::find(active_fields, std::string_view(m_field).substr(start, end - start)) !=
            active_fields.end())
            m_context.found(Finding::rtf_field, Action::removed);
        m_field.clear();
    }

    void obfuscated() {
        if (m_is_obfuscated) return;
        m_is_obfuscated = true;
        m_context.found(Finding::rtf_obfuscation, Action::removed);
    }

    Context& m_context;
    View m_text;
    std::size_t m_at = 0;
    std::vector<Group> m_groups;
    std::string m_field;
    bool m_is_obfuscated = false;
};

} // namespace

Result<> look_at_rtf(Job& job) {
    const View text = TRY(job.in.whole(job.context.limits().bytes_in_memory));
    // Every program that writes RTF starts it so.
    const bool is_plain = starts_with(text, "{\\rtf1") && text.size() > 6 && !is_digit(text[6]) && !is_letter(text[6]);
    if (!is_plain) job.context.found(Finding::rtf_header, Action::rewritten);
    return Tokeniser(job.context, text).run();
}

} // namespace sekisho::legacy
