#include "sanitizer/formats/formats.h"

#include <array>
#include <exception>
#include <new>

#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/archive_foreign/foreign.h"
#include "sanitizer/formats/binhex/binhex.h"
#include "sanitizer/formats/cad_pages/cad_pages.h"
#include "sanitizer/formats/calendar/calendar.h"
#include "sanitizer/formats/dxf/dxf.h"
#include "sanitizer/formats/flat_opc/flat_opc.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/ichitaro/ichitaro.h"
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/json/json.h"
#include "sanitizer/formats/jww/jww.h"
#include "sanitizer/formats/layout/layout.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/mail/mail.h"
#include "sanitizer/formats/markdown/markdown.h"
#include "sanitizer/formats/metafile/metafile.h"
#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/office_encryption/office_encryption.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/pages/pages.h"
#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/formats/raster/raster.h"
#include "sanitizer/formats/svg/svg.h"
#include "sanitizer/formats/sxf/sxf.h"
#include "sanitizer/formats/text/labels.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/formats/xml/xml.h"
#include "sanitizer/name/name.h"
#include "sanitizer/name/part.h"
#include "sanitizer/password/forms.h"

namespace sekisho {

namespace {

using Format = Result<Type> (*)(Job&);

struct Row {
    Type type;
    Format rebuild, flatten, text; // nullptr: the type does not have this level
};

// A picture is flat as it is; an archive passes the level on to its members, encryption to what it
// hides.
constexpr std::array rows{
    Row{Type::pdf, pdf::rebuild, pdf::flatten, pdf::text},
    Row{Type::docx, ooxml::rebuild, layout::flatten, ooxml::text},
    Row{Type::xlsx, ooxml::rebuild, layout::flatten, ooxml::text},
    Row{Type::pptx, ooxml::rebuild, layout::flatten, ooxml::text},
    Row{Type::flat_opc, flat_opc::rebuild, layout::flatten, flat_opc::text},
    Row{Type::encrypted_office, office_encryption::open, office_encryption::open, office_encryption::open},
    Row{Type::doc, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::xls, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::ppt, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::rtf, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::xlsb, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::word_xml, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::excel_xml, legacy::rebuild, layout::flatten, legacy::text},
    Row{Type::odt, odf::rebuild, layout::flatten, odf::text},
    Row{Type::ods, odf::rebuild, layout::flatten, odf::text},
    Row{Type::odp, odf::rebuild, layout::flatten, odf::text},
    Row{Type::odg, odf::rebuild, layout::flatten, odf::text},
    Row{Type::odf, odf::rebuild, nullptr, odf::text},
    Row{Type::jpeg, image::jpeg, image::jpeg, nullptr},
    Row{Type::png, image::png, image::png, nullptr},
    Row{Type::gif, raster::gif, raster::gif, nullptr},
    Row{Type::bmp, raster::bmp, raster::bmp, nullptr},
    Row{Type::tiff, raster::tiff, raster::tiff, nullptr},
    Row{Type::webp, raster::webp, raster::webp, nullptr},
    Row{Type::heif, raster::heif, raster::heif, nullptr},
    Row{Type::jp2, raster::jp2, raster::jp2, nullptr},
    Row{Type::svg, svg::rebuild, layout::flatten, svg::text},
    Row{Type::metafile, metafile::to_png, metafile::to_png, nullptr},
    Row{Type::text, text::plain, pages::flatten, text::plain},
    Row{Type::csv, text::csv, pages::flatten, text::csv},
    Row{Type::tsv, text::csv, pages::flatten, text::csv},
    Row{Type::json, json::rebuild, pages::flatten, text::plain},
    Row{Type::xml, xml::rebuild, pages::flatten, xml::text},
    Row{Type::html, html::rebuild, layout::flatten, html::text},
    Row{Type::markdown, markdown::rebuild, pages::flatten, text::plain},
    Row{Type::calendar, calendar::rebuild, pages::flatten, text::plain},
    Row{Type::vcard, calendar::rebuild, pages::flatten, text::plain},
    Row{Type::dxf, dxf::rebuild, cad_pages::flatten, dxf::text},
    Row{Type::sfc, sxf::sfc, cad_pages::flatten, sxf::sfc_text},
    Row{Type::p21, sxf::p21, cad_pages::flatten, sxf::p21_text},
    Row{Type::jww, jww::rebuild, cad_pages::flatten, jww::text},
    Row{Type::jtd, nullptr, nullptr, ichitaro::text},
    Row{Type::mail, mail::rebuild, mail::rebuild, mail::text},
    Row{Type::mbox, mail::mbox, mail::mbox, mail::mbox},
    Row{Type::msg, mail::outlook, mail::outlook, mail::text},
    Row{Type::tnef, mail::tnef, mail::tnef, mail::text},
    Row{Type::signed_data, mail::signed_file, mail::signed_file, mail::signed_file},
    Row{Type::binhex, binhex::unpack, binhex::unpack, binhex::unpack},
    Row{Type::zip, archive::zip, archive::zip, archive::zip},
    Row{Type::seven_zip, archive_foreign::rebuild, archive_foreign::rebuild, archive_foreign::rebuild},
    Row{Type::rar, archive_foreign::rebuild, archive_foreign::rebuild, archive_foreign::rebuild},
    Row{Type::lzh, archive_foreign::rebuild, archive_foreign::rebuild, archive_foreign::rebuild},
    Row{Type::cab, archive_foreign::rebuild, archive_foreign::rebuild, archive_foreign::rebuild},
    Row{Type::tar, archive_foreign::rebuild, archive_foreign::rebuild, archive_foreign::rebuild},
    Row{Type::gzip, archive_foreign::unpack, archive_foreign::unpack, archive_foreign::unpack},
    Row{Type::bzip2, archive_foreign::unpack, archive_foreign::unpack, archive_foreign::unpack},
    Row{Type::xz, archive_foreign::unpack, archive_foreign::unpack, archive_foreign::unpack},
    Row{Type::zstd, archive_foreign::unpack, archive_foreign::unpack, archive_foreign::unpack},
};

Reason reason_against(Type type) {
    if (type == Type::unknown) return Reason::type_unknown;
    if (type == Type::empty) return Reason::type_empty;
    if (type == Type::macro_office) return Reason::ooxml_addin;
    if (type == Type::encrypted_data) return Reason::input_encrypted;
    if (type == Type::dwg) return Reason::dwg_unsupported;
    if (type == Type::xdw) return Reason::xdw_unsupported;
    return row_of(type).family == Family::executable ? Reason::type_executable : Reason::type_unsupported;
}

Result<Format> format_for(Type type, Level level) {
    if (level == Level::block) return refuse(Reason::level_blocked);
    for (const Row& row : rows) {
        if (row.type != type) continue;
        const Format format = level == Level::text ? row.text : level == Level::flatten ? row.flatten : row.rebuild;
        if (!format) return refuse(type == Type::jtd ? Reason::jtd_text_level : Reason::level_unsupported);
        return format;
    }
    return refuse(reason_against(type));
}

// What is named as a part of a split set and came without the others makes no sense, and that is the reason to give; so
// is the directory of a ZIP that was in the last part of a set.
template <typename T> Result<T> of_part(Result<T> done, Type type, std::string_view name, const Context& context) {
    if (done) return done;
    if (!context.parts().empty()) {
        const Reason reason = reason_of(done.error());
        const bool lacks_end = reason == Reason::zip_directory_damaged || reason == Reason::zip_truncated;
        return lacks_end ? refuse(Reason::archive_part) : std::move(done);
    }
    if (!part_name(name)) return done;
    const bool telling = type == Type::unknown || row_of(type).family == Family::archive;
    const bool other = done.error().kind == ErrorKind::fail || done.error().code.starts_with("limit.") ||
                       reason_of(done.error()) == Reason::level_blocked;
    if (!telling || other) return done;
    return refuse(Reason::archive_part);
}

} // namespace

// Every room stops its own exceptions; the catches here are the last line, so that no input ever ends the process.
Result<Type> sanitize_as(Type type, const Source& in, Sink& out, Context& context, std::string_view name) try {
    const Format format = TRY(of_part(format_for(type, context.level()), type, name, context));
    const Context::File file(context, in, row_of(type).family == Family::archive);
    Job job{in, out, type, context, name};
    return of_part(format(job), type, name, context);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

Result<Type> sanitize_file(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    return sanitize_as(type, in, out, context, name);
}

void warm_up() {
    text::warm_up();
    text::warm_up_labels();
    archive::warm_up();
    archive_foreign::warm_up();
    office_encryption::warm_up();
    warm_up_names();
    warm_up_passwords();
    pdf::warm_up();
    pages::warm_up();
    metafile::warm_up();
    raster::warm_up();
}

} // namespace sekisho
