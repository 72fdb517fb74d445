#include "sanitizer/formats/ooxml/fields.h"

#include <algorithm>
#include <array>

#include "sanitizer/formats/ooxml/target.h"

namespace sekisho::ooxml {

namespace {

constexpr std::size_t longest_instruction = 64U << 10;

// Fields that show something of the document, the date or a merge.
constexpr auto harmless = std::to_array<std::string_view>({"=",
                                                           "ADVANCE",
                                                           "AUTONUM",
                                                           "AUTONUMLGL",
                                                           "AUTONUMOUT",
                                                           "COMPARE",
                                                           "CREATEDATE",
                                                           "DATE",
                                                           "DISPLAYBARCODE",
                                                           "EDITTIME",
                                                           "EQ",
                                                           "FILENAME",
                                                           "FILESIZE",
                                                           "FORMCHECKBOX",
                                                           "FORMDROPDOWN",
                                                           "FORMTEXT",
                                                           "IF",
                                                           "INDEX",
                                                           "LISTNUM",
                                                           "MERGEBARCODE",
                                                           "MERGEFIELD",
                                                           "MERGEREC",
                                                           "MERGESEQ",
                                                           "NEXT",
                                                           "NEXTIF",
                                                           "NOTEREF",
                                                           "NUMCHARS",
                                                           "NUMPAGES",
                                                           "NUMWORDS",
                                                           "PAGE",
                                                           "PAGEREF",
                                                           "PRINTDATE",
                                                           "REF",
                                                           "REVNUM",
                                                           "SAVEDATE",
                                                           "SECTION",
                                                           "SECTIONPAGES",
                                                           "SEQ",
                                                           "SET",
                                                           "SHAPE",
                                                           "SKIPIF",
                                                           "STYLEREF",
                                                           "SUBJECT",
                                                           "SYMBOL",
                                                           "TA",
                                                           "TC",
                                                           "TIME",
                                                           "TITLE",
                                                           "TOA",
                                                           "TOC",
                                                           "XE"});

constexpr auto readers =
    std::to_array<std::string_view>({"DATABASE", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK", "RD"});

bool is_blank(char character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// One argument: a quoted text without backslashes, or a bare word. Empty if there is none.
std::string_view take_argument(std::string_view& rest) {
    rest = trimmed(rest);
    if (rest.empty()) return {};
    const bool quoted = rest.front() == '"';
    const std::size_t from = quoted ? 1 : 0;
    std::size_t to = from;
    while (to < rest.size() && (quoted ? rest[to] != '"' : !is_blank(rest[to]) && rest[to] != '"')) ++to;
    const std::string_view argument = rest.substr(from, to - from);
    rest.remove_prefix(std::min(rest.size(), quoted ? to + 1 : to));
    return argument;
}

// HYPERLINK "address" \l "place" \o "tip" \t "frame" \n \m \h: written out and regular, or it goes.
bool is_safe_hyperlink(std::string_view rest) {
    bool addressed = false;
    for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
        if (rest.front() != '\\') {
            const std::string_view address = take_argument(rest);
            if (addressed || (!address.empty() && !safe_address(address))) return false;
            addressed = true;
            continue;
        }
        if (rest.size() < 2) return false;
        const char option = rest[1];
        rest.remove_prefix(2);
        if (option == 'l' || option == 'o' || option == 's') {
            if (take_argument(rest).find('\\') != std::string_view::npos) return false;
        } else if (option != 'h' && option != 'n' && option != 'm') {
            return false;
        }
    }
    return true;
}

} // namespace

Finding judge_field(std::string_view instruction, bool nested) {
    const std::string_view all = trimmed(instruction);
    std::size_t size = 0;
    while (size < all.size() && !is_blank(all[size]) && all[size] != '"' && all[size] != '\\') ++size;
    if (all.starts_with('=')) size = 1;
    std::string name(all.substr(0, size));
    for (char& character : name)
        if (character >= 'a' && character <= 'z') character = static_cast<char>(character - 32);
    if (name == "DDE" || name == "DDEAUTO") return Finding::ooxml_dde_field;
    if (std::ranges::find(readers, name) != readers.end()) return Finding::ooxml_field_include;
    if (name == "HYPERLINK")
        return !nested && is_safe_hyperlink(all.substr(size)) ? Finding::none : Finding::ooxml_hyperlink;
    return std::ranges::find(harmless, name) != harmless.end() ? Finding::none : Finding::ooxml_field;
}

void Fields::begin(int revision) {
    if (m_open.size() > floor()) {
        Field& outer = m_open.back();
        if (!outer.decided) {
            // The name of a field must not be put together by another one.
            if (trimmed(outer.instruction).empty() || !is_blank(outer.instruction.back()))
                outer.poisoned = outer.poisoned || outer.instruction.empty() || outer.instruction.back() != '"';
            outer.nested = true;
            outer.instruction += ' ';
        }
    } else if (m_instructing > 0) {
        poison();
    }
    Field field;
    field.first_note = m_notes.size();
    field.revision = revision;
    m_open.push_back(std::move(field));
    ++m_instructing;
}

bool Fields::say(std::string_view piece, int revision) {
    if (m_open.size() <= floor() || m_open.back().decided) {
        poison();
        return false;
    }
    Field& field = m_open.back();
    if (revision != field.revision || field.instruction.size() + piece.size() > longest_instruction) {
        field.poisoned = true;
        return true;
    }
    field.instruction += piece;
    return true;
}

Fields::Verdict Fields::decide(Field& field) {
    Verdict verdict;
    verdict.finding = judge_field(field.instruction, field.nested);
    if (verdict.finding == Finding::none && field.poisoned) verdict.finding = Finding::ooxml_field;
    field.keeps = verdict.finding == Finding::none;
    field.decided = true;
    --m_instructing;
    if (!field.keeps) {
        verdict.mark = Mark::goes;
        verdict.take_out.assign(m_notes.begin() + static_cast<std::ptrdiff_t>(field.first_note), m_notes.end());
        m_notes.resize(field.first_note);
        // What this field would have become was a part of the instruction around it.
        for (Field& outer : m_open)
            if (!outer.decided) outer.poisoned = true;
    } else if (m_instructing == 0) {
        m_notes.resize(field.first_note);
    }
    return verdict;
}

Fields::Verdict Fields::separate(int revision) {
    if (m_open.size() <= floor() || m_open.back().decided) {
        poison();
        return {Mark::goes, Finding::none, {}};
    }
    if (revision != m_open.back().revision) m_open.back().poisoned = true;
    return decide(m_open.back());
}

Fields::Verdict Fields::end(int revision) {
    if (m_open.size() <= floor()) {
        poison();
        return {Mark::goes, Finding::none, {}};
    }
    Field& field = m_open.back();
    Verdict verdict;
    if (!field.decided) {
        if (revision != field.revision) field.poisoned = true;
        verdict = decide(field);
    }
    if (!field.keeps) verdict.mark = Mark::goes;
    m_open.pop_back();
    return verdict;
}

void Fields::note(Stretch stretch) {
    if (in_instruction()) m_notes.push_back(stretch);
}

void Fields::poison() {
    for (Field& field : m_open)
        if (!field.decided) field.poisoned = true;
}

void Fields::forget_from(std::uint64_t position) {
    while (!m_notes.empty() && m_notes.back().to > position) m_notes.pop_back();
    for (Field& field : m_open) field.first_note = std::min(field.first_note, m_notes.size());
}

Fields::Verdict Fields::leave_story() {
    Verdict all;
    while (m_open.size() > floor()) {
        Field& field = m_open.back();
        if (!field.decided) {
            field.poisoned = true;
            Verdict one = decide(field);
            all.take_out.insert(all.take_out.end(), one.take_out.begin(), one.take_out.end());
            all.finding = one.finding;
        }
        m_open.pop_back();
    }
    if (!m_stories.empty()) m_stories.pop_back();
    return all;
}

} // namespace sekisho::ooxml
