// Two readings of one file. A reader may follow the last cross-reference, meet an older pointer to another one first,
// or ignore all of them and take the objects as they stand in the file. Older revisions that the last one replaces are
// no second reading: every reader agrees on them.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "sanitizer/formats/pdf/lexer.h"
#include "sanitizer/formats/pdf/open.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_sections = 4096;
constexpr std::size_t longest_trailer = 64 * 1024;
constexpr std::size_t most_white = 1024;
constexpr std::size_t most_compared = 64U << 20; // bytes, all objects together
constexpr auto none = std::string_view::npos;
constexpr std::string_view white("\0\t\n\f\r ", 6);

struct Trailer {
    std::optional<std::size_t> previous, stream; // offsets
    int root = 0;                                // object number
};

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
    at = text.find_first_not_of(white, at);
    if (at == none) return std::nullopt;
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

// The dictionary that starts at or behind `at`.
Trailer read_trailer(std::string_view text, std::size_t at) {
    Trailer trailer;
    Lexer lexer(as_view(text.substr(at, longest_trailer)));
    std::string key;
    for (unsigned depth = 0;;) {
        const Lexeme lexeme = lexer.next();
        if (lexeme == Lexeme::end) return trailer;
        if (lexeme == Lexeme::dictionary_open || lexeme == Lexeme::array_open) ++depth;
        if ((lexeme == Lexeme::dictionary_close || lexeme == Lexeme::array_close) && (depth == 0 || --depth == 0))
            return trailer;
        if (depth == 1 && lexeme == Lexeme::number && !key.empty()) {
            const auto value = number_at(lexer.text(), 0);
            if (key == "Prev") trailer.previous = value;
            if (key == "XRefStm") trailer.stream = value;
            if (key == "Root") trailer.root = static_cast<int>(value.value_or(0));
        }
        key = lexeme == Lexeme::name && depth == 1 ? std::string(lexer.text()) : std::string();
    }
}

class Readings {
public:
    Readings(QPDF& document, std::string_view text, Budget& budget)
        : m_document(document), m_budget(budget), m_text(text), m_table(document.getXRefTable()) {}

    Result<> check();

private:
    Result<> collect_objects();
    void follow_sections();
    bool is_section(std::size_t at) const;
    // Offsets may lead to white space before the object.
    std::size_t place(std::size_t at) const {
        const std::size_t skip = m_text.substr(std::min(at, m_text.size()), most_white).find_first_not_of(white);
        return skip == none ? at : at + skip;
    }
    Result<bool> other_section();
    Result<bool> other_root();
    Result<bool> other_object();
    bool in_stream(std::size_t at);
    bool same_object(std::size_t one, std::size_t other);

    QPDF& m_document;
    Budget& m_budget;
    std::string_view m_text;
    std::map<QPDFObjGen, QPDFXRefEntry> m_table;
    std::set<std::size_t> m_sections;  // places of the cross-reference sections that the last pointer leads to
    std::set<std::size_t> m_trailers;  // places of their trailers
    std::map<int, std::size_t> m_last; // where the last object of each number stands
    std::map<std::size_t, QPDFObjGen> m_starts;
    std::size_t m_compared = 0;
};

void Readings::follow_sections() {
    const std::size_t pointer = m_text.rfind("startxref");
    if (pointer == none) return;
    std::vector<std::size_t> open;
    const auto add = [&](std::optional<std::size_t> offset) {
        if (offset && *offset < m_text.size()) open.push_back(place(*offset));
    };
    add(number_at(m_text, pointer + 9));
    while (!open.empty() && m_sections.size() < most_sections) {
        const std::size_t at = open.back();
        open.pop_back();
        if (!is_section(at) || !m_sections.insert(at).second) continue;
        std::size_t dictionary = at;
        if (m_text.substr(at).starts_with("xref")) {
            dictionary = m_text.find("trailer", at);
            if (dictionary == none) continue;
            m_trailers.insert(dictionary);
        }
        const Trailer trailer = read_trailer(m_text, m_text.find("<<", dictionary));
        add(trailer.previous);
        add(trailer.stream);
    }
}

// A table, or the object of a cross-reference stream.
bool Readings::is_section(std::size_t at) const {
    if (m_text.substr(at).starts_with("xref")) return true;
    Lexer lexer(as_view(m_text.substr(at, 64)));
    return lexer.next() == Lexeme::number && lexer.next() == Lexeme::number && lexer.next() == Lexeme::keyword &&
           lexer.is("obj") && m_text.substr(at, longest_trailer).find("<<") != none;
}

// A pointer that a reader may meet first.
Result<bool> Readings::other_section() {
    if (m_sections.empty()) return false; // all readers have to repair
    for (std::size_t at = m_text.find("startxref"); at != none; at = m_text.find("startxref", at + 9)) {
        TRY(m_budget.check_time());
        const auto offset = number_at(m_text, at + 9);
        if (!offset || *offset == 0 || *offset >= m_text.size()) continue; // annex F: 0 in a linearised file
        const std::size_t section = place(*offset);
        if (is_section(section) && !m_sections.contains(section) && !in_stream(at)) return true;
    }
    return false;
}

