#include "sanitizer/worker/sanitize.h"

#include "sanitizer/formats/formats.h"
#include "sanitizer/worker/fonts.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

void set_refusal(Sanitized& answer, const Error& error) {
    answer.reason = reason_of(error);
    answer.verdict = row_of(answer.reason).kind == ErrorKind::reject ? Verdict::refused : Verdict::failed;
}

Result<> sanitize(const Sanitize& question, const Frame& frame, Report& report, Sanitized& answer) {
    FileSource input = TRY(FileSource::of(TRY(frame.descriptors[0].duplicate())));
    const Limits& limits = question.limits.limits;
    if (input.size() > limits.bytes_in) return refuse(Reason::limit_bytes);
    Budget budget(limits);
    Context context(question.level, budget, report, sanitize_file);
    FileSink output(frame.descriptors[1], limits.bytes_out);
    answer.type_in = TRY(detect(input, question.name, budget));
    answer.type_out = TRY(sanitize_as(answer.type_in, input, output, context));
    return output.finish();
}

Bytes work(const Frame& frame) {
    Sanitized answer;
    Report report;
    const auto question = decode<Sanitize>(frame.payload);
    if (!question || frame.descriptors.size() != 2) return encode(answer);
    if (auto done = sanitize(*question, frame, report, answer)) {
        answer.verdict = Verdict::delivered;
        answer.reason = Reason::none;
    } else {
        set_refusal(answer, done.error());
    }
    answer.omitted = report.omitted();
    for (const Entry& entry : report.entries()) answer.entries.push_back({entry});
    return encode(answer);
}

Bytes ended(Verdict verdict, Reason reason) {
    Sanitized answer;
    answer.verdict = verdict;
    answer.reason = reason;
    return encode(answer);
}

} // namespace

const Kind sanitize_kind{sanitize_protocol, warm_up, work, ended, font_folders};

} // namespace sekisho::worker
