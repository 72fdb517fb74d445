#include "sanitizer/formats/layout/layout.h"

#include <algorithm>
#include <array>

#include "sanitizer/core/conversion.h"
#include "sanitizer/formats/document_date/document_date.h"
#include "sanitizer/formats/flat_opc/flat_opc.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/layout/sheet.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/pages/pages.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/formats/svg/svg.h"

namespace sekisho::layout {

namespace {

struct Row {
    Type type;
    Result<Type> (*rebuild)(Job&);
};
constexpr std::array rows{
    Row{Type::docx, ooxml::rebuild},       Row{Type::xlsx, ooxml::rebuild},        Row{Type::pptx, ooxml::rebuild},
    Row{Type::doc, legacy::rebuild},       Row{Type::xls, legacy::rebuild},        Row{Type::ppt, legacy::rebuild},
    Row{Type::rtf, legacy::rebuild},       Row{Type::xlsb, legacy::rebuild},       Row{Type::word_xml, legacy::rebuild},
    Row{Type::excel_xml, legacy::rebuild}, Row{Type::flat_opc, flat_opc::rebuild}, Row{Type::odt, odf::rebuild},
    Row{Type::ods, odf::rebuild},          Row{Type::odp, odf::rebuild},           Row{Type::odg, odf::rebuild},
    Row{Type::svg, svg::rebuild},          Row{Type::html, html::rebuild},
};

// What a rebuilt document is to the converter.
struct Rebuilt {
    Type type;
    Document document;
};
constexpr std::array rebuilt{
    Rebuilt{Type::docx, Document::docx}, Rebuilt{Type::xlsx, Document::xlsx}, Rebuilt{Type::pptx, Document::pptx},
    Rebuilt{Type::odt, Document::odt},   Rebuilt{Type::ods, Document::ods},   Rebuilt{Type::odp, Document::odp},
    Rebuilt{Type::odg, Document::odg},   Rebuilt{Type::svg, Document::odg},   Rebuilt{Type::html, Document::html},
};

struct Clean {
    Bytes bytes;
    Type type = Type::unknown;
};

Result<Clean> rebuilt_document(Job& job) {
    const auto row = std::ranges::find(rows, job.type, &Row::type);
    if (row == rows.end()) return refuse(Reason::level_unsupported);
    MemorySink modern(job.context.limits().bytes_in_memory);
    // A document inside of this one stays what it is until the whole is laid out.
    const Context::Step step(job.context, Level::rebuild, true);
    Job first{job.in, modern, job.type, job.context, job.name};
    const Type type = TRY(row->rebuild(first));
    return Clean{modern.take(), type};
}

// What the suite is given instead of a document that says nothing of paper; empty for others.
Result<Bytes> on_paper_of_ours(const Clean& clean, std::uint64_t most) {
    if (clean.type == Type::svg) return sheet_around(clean.bytes, most);
    return clean.type == Type::html ? on_paper(clean.bytes) : Bytes();
}

Result<Bytes> laid_out(Job& job, const Clean& clean) {
    const auto kind = std::ranges::find(rebuilt, clean.type, &Rebuilt::type);
    if (kind == rebuilt.end()) return refuse(Reason::level_unsupported);
    const std::uint64_t most = job.context.limits().bytes_in_memory;
    MemorySink pages(most);
    Conversion conversion{kind->document, Document::pdf};
    conversion.now = last_saved(job).value_or(conversion.now);
    const Bytes sheet = TRY(on_paper_of_ours(clean, most));
    TRY(job.context.convert(MemorySource(sheet.empty() ? clean.bytes : sheet), pages, conversion));
    return pages.take();
}

// A page is its characters where there is no suite, and where the suite makes nothing of it. A suite that cannot be
// asked now is asked again later.
bool leaves_characters(const Clean& clean, const Error& error) {
    constexpr std::array reasons{Reason::convert_missing, Reason::convert_unreadable, Reason::convert_unsaved};
    return clean.type == Type::html && std::ranges::find(reasons, reason_of(error)) != reasons.end();
}

} // namespace

Result<Type> flatten(Job& job) {
    const Clean clean = TRY(rebuilt_document(job));
    const auto drawn = laid_out(job, clean);
    if (!drawn && !leaves_characters(clean, drawn.error())) return std::unexpected(drawn.error());
    const MemorySource source(drawn ? *drawn : clean.bytes);
    const Context::Step step(job.context, Level::flatten, false);
    Job last{source, job.out, drawn ? Type::pdf : Type::html, job.context, job.name};
    return drawn ? pdf::flatten(last) : pages::flatten(last);
}

} // namespace sekisho::layout
