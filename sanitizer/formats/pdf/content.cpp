#include "sanitizer/formats/pdf/content.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_operands = 64;
constexpr unsigned deepest = 8;
constexpr unsigned most_saves = 512;

// Operands: n number, N name, s string, a array of numbers and strings, d dictionary or name; "*" any count of numbers,
// "+" any count of numbers followed by an optional name.
struct Operator {
    std::string_view name;
    std::string_view operands;
};

constexpr auto operators = std::to_array<Operator>({
    {"\"", "nns"},   {"'", "s"},       {"B", ""},    {"B*", ""},    {"BDC", "Nd"},  {"BMC", "N"},     {"BT", ""},
    {"BX", ""},      {"CS", "N"},      {"DP", "Nd"}, {"Do", "N"},   {"EMC", ""},    {"ET", ""},       {"EX", ""},
    {"F", ""},       {"G", "n"},       {"J", "n"},   {"K", "nnnn"}, {"M", "n"},     {"MP", "N"},      {"Q", ""},
    {"RG", "nnn"},   {"S", ""},        {"SC", "*"},  {"SCN", "+"},  {"T*", ""},     {"TD", "nn"},     {"TJ", "a"},
    {"TL", "n"},     {"Tc", "n"},      {"Td", "nn"}, {"Tf", "Nn"},  {"Tj", "s"},    {"Tm", "nnnnnn"}, {"Tr", "n"},
    {"Ts", "n"},     {"Tw", "n"},      {"Tz", "n"},  {"W", ""},     {"W*", ""},     {"b", ""},        {"b*", ""},
    {"c", "nnnnnn"}, {"cm", "nnnnnn"}, {"cs", "N"},  {"d", "an"},   {"d0", "nn"},   {"d1", "nnnnnn"}, {"f", ""},
    {"f*", ""},      {"g", "n"},       {"gs", "N"},  {"h", ""},     {"i", "n"},     {"j", "n"},       {"k", "nnnn"},
    {"l", "nn"},     {"m", "nn"},      {"n", ""},    {"q", ""},     {"re", "nnnn"}, {"rg", "nnn"},    {"ri", "N"},
    {"s", ""},       {"sc", "*"},      {"scn", "+"}, {"sh", "N"},   {"v", "nnnn"},  {"w", "n"},       {"y", "nnnn"},
});
static_assert(std::ranges::is_sorted(operators, {}, &Operator::name));

const Operator* operator_named(std::string_view name) {
    const auto at = std::ranges::lower_bound(operators, name, {}, &Operator::name);
    return at != operators.end() && at->name == name ? &*at : nullptr;
}

bool is_mark(std::string_view number) {
    return !number.empty() && number.size() < 10 && number.find_first_not_of("0123456789") == std::string_view::npos;
}

struct Operand {
    char kind;
    std::size_t begin;
    std::size_t end;
};

class Rewriter {
public:
    Rewriter(View content, ContentHost& host, Context& context) : m_lexer(content), m_host(host), m_context(context) {}

    Result<std::string> run();

private:
    void operand(Lexeme lexeme);
    void array();
    void dictionary();
    void skip_value(Lexeme lexeme, unsigned depth);
    Result<> operation();
    bool fits(std::string_view signature) const;
    void emit(std::string_view name, std::size_t first);
    bool balanced(std::string_view name);
    void marked_content(std::string_view name);
    void note_use(std::string_view name);
    void tell(std::string_view name, std::size_t first);
    std::string_view text_of(const Operand& operand) const {
        return std::string_view(m_values).substr(operand.begin, operand.end - operand.begin);
    }

    Lexer m_lexer;
    ContentHost& m_host;
    Context& m_context;
    std::string m_out;
    std::string m_values; // operands since the last operator, spelled
    std::vector<Operand> m_operands;
    unsigned m_saves = 0;
    unsigned m_marks = 0;
    bool m_in_text = false;
};

Result<std::string> Rewriter::run() {
    m_out.reserve(m_lexer.view().size());
    while (true) {
        const Lexeme lexeme = m_lexer.next();
        if (lexeme == Lexeme::end) break;
        if (lexeme != Lexeme::keyword) {
            operand(lexeme);
            continue;
        }
        TRY(m_context.budget().check_time());
        TRY(operation());
        m_operands.clear();
        m_values.clear();
    }
    if (m_in_text) m_out += "ET\n";
    for (; m_marks > 0; --m_marks) m_out += "EMC\n";
    for (; m_saves > 0; --m_saves) m_out += "Q\n";
    return std::move(m_out);
}

