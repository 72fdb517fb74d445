#include "sanitizer/verify/verify.h"

#include <exception>
#include <new>

#include "sanitizer/verify/archive/archive.h"
#include "sanitizer/verify/calendar/calendar.h"
#include "sanitizer/verify/dxf/dxf.h"
#include "sanitizer/verify/html/html.h"
#include "sanitizer/verify/image/image.h"
#include "sanitizer/verify/json/json.h"
#include "sanitizer/verify/jww/jww.h"
#include "sanitizer/verify/mail/mail.h"
#include "sanitizer/verify/odf/odf.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "sanitizer/verify/svg/svg.h"
#include "sanitizer/verify/sxf/sxf.h"
#include "sanitizer/verify/text/text.h"
#include "sanitizer/verify/xml/xml.h"

namespace sekisho::verify {

namespace {

Result<> dispatch(Type type, const Source& output, const Limits& limits) {
    switch (type) {
    case Type::pdf:
        return pdf(output, limits, file);
    case Type::jpeg:
        return jpeg(output, limits);
    case Type::png:
        return png(output, limits);
    case Type::gif:
        return gif(output, limits);
    case Type::tiff:
        return tiff(output, limits);
    case Type::svg:
        return svg(output, limits);
    case Type::text:
        return text(output, limits);
    case Type::csv:
    case Type::tsv:
        return csv(output, limits);
    case Type::json:
        return json(output, limits);
    case Type::xml:
        return xml(output, limits);
    case Type::html:
        return html(output, limits, file);
    case Type::markdown:
        return markdown(output, limits);
    case Type::calendar:
        return calendar(output, limits);
    case Type::vcard:
        return vcard(output, limits);
    case Type::dxf:
        return dxf(output, limits);
    case Type::sfc:
        return sfc(output, limits);
    case Type::p21:
        return p21(output, limits);
    case Type::jww:
        return jww(output, limits);
    case Type::mail:
        return mail(output, limits, file);
    case Type::zip:
        return zip(output, limits, file);
    case Type::docx:
    case Type::xlsx:
    case Type::pptx:
        return ooxml(type, output, limits, file);
    case Type::odt:
    case Type::ods:
    case Type::odp:
    case Type::odg:
    case Type::odf:
        return odf(type, output, limits, file);
    default:
        return refuse(Reason::verify_unavailable);
    }
}

} // namespace

// Every room stops its own exceptions; the catches here are the last line.
Result<> file(Type type, const Source& output, const Limits& limits) try {
    return dispatch(type, output, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

Result<> file(Type type, const Source& output, const Limits& limits, const Options& options) {
    // Those two grammars stop their own exceptions; nothing inside of another file has a choice.
    if (type == Type::jpeg && options.keep_place) return jpeg(output, limits, Location::allowed);
    if (type == Type::pdf && !options.keep_attachments) return pdf(output, limits);
    return file(type, output, limits);
}

} // namespace sekisho::verify