// A trailer that leads to another catalogue.
Result<bool> Readings::other_root() {
    const int root = m_document.getTrailer().getKey("/Root").getObjectID();
    const auto own = m_last.find(root);
    for (std::size_t at = m_text.find("trailer"); at != none; at = m_text.find("trailer", at + 7)) {
        TRY(m_budget.check_time());
        if (m_trailers.contains(at)) continue;
        const std::size_t dictionary = m_text.find_first_not_of(white, at + 7);
        if (dictionary == none || !m_text.substr(dictionary).starts_with("<<")) continue;
        const auto other = m_last.find(read_trailer(m_text, dictionary).root);
        if (other == m_last.end() || other->first == root || in_stream(at)) continue;
        if (own == m_last.end() || !same_object(other->second, own->second)) return true;
    }
    return false;
}

// An object that stands in the file once more, behind the one that the cross-reference names.
Result<bool> Readings::other_object() {
    for (const auto& [id, given] : m_table) {
        TRY(m_budget.check_time());
        const auto last = m_last.find(id.getObj());
        if (last == m_last.end() || given.getType() == 0) continue;
        const bool packed = given.getType() == 2;
        const auto holder = packed ? m_table.find(QPDFObjGen(given.getObjStreamNumber(), 0)) : m_table.end();
        if (packed && (holder == m_table.end() || holder->second.getType() != 1)) continue;
        const auto named = place(static_cast<std::size_t>((packed ? holder->second : given).getOffset()));
        if (last->second <= named) continue;
        if (!packed && same_object(named, last->second)) continue;
        if (!in_stream(last->second)) return true;
    }
    return false;
}

// Whether two objects are alike from behind "obj" to the end. What is too long to compare counts as different.
bool Readings::same_object(std::size_t one, std::size_t other) {
    one = m_text.find("obj", one);
    other = m_text.find("obj", other);
    if (one == none || other == none) return false;
    for (std::size_t i = 0; other + i < m_text.size() && one + i < m_text.size(); ++i) {
        if (m_text[one + i] != m_text[other + i] || ++m_compared > most_compared) return false;
        if (m_text[one + i] == 'e' && m_text.substr(one + i).starts_with("endobj")) return true;
    }
    return false;
}

// Files inside of this one have objects, too.
bool Readings::in_stream(std::size_t at) {
    const auto next = m_starts.upper_bound(at);
    if (next == m_starts.begin()) return false;
    const auto& [start, id] = *std::prev(next);
    QPDFObjectHandle object = m_document.getObject(id);
    if (!object.isStream()) return false;
    const std::size_t keyword = m_text.find("stream", start);
    QPDFObjectHandle length = object.getDict().getKey("/Length");
    if (keyword == none || !length.isInteger() || length.getIntValue() < 0) return false;
    const std::size_t end = keyword + 6 + static_cast<std::size_t>(length.getUIntValue());
    return at > keyword && at < end && m_text.substr(std::min(end, m_text.size()), 16).find("ends") != none;
}

// Every "12 0 obj".
Result<> Readings::collect_objects() {
    const auto digits_before = [&](std::size_t at) {
        while (at > 0 && m_text[at - 1] >= '0' && m_text[at - 1] <= '9') --at;
        return at;
    };
    const auto white_before = [&](std::size_t at) {
        while (at > 0 && white.contains(m_text[at - 1])) --at;
        return at;
    };
    for (std::size_t at = m_text.find("obj"); at != none; at = m_text.find("obj", at + 3)) {
        TRY(m_budget.check_time());
        const std::size_t generation_end = white_before(at);
        const std::size_t generation = digits_before(generation_end);
        const std::size_t number_end = white_before(generation);
        const std::size_t number = digits_before(number_end);
        if (generation == generation_end || number_end == generation || number == number_end) continue;
        if (const auto value = number_at(m_text, number); value && *value <= INT32_MAX)
            m_last[static_cast<int>(*value)] = number;
    }
    return {};
}

Result<> Readings::check() {
    for (const auto& [id, entry] : m_table)
        if (entry.getType() == 1) m_starts.emplace(place(static_cast<std::size_t>(entry.getOffset())), id);
    TRY(collect_objects());
    follow_sections();
    if (TRY(other_section()) || TRY(other_root()) || TRY(other_object())) return refuse(Reason::pdf_two_readings);
    return {};
}

} // namespace

Result<> check_readings(QPDF& document, View file, Budget& budget) {
    const std::string_view text = as_text(file);
    // Offsets count from the header (ISO 32000-1, annex H, 3.4.1).
    const std::size_t start = text.substr(0, 1024).find("%PDF-");
    return Readings(document, start == none ? text : text.substr(start), budget).check();
}

} // namespace sekisho::pdf