void Rewriter::operand(Lexeme lexeme) {
    const std::size_t begin = m_values.size();
    char kind = 0;
    switch (lexeme) {
    case Lexeme::number:
        kind = 'n', put_number(m_values, m_lexer.text());
        break;
    case Lexeme::name:
        kind = 'N', put_name(m_values, m_lexer.text());
        break;
    case Lexeme::text:
        kind = 's', put_string(m_values, m_lexer.text());
        break;
    case Lexeme::array_open:
        kind = 'a', array();
        break;
    case Lexeme::dictionary_open:
        kind = 'd', dictionary();
        break;
    default:
        return;
    }
    if (m_operands.size() >= most_operands) m_operands.erase(m_operands.begin());
    m_operands.push_back({kind, begin, m_values.size()});
}

void Rewriter::array() {
    m_values += '[';
    while (true) {
        const Lexeme lexeme = m_lexer.next();
        if (lexeme == Lexeme::array_close || lexeme == Lexeme::end) break;
        if (lexeme == Lexeme::text) {
            put_string(m_values, m_lexer.text());
        } else if (lexeme == Lexeme::number) {
            if (m_values.back() != '[' && m_values.back() != ')' && m_values.back() != '>') m_values += ' ';
            put_number(m_values, m_lexer.text());
        } else if (lexeme == Lexeme::keyword && (m_lexer.is("TJ") || m_lexer.is("ET"))) {
            // An unclosed array: readers end it here.
            m_lexer.seek(m_lexer.position() - 2);
            break;
        } else {
            skip_value(lexeme, 0);
        }
    }
    m_values += ']';
}

// Of a property list only what helps a person read is kept.
void Rewriter::dictionary() {
    m_values += "<<";
    while (true) {
        Lexeme lexeme = m_lexer.next();
        if (lexeme == Lexeme::dictionary_close || lexeme == Lexeme::end) break;
        if (lexeme != Lexeme::name) continue;
        const std::string key(m_lexer.text());
        lexeme = m_lexer.next();
        if (lexeme == Lexeme::end || lexeme == Lexeme::dictionary_close) break;
        if (lexeme == Lexeme::text && (key == "ActualText" || key == "Alt" || key == "E" || key == "Lang")) {
            put_name(m_values, key);
            put_string(m_values, m_lexer.text());
        } else if (lexeme == Lexeme::number && key == "MCID" && m_host.keeps_marks() && is_mark(m_lexer.text())) {
            m_values += "/MCID ";
            put_number(m_values, m_lexer.text());
        } else {
            skip_value(lexeme, 0);
        }
    }
    m_values += ">>";
}

void Rewriter::skip_value(Lexeme lexeme, unsigned depth) {
    if (depth > deepest) return;
    if (lexeme != Lexeme::array_open && lexeme != Lexeme::dictionary_open) return;
    const Lexeme close = lexeme == Lexeme::array_open ? Lexeme::array_close : Lexeme::dictionary_close;
    for (Lexeme inner = m_lexer.next(); inner != close && inner != Lexeme::end; inner = m_lexer.next())
        skip_value(inner, depth + 1);
}

// Only the last operands count, as in every reader.
bool Rewriter::fits(std::string_view signature) const {
    if (signature == "*" || signature == "+") {
        const bool named = signature == "+" && !m_operands.empty() && m_operands.back().kind == 'N';
        const std::size_t numbers = m_operands.size() - (named ? 1 : 0);
        return !m_operands.empty() &&
               std::ranges::all_of(m_operands.begin(), m_operands.begin() + static_cast<std::ptrdiff_t>(numbers),
                                   [](const Operand& operand) { return operand.kind == 'n'; });
    }
    if (m_operands.size() < signature.size()) return false;
    const std::size_t first = m_operands.size() - signature.size();
    for (std::size_t i = 0; i < signature.size(); ++i) {
        const char kind = m_operands[first + i].kind;
        if (signature[i] != kind && !(signature[i] == 'd' && kind == 'N')) return false;
    }
    return true;
}

void Rewriter::emit(std::string_view name, std::size_t first) {
    for (std::size_t i = first; i < m_operands.size(); ++i) {
        m_out += text_of(m_operands[i]);
        m_out += ' ';
    }
    m_out += name;
    m_out += '\n';
}

