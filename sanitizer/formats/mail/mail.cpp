#include "sanitizer/formats/mail/mail.h"

#include <algorithm>
#include <new>

#include <fmt/format.h>

#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/mail/message.h"
#include "sanitizer/formats/mail/outlook.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::mail {

namespace {

// Decoded parts and what is written lie beside the file.
Result<View> whole_file(Job& job) {
    if (job.in.size() > job.context.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    return job.in.whole(job.in.size());
}

Result<Type> write(Job& job, const Message& message) {
    const Header& header = message.header;
    const bool headless = header.from.empty() && header.to.empty() && header.subject.empty() && header.date.empty();
    if (headless && message.attachments.empty() && job.type == Type::mail) return refuse(Reason::mail_empty);
    if (!message.has_text && !message.has_page && message.attachments.empty() && header.subject.empty())
        return refuse(Reason::mail_empty);
    const std::string mail = TRY(compose(message, job.context));
    TRY(job.context.budget().take_unpacked(mail.size()));
    TRY(job.out.write(std::string_view(mail)));
    return Type::mail;
}

Result<Message> read(Job& job) {
    if (job.type == Type::msg) return read_outlook(job.in, job.context);
    const View file = TRY(whole_file(job));
    if (job.type != Type::tnef) {
        // Line ends of an old Macintosh.
        if (as_text(file).find('\n') != std::string_view::npos) return collect(as_text(file), job.context);
        std::string lines(as_text(file));
        std::ranges::replace(lines, '\r', '\n');
        return collect(lines, job.context);
    }
    Message message;
    if (!TRY(expand_tnef(file, message, job.context, 0))) return refuse(Reason::input_damaged);
    return message;
}

std::string line(std::string_view name, const std::vector<Mailbox>& mailboxes) {
    std::string out;
    for (const Mailbox& mailbox : mailboxes)
        out += fmt::format("{}{} <{}>", out.empty() ? "" : ", ", mailbox.display, mailbox.address);
    return out.empty() ? out : fmt::format("{}: {}\n", name, out);
}

Result<Type> write_text(Job& job) {
    const Message message = TRY(read(job));
    const Header& header = message.header;
    std::string out = line("From", header.from) + line("To", header.to) + line("Cc", header.cc);
    if (!header.date.empty()) out += "Date: " + header.date + "\n";
    if (!header.subject.empty()) out += "Subject: " + header.subject + "\n";
    out += "\n" + (message.has_text ? message.text : TRY(html::to_text(message.page, job.context)));
    if (!message.attachments.empty()) job.context.found(Finding::mail_attachment_refused, Action::removed);
    text::Whole counts;
    text::clean_again(out, counts);
    TRY(job.context.budget().take_unpacked(out.size()));
    TRY(job.out.write(std::string_view(out)));
    return Type::text;
}

Result<Type> write_mail(Job& job) {
    return write(job, TRY(read(job)));
}

// "report.docx.p7m" holds a "report.docx"; what a mail program wrote holds a part of a mail.
Result<Type> write_signed(Job& job) {
    const auto content = signed_content(TRY(whole_file(job)));
    if (!content) return refuse(Reason::input_encrypted);
    if (content->empty()) return refuse(Reason::type_empty);
    job.context.found(Finding::mail_signature, Action::removed);
    const std::string_view name = job.name;
    return job.context.sanitize_nested(MemorySource(*content), job.out, name.substr(0, name.rfind('.')));
}

Result<Type> guarded(Job& job, Result<Type> (*body)(Job&)) {
    try {
        return body(job);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    }
}

} // namespace

Result<Type> rebuild(Job& job) {
    return guarded(job, write_mail);
}
Result<Type> outlook(Job& job) {
    return guarded(job, write_mail);
}
Result<Type> tnef(Job& job) {
    return guarded(job, write_mail);
}
Result<Type> signed_file(Job& job) {
    return guarded(job, write_signed);
}
Result<Type> text(Job& job) {
    return guarded(job, write_text);
}

} // namespace sekisho::mail
