#include "sanitizer/formats/pdf/calculator.h"

#include <algorithm>
#include <array>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/lexer.h"
#include "sanitizer/formats/pdf/spell.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest = 16;
constexpr auto operators = std::to_array<std::string_view>(
    {"abs",   "add",  "and",   "atan", "bitshift", "ceiling", "copy", "cos",      "cvi",  "cvr", "div",
     "dup",   "eq",   "exch",  "exp",  "false",    "floor",   "ge",   "gt",       "idiv", "if",  "ifelse",
     "index", "le",   "ln",    "log",  "lt",       "mod",     "mul",  "ne",       "neg",  "not", "or",
     "pop",   "roll", "round", "sin",  "sqrt",     "sub",     "true", "truncate", "xor"});
static_assert(std::ranges::is_sorted(operators));

} // namespace

Result<std::string> rewrite_calculator(View program) {
    Lexer lexer(program);
    if (lexer.next() != Lexeme::brace_open) return refuse(Reason::input_damaged);
    std::string out = "{ ";
    for (unsigned depth = 1; depth > 0;) {
        switch (lexer.next()) {
        case Lexeme::brace_open:
            if (++depth > deepest) return refuse(Reason::input_damaged);
            out += "{ ";
            break;
        case Lexeme::brace_close:
            --depth;
            out += "} ";
            break;
        case Lexeme::number:
            put_number(out, lexer.text());
            out += ' ';
            break;
        case Lexeme::keyword:
            if (!std::ranges::binary_search(operators, lexer.text())) return refuse(Reason::input_damaged);
            out += lexer.text();
            out += ' ';
            break;
        default:
            return refuse(Reason::input_damaged);
        }
    }
    return out;
}

} // namespace sekisho::pdf
