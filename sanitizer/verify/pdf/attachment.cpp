// Files that a delivered PDF carries: listed once, each with a clean name, and each verified by the kind that the name
// promises.
#include "base/text/utf8.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/archive/name.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

// UTF-16 with a byte order mark (7.9.2.2) as UTF-8; empty for anything else.
std::string utf8_of(std::string_view text) {
    if (!text.starts_with("\xFE\xFF") || text.size() % 2 != 0) return {};
    const auto unit = [&](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[at]) << 8 |
                                     static_cast<unsigned char>(text[at + 1]));
    };
    std::string out;
    for (std::size_t at = 2; at < text.size(); at += 2) {
        char32_t c = unit(at);
        if (c >= 0xDC00 && c < 0xE000) return {};
        if (c >= 0xD800 && c < 0xDC00) {
            at += 2;
            if (at >= text.size() || unit(at) < 0xDC00 || unit(at) >= 0xE000) return {};
            c = 0x10000 + ((c - 0xD800) << 10) + (unit(at) - 0xDC00);
        }
        append_utf8(out, c);
    }
    return out;
}

// The data are looked at where the name is known, in check_file.
Result<> any_payload(Walk&, const Object&) {
    return {};
}

constexpr Key content_keys[] = {{"Type", name("EmbeddedFile"), true}};
constexpr Grammar content_grammar{"attached file", content_keys, true, any_payload};
constexpr Key holder_keys[] = {{"F", node(content_grammar), true}};
constexpr Grammar holder_grammar{"attachment", holder_keys};
constexpr Key file_keys[] = {
    {"Type", name("Filespec"), true},
    {"F", text(), true},
    {"UF", text(), true},
    {"EF", node(holder_grammar), true},
};
constexpr Grammar file_grammar{"attachment", file_keys};

Result<> check_file(Walk& walk, const Object& value) {
    static constexpr Rule file = node(file_grammar);
    if (!value.isDict()) return walk.no(Reason::verify_pdf_value);
    TRY(walk.value(value, file));
    const Object& plain = value.dictLookupNF("F");
    const Object& unicode = value.dictLookupNF("UF");
    if (!plain.isString() || !unicode.isString() || text_of(plain) != text_of(unicode))
        return walk.no(Reason::verify_pdf_attachment);
    const std::string name = utf8_of(text_of(unicode));
    const auto kind = promised_kind(name);
    if (!kind || !name_is_clean(name) || name.find('/') != name.npos) return walk.no(Reason::verify_pdf_attachment);
    const Object& holder = value.dictLookupNF("EF");
    if (!holder.isDict()) return walk.no(Reason::verify_pdf_value);
    const Object content = TRY(walk.lookup(holder, "F"));
    if (!content.isStream()) return walk.no(Reason::verify_pdf_value);
    return walk.verify_part(*kind, TRY(walk.decode(content, walk.limits().bytes_in_memory)));
}

// Pairs of key and file, keys in order.
Result<> check_files(Walk& walk, const Object& value) {
    if (!value.isArray() || value.arrayGetLength() == 0 || value.arrayGetLength() % 2 != 0)
        return walk.no(Reason::verify_pdf_value);
    std::string last;
    for (int i = 0; i < value.arrayGetLength(); i += 2) {
        const Object& key = value.arrayGetNF(i);
        if (!key.isString() || text_of(key) <= last) return walk.no(Reason::verify_pdf_value);
        last = text_of(key);
        TRY(check_file(walk, value.arrayGetNF(i + 1)));
    }
    return {};
}

constexpr Key files_keys[] = {{"Names", check(check_files), true}};
constexpr Grammar files_grammar{"attachments", files_keys};

} // namespace

const Rule attachments_rule = node(files_grammar);

} // namespace sekisho::verify
