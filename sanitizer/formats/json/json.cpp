#include "sanitizer/formats/json/json.h"

#include <new>

#include "sanitizer/formats/json/rewriter.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::json {

namespace {

Result<Type> rewrite(Job& job) {
    text::Whole whole = TRY(text::read_whole(job.in, {}, job.context.budget()));
    // A control character or an override outside of strings is no JSON; within, it is removed like an escaped one.
    const std::string input = std::move(whole.text);
    Rewriter rewriter(input, job.out, job.context.budget(), whole);
    TRY(rewriter.run());
    text::note(job.context, whole);
    return Type::json;
}

} // namespace

Result<Type> rebuild(Job& job) try { return rewrite(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::json
