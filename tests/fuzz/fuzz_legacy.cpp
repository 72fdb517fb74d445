// As each of the kinds. Conversion is not a part of it: the suite runs elsewhere.
#include "sanitizer/formats/legacy/look.h"

namespace {

sekisho::Result<sekisho::Type> refuse_nested(const sekisho::Source&, sekisho::Sink&, std::string_view,
                                             sekisho::Context&) {
    return sekisho::refuse(sekisho::Reason::type_unsupported);
}

void look_as(sekisho::Type type, sekisho::View input) {
    using namespace sekisho;
    Budget budget{Limits{}};
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    MemorySink out(1 << 20);
    const MemorySource source(input);
    Job job{source, out, type, context};
    (void)legacy::look(job);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const View input{data, size};
    for (const Type type : {Type::rtf, Type::doc, Type::xls, Type::ppt, Type::xlsb, Type::word_xml, Type::excel_xml})
        look_as(type, input);
    // Records without the compound file around them, which a fuzzer does not easily make.
    Budget budget{Limits{}};
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    (void)legacy::look_at_workbook(context, input);
    (void)legacy::look_at_slides(context, input);
    legacy::look_at_fields(context, input);
    return 0;
}
