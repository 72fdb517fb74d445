// Font files of a font descriptor (ISO 32000-1, 9.9).
#include "sanitizer/formats/pdf/fonts.h"
#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

namespace {

Result<FontProgram> rewrite_program(FontFormat format, View program, Budget& budget) {
    switch (format) {
    case FontFormat::type1:
        return rewrite_type1(program, budget);
    case FontFormat::cff:
        return rewrite_cff(program, budget);
    case FontFormat::truetype:
    case FontFormat::opentype:
        return rewrite_sfnt(program, budget);
    default:
        return refuse(Reason::input_damaged);
    }
}

void put_length(std::string& keys, const char* key, std::size_t length) {
    keys += key;
    put_integer(keys, static_cast<std::int64_t>(length));
}

} // namespace

FontFormat font_format(View program) {
    if (program.size() < 4) return FontFormat::none;
    const std::string_view tag = as_text(program.first(4));
    if (tag == "OTTO") return FontFormat::opentype;
    if (tag == "true" || tag == std::string_view("\0\1\0\0", 4)) return FontFormat::truetype;
    if (tag.starts_with("%!") || program[0] == 0x80) return FontFormat::type1;
    if (program[0] == 1 && program[1] == 0) return FontFormat::cff;
    return FontFormat::none;
}

// Writes the program once, however many descriptors share it. Number 0: it is left out.
Result<int> Walk::font_program(const Handle& file, std::string& key) {
    const auto [at, fresh] = m_font_programs.try_emplace(Handle(file).getObjGen(), 0, std::string());
    if (!fresh) {
        key = at->second.second;
        return at->second.first;
    }
    const auto bytes = data(file);
    if (!bytes && is_final(bytes.error())) return std::unexpected(bytes.error());
    const FontFormat format = bytes ? font_format(*bytes) : FontFormat::none;
    const auto program =
        bytes ? rewrite_program(format, *bytes, budget()) : Result<FontProgram>(refuse(Reason::input_damaged));
    if (!program) {
        if (is_final(program.error())) return std::unexpected(program.error());
        found(Finding::pdf_font);
        return 0;
    }
    if (program->had_instructions) found(Finding::pdf_font_program);
    std::string keys;
    if (format == FontFormat::type1) {
        put_length(keys, "/Length1 ", program->clear_length);
        put_length(keys, "/Length2 ", program->encrypted_length);
        put_length(keys, "/Length3 ", program->trailer_length);
        at->second.second = "/FontFile ";
    } else if (format == FontFormat::truetype) {
        put_length(keys, "/Length1 ", program->bytes.size());
        at->second.second = "/FontFile2 ";
    } else {
        keys = format == FontFormat::opentype ? "/Subtype/OpenType"
               : program->keyed_by_cid        ? "/Subtype/CIDFontType0C"
                                              : "/Subtype/Type1C";
        at->second.second = "/FontFile3 ";
    }
    at->second.first = m_writer.reserve();
    key = at->second.second;
    TRY(budget().take_members());
    TRY(stream(at->second.first, keys, program->bytes));
    return at->second.first;
}

Result<> Walk::put_font_program(std::string& out, const Handle& given) {
    Handle descriptor = given;
    for (const char* name : {"/FontFile", "/FontFile2", "/FontFile3"}) {
        Handle file = descriptor.getKey(name);
        if (!file.isStream()) continue;
        std::string key;
        const int number = TRY(font_program(file, key));
        if (number == 0) continue;
        out += key;
        put_reference(out, number);
        return {};
    }
    return {};
}

} // namespace sekisho::pdf
