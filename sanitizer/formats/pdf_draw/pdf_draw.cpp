#include "sanitizer/formats/pdf_draw/pdf_draw.h"

#include <new>

#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/formats/pdf_draw/characters.h"
#include "sanitizer/formats/pdf_draw/draw.h"

namespace sekisho::pdf {

using namespace drawing;

namespace {

Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

// Poppler gets to see only what the rebuild wrote: no cycles, no rare codecs, no font byte-code, no repair.
Result<Bytes> rebuilt(const Source& in, Context& context) {
    MemorySink clean(context.limits().bytes_in_memory);
    Job job{in, clean, Type::pdf, context};
    TRY(rebuild(job));
    return clean.take();
}

Result<Type> flatten_checked(Job& job) {
    Bytes drawn;
    {
        const Bytes clean = TRY(rebuilt(job.in, job.context));
        const Document document = TRY(open_document(clean, job.context.limits()));
        drawn = TRY(draw_pages(document, job.context));
    }
    // What Cairo adds (its name, its idea of structure) is no finding about the file that was sent.
    Report of_drawing;
    Context inner(job.context.level(), job.context.budget(), of_drawing, refuse_nested);
    const MemorySource source(drawn);
    Job rest{source, job.out, Type::pdf, inner};
    return rebuild(rest);
}

Result<Type> text_checked(Job& job) {
    const Bytes clean = TRY(rebuilt(job.in, job.context));
    const Document document = TRY(open_document(clean, job.context.limits()));
    for (int index = 0; index < page_count(document); ++index) {
        TRY(job.context.budget().check_time());
        PageSize size;
        const Page page = TRY(open_page(document, index, size));
        const Characters raw(poppler_page_get_text(page.get()));
        std::string plain = index == 0 ? "" : "\n";
        if (raw) append_plain(plain, raw.get());
        if (!plain.ends_with('\n')) plain += '\n';
        TRY(job.context.budget().take_unpacked(plain.size()));
        TRY(job.out.write(std::string_view(plain)));
    }
    return Type::text;
}

// Exceptions of libraries end here.
Result<Type> guarded(Result<Type> (*work)(Job&), Job& job) {
    try {
        return work(job);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    } catch (...) {
        return refuse(Reason::input_damaged);
    }
}

} // namespace

Result<Type> flatten(Job& job) {
    return guarded(flatten_checked, job);
}

Result<Type> deliver_drawing(Job& job, View file) {
    const MemorySource source(file);
    const Context::Step step(job.context, Level::flatten, false);
    Job last{source, job.out, Type::pdf, job.context, job.name};
    return rebuild(last);
}

Result<Type> text(Job& job) {
    return guarded(text_checked, job);
}

} // namespace sekisho::pdf
