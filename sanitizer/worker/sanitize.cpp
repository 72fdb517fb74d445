#include "sanitizer/worker/sanitize.h"

#include "sanitizer/formats/formats.h"
#include "sanitizer/worker/converting.h"
#include "sanitizer/worker/fonts.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

void set_refusal(Sanitized& answer, const Error& error) {
    answer.reason = reason_of(error);
    answer.verdict = row_of(answer.reason).kind == ErrorKind::reject ? Verdict::refused : Verdict::failed;
}

// The broker says how the input was joined; sizes that do not add up to it are a defect of the broker.
Result<std::vector<std::uint64_t>> parts_of(const Sanitize& question, std::uint64_t size) {
    std::vector<std::uint64_t> parts;
    std::uint64_t left = size;
    for (const WirePart& part : question.parts) {
        if (part.size == 0 || part.size > left) return refuse(Reason::internal);
        left -= part.size;
        parts.push_back(part.size);
    }
    if (!parts.empty() && left != 0) return refuse(Reason::internal);
    return parts;
}

Result<> sanitize(const Sanitize& question, const Frame& frame, const Workplace& place, Report& report,
                  Sanitized& answer) {
    FileSource input = TRY(FileSource::of(TRY(frame.descriptors[0].duplicate())));
    const Limits& limits = question.limits.limits;
    if (input.size() > limits.bytes_in) return refuse(Reason::limit_bytes);
    Budget budget(limits);
    Context context(question.level, budget, report, sanitize_file);
    context.give(question.passwords, TRY(parts_of(question, input.size())));
    context.choose(question.options.options);
    ZygoteConverter converter(place.channel, budget);
    context.use(converter);
    FileSink output(frame.descriptors[1], limits.bytes_out);
    answer.type_in = TRY(detect(input, question.name, budget));
    answer.type_out = TRY(sanitize_as(answer.type_in, input, output, context, question.name));
    return output.finish();
}

Bytes work(const Frame& frame, const Workplace& place) {
    Sanitized answer;
    Report report;
    const auto question = decode<Sanitize>(frame.payload);
    if (!question || frame.descriptors.size() != 2) return encode(answer);
    if (auto done = sanitize(*question, frame, place, report, answer)) {
        answer.verdict = Verdict::delivered;
        answer.reason = Reason::none;
    } else {
        set_refusal(answer, done.error());
    }
    answer.omitted = report.omitted();
    answer.archive_depth = report.archive_depth();
    answer.archive_members = report.archive_members();
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

const Kind sanitize_kind{
    .protocol = sanitize_protocol,
    .warm_up = warm_up,
    .work = work,
    .ended = ended,
    .readable = font_folders,
    .may_convert = true,
};

} // namespace sekisho::worker
