#include "sanitizer/formats/dxf/dxf.h"

#include <new>

#include "sanitizer/formats/dxf/rewriter.h"

namespace sekisho::dxf {

namespace {

Result<Type> run(Job& job) {
    const View file = TRY(job.in.whole(job.context.limits().bytes_in));
    const Survey surveyed = TRY(survey(job.in, file, job.context));
    Reader reader = TRY(Reader::of(file));
    if (reader.binary()) job.context.found(Finding::dxf_binary, Action::converted);
    TRY(Rewriter(std::move(reader), job, surveyed).write());
    return Type::dxf;
}

} // namespace

Result<Type> rebuild(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::dxf
