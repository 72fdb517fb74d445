// The send form without script. A form does not say how large its files are, and the ledger wants to know before it
// takes one: a file is kept in memory until its part ends, so it may have at most 64 MiB this way. What may belong to a
// split archive is kept until the form ends, as long as that is at most 64 MiB together. Script uses tus.
#include <algorithm>
#include <new>

#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/forms/kept.h"
#include "gateway/portal/problem.h"
#include "sanitizer/name/name.h"
#include "sanitizer/name/part.h"

namespace sekisho::portal {

namespace {

constexpr std::uint64_t largest_file = 64ULL << 20;
constexpr std::size_t largest_field = 4096;

struct Form {
    std::map<std::string, std::string, std::less<>> fields;
    std::vector<Problem> problems;
    int status = 0; // of the first problem
    std::size_t sent = 0;
    // What may belong to a split archive.
    std::vector<std::string> waiting_names;
    std::vector<Kept> waiting;
    std::uint64_t waiting_bytes = 0;

    void add(const Visit& visit, const Error& error, std::string where) {
        if (problems.empty()) status = status_of(error);
        problems.push_back(problem_of(error, visit.japanese));
        problems.back().where = std::move(where);
    }
};

// `parts`: one file, or those of a split archive in their order.
Result<> send_content(Visit& visit, Form& form, const std::string& name, std::vector<Kept*> parts) {
    ledger::CreateUpload question;
    question.sender = visit.person();
    question.name = name;
    for (const Kept* part : parts) {
        question.size += part->size();
        if (parts.size() > 1) question.parts.push_back({part->size()});
    }
    question.zone_to = form.fields["zone_to"];
    question.recipient = form.fields["recipient"];
    question.comment = form.fields["comment"];
    question.passwords = TRY(passwords_of(form.fields["passwords"]));
    if (question.name.size() > 1024 || question.zone_to.size() > 32 || question.recipient.size() > 64 ||
        question.comment.size() > 2000)
        return reject("upload.metadata", "A field of the form is too long");
    const auto created = TRY(visit.ledger.call<ledger::UploadState>(question));
    Joined content(std::move(parts));
    const auto state = TRY(send_body(visit, {visit.person(), created.id, 0, ledger::Checksum::none, {}}, content));
    if (!state.complete) return fail("upload.incomplete", "The ledger did not take the whole file");
    return {};
}

// What is wrong with one file does not keep the others.
void send_or_tell(Visit& visit, Form& form, const std::string& name, std::vector<Kept*> parts) {
    const auto sent = send_content(visit, form, name, std::move(parts));
    if (sent)
        ++form.sent;
    else
        form.add(visit, sent.error(), name);
}

// The last part of one kind of set is called "a.zip", the first of another "a.rar".
bool may_be_part(const std::string& name) {
    const std::string key = name_key(name);
    return part_name(name) || key.ends_with(".zip") || key.ends_with(".rar");
}

Result<> take_file(Visit& visit, Form& form, const std::string& name, Multipart& content) {
    Kept kept;
    TRY(kept.take(content, std::min(largest_file, visit.options.largest_upload)));
    if (may_be_part(name) && kept.size() <= largest_file - form.waiting_bytes) {
        form.waiting_bytes += kept.size();
        form.waiting_names.push_back(name);
        form.waiting.push_back(std::move(kept));
        return {};
    }
    send_or_tell(visit, form, name, {&kept});
    return {};
}

void send_waiting(Visit& visit, Form& form) {
    std::vector<bool> sent(form.waiting.size());
    const auto is_archive = [&](std::size_t place) { return starts_like_archive(form.waiting[place].start()); };
    for (const PartSet& set : part_sets(form.waiting_names, worker::Sanitize::most_parts, is_archive)) {
        std::vector<Kept*> parts;
        for (const std::size_t place : set.parts) {
            parts.push_back(&form.waiting[place]);
            sent[place] = true;
        }
        send_or_tell(visit, form, set.whole, std::move(parts));
    }
    for (std::size_t i = 0; i < form.waiting.size(); ++i)
        if (!sent[i]) send_or_tell(visit, form, form.waiting_names[i], {&form.waiting[i]});
}

// What breaks the form breaks off; what is wrong with one file does not keep the others.
Result<> take_part(Visit& visit, Form& form, const Multipart::Part& part, Multipart& parts) {
    if (!part.file_name) {
        form.fields[part.name] = TRY(parts.text(largest_field));
        return {};
    }
    TRY(check_csrf(visit, form.fields["csrf"])); // before anything is kept: fields come before files
    if (part.file_name->empty()) return {};
    const auto taken = take_file(visit, form, *part.file_name, parts);
    if (!taken && taken.error().code.starts_with("http.")) return taken;
    if (!taken) form.add(visit, taken.error(), *part.file_name);
    return {};
}

Result<> take_parts(Visit& visit, Form& form) {
    Multipart parts = TRY(Multipart::of(visit.request.header("content-type"), *visit.request.body));
    for (;;) {
        const auto part = TRY(parts.next());
        if (!part) break;
        TRY(take_part(visit, form, *part, parts));
    }
    TRY(check_csrf(visit, form.fields["csrf"]));
    send_waiting(visit, form);
    return {};
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
