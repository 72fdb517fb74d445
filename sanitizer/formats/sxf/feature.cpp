#include "sanitizer/formats/sxf/feature.h"

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/sxf/lexer.h"

namespace sekisho::sxf {

namespace {

// The bytes up to the closing quote. In CP932 the second byte of a character can be a backslash.
std::size_t length_of(std::string_view text, std::string_view quote) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[i]);
        if ((byte >= 0x81 && byte <= 0x9F) || byte >= 0xE0) {
            ++i;
        } else if (text.substr(i).starts_with(quote)) {
            const std::size_t after = text.find_first_not_of(" \t\r\n", i + quote.size());
            if (after != text.npos && (text[after] == ',' || text[after] == ')')) return i;
        }
    }
    return text.npos;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string_view take_tag(std::string_view& comment) {
    for (const std::string_view tag : {"SXF3.1", "SXF3", "SXF"})
        if (comment.starts_with(tag) && comment.size() >= 2 * tag.size() && comment.ends_with(tag)) {
            comment = trimmed(comment.substr(tag.size(), comment.size() - 2 * tag.size()));
            return tag;
        }
    return {};
}

Result<Feature> Feature::of(std::string_view text) {
    Feature made;
    Lexer lexer(as_view(text));
    made.number = TRY(lexer.instance());
    TRY(lexer.take("="));
    lexer.skip_white_space();
    const std::size_t end = lexer.rest().find('(');
    if (end == std::string_view::npos) return refuse(Reason::cad_damaged);
    made.name = trimmed(lexer.rest().substr(0, end));
    lexer.advance(end + 1);
    made.parameters = lexer.rest();
    return made;
}

Result<std::vector<Parameter>> parameters_of(std::string_view text) {
    std::vector<Parameter> made;
    do {
        text = trimmed(text);
        const bool escaped = text.starts_with("\\'");
        const std::string_view quote = escaped ? "\\'" : "'";
        if (!text.starts_with(quote)) return refuse(Reason::cad_damaged);
        text.remove_prefix(quote.size());
        const std::size_t length = length_of(text, quote);
        if (length == text.npos) return refuse(Reason::cad_damaged);
        made.push_back({text.substr(0, length), escaped});
        text.remove_prefix(length + quote.size());
        text = trimmed(text);
        if (made.size() > 256) return refuse(Reason::cad_damaged);
    } while (text.starts_with(',') && (text.remove_prefix(1), true));
    if (text != ")") return refuse(Reason::cad_damaged);
    return made;
}

} // namespace sekisho::sxf
