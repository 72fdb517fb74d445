#include "sanitizer/formats/jww/jww.h"

#include <new>

#include "sanitizer/formats/jww/rewriter.h"

namespace sekisho::jww {

namespace {

Result<Bytes> rewritten(Job& job, cad::Words* words) {
    Context& context = job.context;
    if (job.in.size() > context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    return Rewriter(TRY(job.in.whole(context.limits().bytes_in)), context, words).run();
}

Result<Type> run(Job& job) {
    const Bytes drawing = TRY(rewritten(job, nullptr));
    TRY(job.context.budget().take_unpacked(drawing.size()));
    TRY(job.out.write(drawing));
    return Type::jww;
}

} // namespace

Result<Type> rebuild(Job& job) try { return run(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<Type> text(Job& job) try {
    cad::Words words;
    TRY(rewritten(job, &words));
    return words.deliver(job);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::jww
