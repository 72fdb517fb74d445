// The send form without script. A form does not say how large its files are, and the ledger wants to know before it
// takes one: a file is kept in memory until its part ends, so it may have at most 64 MiB this way. Script uses tus.
#include <algorithm>
#include <new>

#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/forms/multipart.h"
#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

constexpr std::uint64_t largest_file = 64ULL << 20;
constexpr std::size_t largest_field = 4096;
constexpr std::size_t piece_size = 1 << 20;

// A file in pieces: it grows without being copied.
class Kept final : public Body {
public:
    Result<> take(Multipart& from, std::uint64_t limit) {
        for (;;) {
            if (m_pieces.empty() || m_pieces.back().size() == piece_size) add_piece();
            Bytes& piece = m_pieces.back();
            const std::size_t old = piece.size();
            piece.resize(std::min(piece_size, old + 64 * 1024));
            const auto count = from.read(std::span(piece).subspan(old));
            piece.resize(old + count.value_or(0));
            if (!count) return std::unexpected(count.error());
            if (*count == 0) return {};
            m_size += *count;
            if (m_size > limit) return reject("upload.form-too-large", "The file is too large for a form");
        }
    }
    std::uint64_t size() const { return m_size; }
    Result<std::size_t> read(std::span<std::uint8_t> into) override {
        if (m_piece == m_pieces.size()) return 0;
        const View left = View(m_pieces[m_piece]).subspan(m_read);
        const std::size_t count = std::min(left.size(), into.size());
        std::ranges::copy(left.first(count), into.begin());
        m_read += count;
        if (count == left.size()) {
            m_pieces[m_piece++] = {};
            m_read = 0;
        }
        return count;
    }

private:
    void add_piece() {
        m_pieces.emplace_back();
        m_pieces.back().reserve(piece_size);
    }
    std::vector<Bytes> m_pieces;
    std::uint64_t m_size = 0;
    std::size_t m_piece = 0;
    std::size_t m_read = 0;
};

struct Form {
    std::map<std::string, std::string, std::less<>> fields;
    std::vector<Problem> problems;
    int status = 0; // of the first problem
    std::size_t sent = 0;

    void add(const Visit& visit, const Error& error, std::string where) {
        if (problems.empty()) status = status_of(error);
        problems.push_back(problem_of(error, visit.japanese));
        problems.back().where = std::move(where);
    }
};

Result<> send_file(Visit& visit, Form& form, const std::string& name, Multipart& content) {
    Kept kept;
    TRY(kept.take(content, std::min(largest_file, visit.options.largest_upload)));
    ledger::CreateUpload question;
    question.sender = visit.person();
    question.name = name;
    question.size = kept.size();
    question.zone_to = form.fields["zone_to"];
    question.recipient = form.fields["recipient"];
    question.comment = form.fields["comment"];
    question.passwords = TRY(passwords_of(form.fields["passwords"]));
    if (question.name.size() > 1024 || question.zone_to.size() > 32 || question.recipient.size() > 64 ||
        question.comment.size() > 2000)
        return reject("upload.metadata", "A field of the form is too long");
    const auto created = TRY(visit.ledger.call<ledger::UploadState>(question));
    const auto state = TRY(send_body(visit, {visit.person(), created.id, 0, ledger::Checksum::none, {}}, kept));
    if (!state.complete) return fail("upload.incomplete", "The ledger did not take the whole file");
    return {};
}

// What breaks the form breaks off; what is wrong with one file does not keep the others.
Result<> take_part(Visit& visit, Form& form, const Multipart::Part& part, Multipart& parts) {
    if (!part.file_name) {
        form.fields[part.name] = TRY(parts.text(largest_field));
        return {};
    }
    TRY(check_csrf(visit, form.fields["csrf"])); // before anything is kept: fields come before files
    if (part.file_name->empty()) return {};
    const auto sent = send_file(visit, form, *part.file_name, parts);
    if (sent)
        ++form.sent;
    else if (sent.error().code.starts_with("http."))
        return sent;
    else
        form.add(visit, sent.error(), *part.file_name);
    return {};
}

Result<> take_parts(Visit& visit, Form& form) {
    Multipart parts = TRY(Multipart::of(visit.request.header("content-type"), *visit.request.body));
    for (;;) {
        const auto part = TRY(parts.next());
        if (!part) break;
        TRY(take_part(visit, form, *part, parts));
    }
    return check_csrf(visit, form.fields["csrf"]);
}

Result<> take_form(Visit& visit, Form& form) {
    try {
        return take_parts(visit, form);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    }
}

} // namespace

Result<Response> post_send(Visit& visit) {
    Form form;
    const auto taken = take_form(visit, form);
    if (!taken) {
        drain(*visit.request.body);
        return std::unexpected(taken.error());
    }
    if (form.sent == 0 && form.problems.empty())
        form.add(visit, reject("upload.no-file", "No file was chosen").error(), {});
    form.fields.erase("passwords"); // never into a page
    if (form.problems.empty()) return see_other("/?done=sent");
    Context context = context_of(visit);
    if (form.sent > 0) context.notice = Text::done_sent;
    context.problems = std::move(form.problems);
    context.typed = std::move(form.fields);
    return send_page_with(visit, std::move(context), form.status);
}

} // namespace sekisho::portal
