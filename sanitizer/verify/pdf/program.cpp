// Streams in a small language of their own (CMaps, calculator functions), and tables of numbers.
#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/lexer.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

constexpr std::uint64_t largest_cmap = 32ULL << 20;
constexpr std::uint64_t largest_calculator = 1ULL << 20;
constexpr std::uint64_t largest_samples = 64ULL << 20;
constexpr std::uint64_t largest_profile = 16ULL << 20;
constexpr std::size_t deepest_braces = 32;

// Adobe Technical Note 5014; everything else that PostScript could do is not on the list.
constexpr std::string_view cmap_words[] = {
    "findresource",
    "begin",
    "dict",
    "begincmap",
    "endcmap",
    "def",
    "usecmap",
    "end",
    "currentdict",
    "defineresource",
    "pop",
    "CMapName",
    "begincodespacerange",
    "endcodespacerange",
    "beginbfchar",
    "endbfchar",
    "beginbfrange",
    "endbfrange",
    "begincidchar",
    "endcidchar",
    "begincidrange",
    "endcidrange",
    "beginnotdefchar",
    "endnotdefchar",
    "beginnotdefrange",
    "endnotdefrange",
};

// Table 42.
constexpr std::string_view calculator_words[] = {
    "abs",      "add", "atan",   "ceiling", "cos", "cvi",   "cvr",   "div",  "exp",  "floor",    "idiv",
    "ln",       "log", "mod",    "mul",     "neg", "round", "sin",   "sqrt", "sub",  "truncate", "and",
    "bitshift", "eq",  "false",  "ge",      "gt",  "le",    "lt",    "ne",   "not",  "or",       "true",
    "xor",      "if",  "ifelse", "copy",    "dup", "exch",  "index", "pop",  "roll",
};

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_content);
}

Result<> check_cmap(View data) {
    Lexer lexer(data);
    for (Token token = TRY(lexer.next()); !token.is(Token::Kind::end); token = TRY(lexer.next())) {
        switch (token.kind) {
        case Token::Kind::keyword:
            if (std::ranges::find(cmap_words, token.raw) == std::end(cmap_words)) return bad();
            break;
        case Token::Kind::brace_open:
        case Token::Kind::brace_close:
            return bad();
        default:
            break;
        }
    }
    return {};
}

Result<> check_calculator(View data) {
    Lexer lexer(data);
    std::size_t open = 0;
    bool ended = false;
    for (Token token = TRY(lexer.next()); !token.is(Token::Kind::end); token = TRY(lexer.next())) {
        if (ended || (open == 0 && !token.is(Token::Kind::brace_open))) return bad();
        if (token.is(Token::Kind::brace_open)) {
            if (++open > deepest_braces) return bad();
        } else if (token.is(Token::Kind::brace_close)) {
            ended = --open == 0;
        } else if (token.is(Token::Kind::keyword)) {
            if (std::ranges::find(calculator_words, token.raw) == std::end(calculator_words)) return bad();
        } else if (!token.is_number()) {
            return bad();
        }
    }
    if (!ended) return bad();
    return {};
}

} // namespace

Result<> cmap_payload(Walk& walk, const Object& stream) {
    return check_cmap(TRY(walk.decode(stream, largest_cmap)));
}

Result<> calculator_payload(Walk& walk, const Object& stream) {
    return check_calculator(TRY(walk.decode(stream, largest_calculator)));
}

Result<> samples_payload(Walk& walk, const Object& stream) {
    TRY(walk.decode(stream, largest_samples));
    return {};
}

Result<> mesh_payload(Walk& walk, const Object& stream) {
    TRY(walk.decode(stream, largest_samples));
    return {};
}

// ICC.1:2010, 7.2: the size in the header, and the signature.
Result<> profile_payload(Walk& walk, const Object& stream) {
    constexpr std::size_t header_size = 128;
    const Bytes data = TRY(walk.decode(stream, largest_profile));
    if (data.size() < header_size || as_text(data).substr(36, 4) != "acsp") return refuse(Reason::verify_pdf_stream);
    if (TRY(ByteReader(data).u32be()) != data.size()) return refuse(Reason::verify_pdf_stream);
    return {};
}

} // namespace sekisho::verify
