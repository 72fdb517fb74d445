#include "sanitizer/worker/verify.h"

#include "sanitizer/verify/verify.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

Result<> check(const Frame& frame) {
    const Verify question = TRY(decode<Verify>(frame.payload));
    if (frame.descriptors.size() != 1) return refuse(Reason::internal);
    const FileSource output = TRY(FileSource::of(TRY(frame.descriptors[0].duplicate())));
    return verify::file(question.file_type, output, question.limits.limits, question.options.options);
}

Bytes ended(Verdict verdict, Reason reason) {
    Verified answer;
    answer.verdict = verdict;
    answer.reason = reason;
    return encode(answer);
}

Bytes work(const Frame& frame, const Workplace&) {
    auto checked = check(frame);
    if (checked) return ended(Verdict::delivered, Reason::none);
    const Reason reason = reason_of(checked.error());
    return ended(row_of(reason).kind == ErrorKind::reject ? Verdict::refused : Verdict::failed, reason);
}

} // namespace

const Kind verify_kind{verify_protocol, nullptr, work, ended};

} // namespace sekisho::worker
