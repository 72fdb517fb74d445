#include "sanitizer/formats/pdf/pdf.h"

#include <new>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>

#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/open.h"

namespace sekisho::pdf {

namespace {

Result<Type> rebuild_unguarded(Job& job) {
    const View view = TRY(job.in.whole(job.context.limits().bytes_in));
    const auto document = TRY(open(view, job.context));
    Walk walk(*document, job.context, job.out);
    TRY(Document(walk).write());
    if (document->anyWarnings()) job.context.found(Finding::pdf_repaired, Action::rewritten);
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
