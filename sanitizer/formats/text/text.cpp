#include "sanitizer/formats/text/text.h"

#include <algorithm>
#include <new>

#include "sanitizer/formats/text/chunks.h"
#include "sanitizer/formats/text/clean.h"
#include "sanitizer/formats/text/decode.h"
#include "sanitizer/formats/text/formula.h"

namespace sekisho::text {

namespace {

// A count beyond this says nothing more to a reader of the report.
constexpr std::uint64_t most_counted = 100'000;

void note(Context& context, Finding finding, Action action, std::uint64_t count) {
    for (std::uint64_t i = 0; i < std::min(count, most_counted); ++i) context.found(finding, action);
}

void note_cleaned(Context& context, const Cleaner& cleaner, Charset charset) {
    note(context, Finding::text_control, Action::removed, cleaner.controls());
    note(context, Finding::text_bidi, Action::removed, cleaner.bidi());
    note(context, Finding::text_zero_width, Action::kept, cleaner.zero_width());
    if (charset != Charset::ascii && charset != Charset::utf8) context.found(Finding::text_charset, Action::converted);
}

// Hands cleaned text to `write(std::string& text, bool last)`, which takes out of `text` what it has used.
template <typename Write> Result<> for_clean_text(Job& job, const Detected& detected, Write write) {
    Decoder decoder(detected.charset);
    Cleaner cleaner;
    Context& context = job.context;
    TRY(for_chunks(job.in, detected.mark, context.budget(),
                   [&](View chunk, bool last) -> Result<std::optional<std::size_t>> {
                       const auto used = decoder.decode(chunk, last, cleaner);
                       if (!used) return refuse(Reason::text_charset);
                       TRY(write(cleaner.text(), last));
                       return used;
                   }));
    note_cleaned(context, cleaner, detected.charset);
    return {};
}

Result<> put(Job& job, std::string_view text) {
    TRY(job.context.budget().take_unpacked(text.size()));
    return job.out.write(text);
}

Result<Type> write_plain(Job& job) {
    const Detected detected = TRY(detect_charset(job.in, job.context.budget()));
    TRY(for_clean_text(job, detected, [&](std::string& text, bool) -> Result<> {
        TRY(put(job, text));
        text.clear();
        return {};
    }));
    return Type::text;
}

Result<Type> write_csv(Job& job) {
    const Detected detected = TRY(detect_charset(job.in, job.context.budget()));
    if (detected.charset != Charset::ascii) TRY(put(job, "\xEF\xBB\xBF"));
    Defuser defuser;
    std::string safe;
    TRY(for_clean_text(job, detected, [&](std::string& text, bool last) -> Result<> {
        text.erase(0, defuser.feed(text, last, safe));
        TRY(put(job, safe));
        safe.clear();
        return {};
    }));
    note(job.context, Finding::csv_formula, Action::rewritten, defuser.defused());
    return job.type == Type::tsv ? Type::tsv : Type::csv;
}

Result<Type> guarded(Job& job, Result<Type> (*write)(Job&)) {
    try {
        return write(job);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    }
}

} // namespace

Result<Type> plain(Job& job) {
    return guarded(job, write_plain);
}

Result<Type> csv(Job& job) {
    return guarded(job, write_csv);
}

} // namespace sekisho::text
