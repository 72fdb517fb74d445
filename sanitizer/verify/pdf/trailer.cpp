#include "sanitizer/verify/pdf/trailer.h"

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/lexer.h"

namespace sekisho::verify {

namespace {

std::unexpected<Error> bad() {
    return refuse(Reason::verify_pdf_xref);
}

// Moves to the "<<" of the trailer.
Result<> find_dictionary(Lexer& lexer, const Limits& limits) {
    if (!TRY(lexer.next()).is_keyword("xref") || !TRY(lexer.next()).is(Token::Kind::integer)) return bad();
    const Token count = TRY(lexer.next());
    if (!count.is(Token::Kind::integer) || count.number < 1 || count.number > limits.members) return bad();
    // Three tokens a row.
    for (std::int64_t i = 0; i < 3 * count.number; ++i) TRY(lexer.next());
    if (!TRY(lexer.next()).is_keyword("trailer")) return bad();
    return {};
}

} // namespace

Result<> check_trailer(View file, const Frame& frame, const Limits& limits) {
    Lexer lexer(file.first(frame.startxref));
    lexer.seek(frame.xref);
    TRY(find_dictionary(lexer, limits));
    if (!TRY(lexer.next()).is(Token::Kind::dictionary_open)) return bad();
    bool sized = false;
    for (;;) {
        const Token key = TRY(lexer.next());
        if (key.is(Token::Kind::dictionary_close)) break;
        if (!key.is(Token::Kind::name) || key.raw.find('#') != std::string_view::npos) return bad();
        if (key.raw == "Encrypt") return refuse(Reason::verify_pdf_encrypted);
        if (key.raw == "Prev" || key.raw == "XRefStm") return bad();
        const Token value = TRY(lexer.next());
        if (key.raw == "Size") {
            if (sized || !value.is(Token::Kind::integer) || value.number < 1 || value.number > limits.members)
                return bad();
            sized = true;
        }
        if (value.is(Token::Kind::integer)) {
            TRY(skip_rest_of_reference(lexer));
        } else {
            TRY(skip_object(lexer, value));
        }
    }
    if (!sized) return bad();
    return {};
}

} // namespace sekisho::verify
