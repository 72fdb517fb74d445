#include "sanitizer/formats/pdf/pdf.h"

#include <new>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>

#include "sanitizer/formats/pdf/document.h"

namespace sekisho::pdf {

namespace {

constexpr std::string_view magic = "%PDF-";

// A cheap look at the bytes themselves; nothing of what it sees decides anything.
void look_at_bytes(View view, Context& context) {
    const std::string_view text = as_text(view);
    const std::size_t start = text.substr(0, 4096).find(magic);
    if (start != 0) context.found(Finding::pdf_bytes_outside, Action::removed);
    const std::size_t end = text.rfind("%%EOF");
    if (end != std::string_view::npos && text.find_first_not_of("\r\n \t\0", end + 5) != std::string_view::npos)
        context.found(Finding::pdf_bytes_outside, Action::removed);
    // A linearised file has two, the first of which is 0 (ISO 32000-1, annex F).
    std::size_t revisions = 0;
    for (std::size_t at = text.find("startxref"); at != std::string_view::npos; at = text.find("startxref", at + 9)) {
        const std::size_t number = text.find_first_not_of("\r\n \t", at + 9);
        if (number != std::string_view::npos && text[number] != '0') ++revisions;
    }
    if (revisions > 1 && text.substr(0, 1024).find("/Linearized") == std::string_view::npos)
        context.found(Finding::pdf_incremental_update, Action::removed);
}

Result<> check_encryption(QPDF& document, Context& context) {
    int revision = 0;
    int permissions = 0;
    int version = 0;
    QPDF::encryption_method_e streams{};
    QPDF::encryption_method_e strings{};
    QPDF::encryption_method_e files{};
    if (!document.isEncrypted(revision, permissions, version, streams, strings, files)) return {};
    // Parts in plain beside encrypted ones can carry the secret parts away (eFail).
    const bool has_methods = version >= 4; // before that there is one for everything
    if (has_methods && (streams == QPDF::e_none || strings == QPDF::e_none))
        return refuse(Reason::pdf_partly_encrypted);
    context.found(Finding::pdf_owner_password, Action::removed);
    return {};
}

Result<Type> rebuild_unguarded(Job& job) {
    const View view = TRY(job.in.whole(job.context.limits().bytes_in));
    QPDF document;
    document.setSuppressWarnings(true);
    document.setAttemptRecovery(true);
    document.processMemoryFile("pdf", as_chars(view.data()), view.size(), "");
    TRY(check_encryption(document, job.context));
    look_at_bytes(view, job.context);
    Walk walk(document, job.context, job.out);
    TRY(Document(walk).write());
    if (document.anyWarnings()) job.context.found(Finding::pdf_repaired, Action::rewritten);
    return Type::pdf;
}

} // namespace

Result<Type> rebuild(Job& job) {
    try {
        return rebuild_unguarded(job);
    } catch (const QPDFExc& problem) {
        return refuse(problem.getErrorCode() == qpdf_e_password ? Reason::input_encrypted : Reason::input_damaged);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    } catch (const std::length_error&) {
        return refuse(Reason::limit_memory);
    } catch (const std::exception&) {
        return refuse(Reason::input_damaged);
    }
}

} // namespace sekisho::pdf
