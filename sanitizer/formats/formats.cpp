#include "sanitizer/formats/formats.h"

#include <array>
#include <exception>
#include <new>

#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/metafile/metafile.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/name/name.h"

namespace sekisho {

namespace {

using Format = Result<Type> (*)(Job&);

struct Row {
    Type type;
    Format rebuild, flatten, text; // nullptr: the type does not have this level
};

// A picture and a text are flat as they are; an archive passes the level on to its members.
constexpr std::array rows{
    Row{Type::pdf, pdf::rebuild, pdf::flatten, pdf::text},
    Row{Type::docx, ooxml::rebuild, nullptr, ooxml::text},
    Row{Type::xlsx, ooxml::rebuild, nullptr, ooxml::text},
    Row{Type::pptx, ooxml::rebuild, nullptr, ooxml::text},
    Row{Type::jpeg, image::jpeg, image::jpeg, nullptr},
    Row{Type::png, image::png, image::png, nullptr},
    Row{Type::metafile, metafile::to_png, metafile::to_png, nullptr},
    Row{Type::text, text::plain, text::plain, text::plain},
    Row{Type::csv, text::csv, text::csv, text::csv},
    Row{Type::zip, archive::zip, archive::zip, archive::zip},
};

Reason reason_against(Type type) {
    if (type == Type::unknown) return Reason::type_unknown;
    if (type == Type::empty) return Reason::type_empty;
    if (type == Type::encrypted_office) return Reason::input_encrypted;
    return row_of(type).family == Family::executable ? Reason::type_executable : Reason::type_unsupported;
}

Result<Format> format_for(Type type, Level level) {
    if (level == Level::block) return refuse(Reason::level_blocked);
    for (const Row& row : rows) {
        if (row.type != type) continue;
        const Format format = level == Level::text ? row.text : level == Level::flatten ? row.flatten : row.rebuild;
        if (!format) return refuse(Reason::level_unsupported);
        return format;
    }
    return refuse(reason_against(type));
}

} // namespace

// Every room stops its own exceptions; the catches here are the last line, so that no input ever ends the process.
Result<Type> sanitize_as(Type type, const Source& in, Sink& out, Context& context) try {
    const Format format = TRY(format_for(type, context.level()));
    Job job{in, out, type, context};
    return format(job);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

Result<Type> sanitize_file(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    return sanitize_as(type, in, out, context);
}

void warm_up() {
    text::warm_up();
    archive::warm_up();
    warm_up_names();
    pdf::warm_up();
    metafile::warm_up();
}

} // namespace sekisho
