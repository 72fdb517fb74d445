#include "sanitizer/formats/jww/jww.h"

#include <new>

#include "sanitizer/formats/jww/rewriter.h"

namespace sekisho::jww {

namespace {

Result<Type> run(Job& job) {
    Context& context = job.context;
    if (job.in.size() > context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    const Bytes drawing = TRY(Rewriter(TRY(job.in.whole(context.limits().bytes_in)), context).run());
    TRY(context.budget().take_unpacked(drawing.size()));
    TRY(job.out.write(drawing));
    return Type::jww;
}

} // namespace

Result<Type> rebuild(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::jww
