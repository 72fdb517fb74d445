#include "sanitizer/formats/dxf/dxf.h"

#include <new>

#include "sanitizer/formats/dxf/rewriter.h"
#include "sanitizer/formats/dxf/words.h"

namespace sekisho::dxf {

namespace {

Result<Type> run(Job& job) {
    TRY(rewrite(job));
    return Type::dxf;
}

// Of the drawing as it would be delivered, so that refusals are those of the rebuild.
Result<Type> write_words(Job& job) {
    MemorySink drawing(job.context.limits().bytes_in_memory);
    Job first{job.in, drawing, job.type, job.context, job.name};
    const cad::Coding coding = TRY(rewrite(first));
    cad::Words words;
    TRY(collect_words(drawing.bytes(), coding, job.context, words));
    return words.deliver(job);
}

} // namespace

Result<cad::Coding> rewrite(Job& job) {
    const View file = TRY(job.in.whole(job.context.limits().bytes_in));
    const Survey surveyed = TRY(survey(job.in, file, job.context));
    Reader reader = TRY(Reader::of(file));
    if (reader.binary()) job.context.found(Finding::dxf_binary, Action::converted);
    TRY(Rewriter(std::move(reader), job, surveyed).write());
    return surveyed.to;
}

Result<Type> rebuild(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> text(Job& job) try { return write_words(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::dxf
