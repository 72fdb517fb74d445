// Page descriptions (7.8.2): every operator is on the list and has exactly its operands.
#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/inline_image.h"
#include "sanitizer/verify/pdf/lexer.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

constexpr std::uint64_t largest_content = 1ULL << 30;
constexpr std::size_t most_operands = 64;
constexpr int most_saves = 1024;

// n number, N name, s string, a array of numbers and strings, p property list or name, * any count of numbers,
// + any count of numbers and then perhaps a name.
struct Operator {
    std::string_view name;
    std::string_view operands;
};

constexpr Operator operators[] = {
    {"q", ""},     {"Q", ""},     {"cm", "nnnnnn"}, {"w", "n"},     {"J", "n"},    {"j", "n"},   {"M", "n"},
    {"d", "an"},   {"ri", "N"},   {"i", "n"},       {"gs", "N"},    {"m", "nn"},   {"l", "nn"},  {"c", "nnnnnn"},
    {"v", "nnnn"}, {"y", "nnnn"}, {"h", ""},        {"re", "nnnn"}, {"S", ""},     {"s", ""},    {"f", ""},
    {"F", ""},     {"f*", ""},    {"B", ""},        {"B*", ""},     {"b", ""},     {"b*", ""},   {"n", ""},
    {"W", ""},     {"W*", ""},    {"BT", ""},       {"ET", ""},     {"Tc", "n"},   {"Tw", "n"},  {"Tz", "n"},
    {"TL", "n"},   {"Tf", "Nn"},  {"Tr", "n"},      {"Ts", "n"},    {"Td", "nn"},  {"TD", "nn"}, {"Tm", "nnnnnn"},
    {"T*", ""},    {"Tj", "s"},   {"TJ", "a"},      {"'", "s"},     {"\"", "nns"}, {"d0", "nn"}, {"d1", "nnnnnn"},
    {"CS", "N"},   {"cs", "N"},   {"SC", "*"},      {"SCN", "+"},   {"sc", "*"},   {"scn", "+"}, {"G", "n"},
    {"g", "n"},    {"RG", "nnn"}, {"rg", "nnn"},    {"K", "nnnn"},  {"k", "nnnn"}, {"sh", "N"},  {"Do", "N"},
    {"BMC", "N"},  {"BDC", "Np"}, {"EMC", ""},
};

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_content);
}

class Operators {
public:
    explicit Operators(View content) : m_lexer(content) {}

    Result<> run() {
        for (Token token = TRY(m_lexer.next()); !token.is(Token::Kind::end); token = TRY(m_lexer.next())) {
            if (token.is_keyword("BI")) {
                if (!m_kinds.empty()) return bad();
                TRY(check_inline_image(m_lexer));
            } else if (token.is(Token::Kind::keyword)) {
                TRY(operation(token.raw));
            } else {
                TRY(operand(token));
            }
        }
        if (!m_kinds.empty()) return bad();
        return {};
    }

private:
    Result<> operand(const Token& token) {
        if (m_kinds.size() == most_operands) return bad();
        switch (token.kind) {
        case Token::Kind::integer:
        case Token::Kind::real:
            m_kinds.push_back('n');
            return {};
        case Token::Kind::name:
            m_kinds.push_back('N');
            return {};
        case Token::Kind::text:
            m_kinds.push_back('s');
            return {};
        case Token::Kind::array_open:
            m_kinds.push_back('a');
            return array();
        case Token::Kind::dictionary_open:
            m_kinds.push_back('p');
            return property_list();
        default:
            return bad();
        }
    }

    Result<> array() {
        for (;;) {
            const Token token = TRY(m_lexer.next());
            if (token.is(Token::Kind::array_close)) return {};
            if (!token.is_number() && !token.is(Token::Kind::text)) return bad();
        }
    }

    // Only what helps people who cannot see the page.
    Result<> property_list() {
        for (;;) {
            const Token key = TRY(m_lexer.next());
            if (key.is(Token::Kind::dictionary_close)) return {};
            if (!key.is(Token::Kind::name)) return bad();
            if (key.raw == "MCID") {
                if (!TRY(m_lexer.next()).is(Token::Kind::integer)) return bad();
                continue;
            }
            if (key.raw != "ActualText" && key.raw != "Alt" && key.raw != "E" && key.raw != "Lang") return bad();
            if (!TRY(m_lexer.next()).is(Token::Kind::text)) return bad();
        }
    }

    Result<> operation(std::string_view name) {
        const auto row = std::ranges::find(operators, name, &Operator::name);
        if (row == std::end(operators) || !fits(row->operands)) return bad();
        m_kinds.clear();
        if (name == "q" && ++m_saves > most_saves) return bad();
        if (name == "Q" && --m_saves < 0) return bad();
        return {};
    }

    bool fits(std::string_view wanted) const {
        if (wanted == "*" || wanted == "+") {
            std::string_view numbers = m_kinds;
            if (wanted == "+" && numbers.ends_with('N')) numbers.remove_suffix(1);
            return !m_kinds.empty() && numbers.find_first_not_of('n') == std::string_view::npos;
        }
        if (m_kinds.size() != wanted.size()) return false;
        return std::ranges::equal(m_kinds, wanted,
                                  [](char is, char want) { return is == want || (want == 'p' && is == 'N'); });
    }

    Lexer m_lexer;
    std::string m_kinds; // of the operands since the last operator
    int m_saves = 0;
};

} // namespace

Result<> check_operators(View content) {
    return Operators(content).run();
}

Result<> content_payload(Walk& walk, const Object& stream) {
    return check_operators(TRY(walk.decode(stream, largest_content)));
}

} // namespace sekisho::verify
