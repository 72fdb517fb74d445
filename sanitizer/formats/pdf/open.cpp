#include "sanitizer/formats/pdf/open.h"

#include <array>

#include <qpdf/QPDFExc.hh>

#include "sanitizer/password/forms.h"

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

// Nothing: not this password.
std::unique_ptr<QPDF> open_with(View file, const std::string& password) {
    auto document = std::make_unique<QPDF>();
    document->setSuppressWarnings(true);
    document->setAttemptRecovery(true);
    try {
        document->processMemoryFile("pdf", as_chars(file.data()), file.size(), password.c_str());
        return document;
    } catch (const QPDFExc& problem) {
        if (problem.getErrorCode() != qpdf_e_password) throw;
        return nullptr;
    }
}

// The empty password first: it opens what is only restricted by its owner.
Result<std::unique_ptr<QPDF>> open_with_passwords(View file, Context& context, Finding& how) {
    how = Finding::pdf_owner_password;
    if (auto document = open_with(file, {})) return document;
    how = Finding::pdf_encrypted;
    // Revision 6 takes UTF-8 after SASLprep, older ones take bytes (ISO 32000-2, 7.6.4.3); writers do as they please.
    static constexpr auto forms =
        std::to_array({PasswordForm::given, PasswordForm::sasl, PasswordForm::latin, PasswordForm::cp932,
                       PasswordForm::composed, PasswordForm::decomposed, PasswordForm::sasl_old});
    for (const std::string& password : password_bytes(context.passwords(), forms)) {
        TRY(context.budget().check_time());
        if (auto document = open_with(file, password)) return document;
    }
    return refuse(Reason::input_encrypted);
}

Result<> check_encryption(QPDF& document, Finding how, Context& context) {
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
    context.found(how, how == Finding::pdf_encrypted ? Action::rewritten : Action::removed);
    return {};
}

} // namespace

Result<std::unique_ptr<QPDF>> open(View file, Context& context) {
    Finding how{};
    auto document = TRY(open_with_passwords(file, context, how));
    TRY(check_encryption(*document, how, context));
    look_at_bytes(file, context);
    TRY(check_readings(*document, file, context.budget()));
    return document;
}

} // namespace sekisho::pdf