// Keeps saves, text objects and marks in pairs; false if the operator has no partner and is left out.
bool Rewriter::balanced(std::string_view name) {
    if (name == "q") return m_saves < most_saves && ++m_saves;
    if (name == "Q") return m_saves > 0 && m_saves--;
    if (name == "BT") return !m_in_text && (m_in_text = true);
    if (name == "ET") return m_in_text && !(m_in_text = false);
    if (name == "EMC") return m_marks > 0 && m_marks--;
    return true;
}

void Rewriter::marked_content(std::string_view name) {
    if (name == "MP" || name == "DP") return; // points mean nothing without the structure tree
    const Operand tag = name == "BDC" ? m_operands[m_operands.size() - 2] : m_operands.back();
    ++m_marks;
    if (name == "BDC") {
        const Operand& property = m_operands.back();
        const std::string_view text = text_of(property);
        // The spelled name has the slash; a name with irregular characters is no layer of ours and is left out.
        const bool layer = property.kind == 'N' && text_of(tag) == "/OC" && m_host.is_layer(text.substr(1));
        if (layer) m_host.uses("/Properties", text);
        if (const auto mark = m_host.keeps_marks() && property.kind == 'N' && !layer ? m_host.mark_of(text.substr(1))
                                                                                     : std::nullopt) {
            m_out += text_of(tag);
            m_out += " <</MCID ";
            put_integer(m_out, *mark);
            m_out += ">> BDC\n";
            return;
        }
        if (layer || (property.kind == 'd' && text != "<<>>")) return emit("BDC", m_operands.size() - 2);
    }
    m_out += text_of(tag);
    m_out += " BMC\n";
}

void Rewriter::note_use(std::string_view name) {
    struct Use {
        std::string_view operation;
        std::string_view category;
    };
    static constexpr auto uses = std::to_array<Use>({{"CS", "/ColorSpace"},
                                                     {"Do", "/XObject"},
                                                     {"SCN", "/Pattern"},
                                                     {"Tf", "/Font"},
                                                     {"cs", "/ColorSpace"},
                                                     {"gs", "/ExtGState"},
                                                     {"scn", "/Pattern"},
                                                     {"sh", "/Shading"}});
    const auto at = std::ranges::find(uses, name, &Use::operation);
    if (at == uses.end()) return;
    const Operand& operand = name == "Tf" ? m_operands[m_operands.size() - 2] : m_operands.back();
    if (operand.kind == 'N') m_host.uses(at->category, text_of(operand));
}

void Rewriter::tell(std::string_view name, std::size_t first) {
    std::array<double, 8> numbers{};
    std::size_t count = 0;
    std::string_view named;
    for (std::size_t i = first; i < m_operands.size(); ++i) {
        const std::string_view text = text_of(m_operands[i]);
        if (m_operands[i].kind == 'N') named = text.substr(1);
        if (m_operands[i].kind == 'n' && count < numbers.size())
            std::from_chars(text.data(), text.data() + text.size(), numbers[count++]);
    }
    m_host.drew(name, std::span(numbers).first(count), named);
}

Result<> Rewriter::operation() {
    const std::string_view name = m_lexer.text();
    if (name == "BI") return rewrite_inline_image(m_lexer, m_out, m_host, m_context);
    if (name == "true" || name == "false" || name == "null") return {};
    const Operator* known = operator_named(name);
    if (!known) {
        m_context.found(Finding::pdf_content, Action::removed);
        return {};
    }
    if (!fits(known->operands) || !balanced(known->name)) return {};
    if (known->name == "BX" || known->name == "EX") return {}; // what they would excuse is not there any more
    if (known->operands.starts_with('N') &&
        (known->name == "BMC" || known->name == "BDC" || known->name == "MP" || known->name == "DP")) {
        marked_content(known->name);
        return {};
    }
    note_use(known->name);
    const bool open_ended = known->operands == "*" || known->operands == "+";
    const std::size_t first = open_ended ? 0 : m_operands.size() - known->operands.size();
    if (m_host.watches()) tell(known->name, first);
    emit(known->name, first);
    return {};
}

} // namespace

Result<std::string> rewrite_content(View content, ContentHost& host, Context& context) {
    return Rewriter(content, host, context).run();
}

} // namespace sekisho::pdf
