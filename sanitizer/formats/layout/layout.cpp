#include "sanitizer/formats/layout/layout.h"

#include <algorithm>
#include <array>

#include "sanitizer/core/conversion.h"
#include "sanitizer/formats/document_date/document_date.h"
#include "sanitizer/formats/flat_opc/flat_opc.h"
#include "sanitizer/formats/layout/sheet.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/ooxml/ooxml.h"
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
    Row{Type::svg, svg::rebuild},
};

// What a rebuilt document is to the converter.
struct Rebuilt {
    Type type;
    Document document;
};
constexpr std::array rebuilt{
    Rebuilt{Type::docx, Document::docx}, Rebuilt{Type::xlsx, Document::xlsx}, Rebuilt{Type::pptx, Document::pptx},
    Rebuilt{Type::odt, Document::odt},   Rebuilt{Type::ods, Document::ods},   Rebuilt{Type::odp, Document::odp},
    Rebuilt{Type::odg, Document::odg},   Rebuilt{Type::svg, Document::odg},
};

Result<Bytes> laid_out(Job& job) {
    const auto row = std::ranges::find(rows, job.type, &Row::type);
    if (row == rows.end()) return refuse(Reason::level_unsupported);
    const std::uint64_t most = job.context.limits().bytes_in_memory;
    MemorySink modern(most);
    // A document inside of this one stays what it is until the whole is laid out.
    const Context::Step step(job.context, Level::rebuild, true);
    Job first{job.in, modern, job.type, job.context, job.name};
    const Type type = TRY(row->rebuild(first));
    const auto kind = std::ranges::find(rebuilt, type, &Rebuilt::type);
    if (kind == rebuilt.end()) return refuse(Reason::level_unsupported);
    Bytes bytes = modern.take();
    if (type == Type::svg) bytes = TRY(sheet_around(bytes, most));
    MemorySink pages(most);
    Conversion conversion{kind->document, Document::pdf};
    conversion.now = last_saved(job).value_or(conversion.now);
    TRY(job.context.convert(MemorySource(bytes), pages, conversion));
    return pages.take();
}

} // namespace

Result<Type> flatten(Job& job) {
    const Bytes pages = TRY(laid_out(job));
    const MemorySource source(pages);
    const Context::Step step(job.context, Level::flatten, false);
    Job last{source, job.out, Type::pdf, job.context, job.name};
    return pdf::flatten(last);
}

} // namespace sekisho::layout
