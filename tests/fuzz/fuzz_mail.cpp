// As mail, Outlook message, Outlook package and mailbox. Attachments that look like text pass as text.
#include "sanitizer/formats/mail/mail.h"
#include "sanitizer/formats/text/text.h"
#include "sanitizer/verify/mail/mail.h"
#include "sanitizer/verify/text/text.h"
#include "tests/fuzz/again.h"

namespace {

using namespace sekisho;

Result<Type> as_plain(const Source& in, Sink& out, std::string_view, Context& context) {
    if (in.size() == 0) return refuse(Reason::type_empty);
    Job job{in, out, Type::text, context};
    return text::plain(job);
}

Result<> check_part(Type type, const Source& source, const Limits& limits) {
    return type == Type::text ? verify::text(source, limits) : refuse(Reason::verify_unavailable);
}

Result<> check(Type, const Source& source, const Limits& limits) {
    return verify::mail(source, limits, check_part);
}

Result<Type> by_type(Job& job) {
    return job.type == Type::mail ? mail::rebuild(job) : job.type == Type::msg ? mail::outlook(job) : mail::tnef(job);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input{data, size};
    for (const Type type : {Type::mail, Type::msg, Type::tnef}) fuzz::again(input, type, by_type, check, as_plain);
    MemorySink mails(64ULL << 20), text(64ULL << 20);
    fuzz::run(input, Type::mbox, mail::mbox, as_plain, mails);
    fuzz::run(input, Type::mail, mail::text, as_plain, text);
    return 0;
}
