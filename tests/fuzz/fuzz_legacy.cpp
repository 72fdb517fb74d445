// The first byte chooses the kind. Conversion is not a part of it: the suite runs elsewhere.
#include <array>

#include "sanitizer/formats/legacy/look.h"

namespace {

sekisho::Result<sekisho::Type> refuse_nested(const sekisho::Source&, sekisho::Sink&, std::string_view,
                                             sekisho::Context&) {
    return sekisho::refuse(sekisho::Reason::type_unsupported);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    constexpr std::array types{Type::rtf, Type::doc, Type::xls, Type::ppt, Type::xlsb, Type::word_xml, Type::excel_xml};
    if (size == 0) return 0;
    Budget budget{Limits{}};
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    MemorySink out(1 << 20);
    const MemorySource source(View{data + 1, size - 1});
    Job job{source, out, types[data[0] % types.size()], context};
    (void)legacy::look(job);
    // Records without the compound file around them, which a fuzzer does not easily make.
    (void)legacy::look_at_workbook(context, View{data, size});
    (void)legacy::look_at_slides(context, View{data, size});
    legacy::look_at_fields(context, View{data, size});
    return 0;
}
