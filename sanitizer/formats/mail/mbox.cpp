// Mailboxes (RFC 4155, as mbox files really are): mails one behind the other, each behind a line "From ".
#include <new>

#include <fmt/format.h>

#include "sanitizer/formats/archive/note.h"
#include "sanitizer/formats/mail/mail.h"
#include "sanitizer/formats/mail/message.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::mail {

namespace {

bool is_separator(std::string_view text, std::size_t at) {
    if (!text.substr(at).starts_with("From ")) return false;
    // Behind an empty line; "From " within a text has no year at its end.
    if (at > 0 && !(text[at - 1] == '\n' && (at == 1 || text[at - 2] == '\n' || text.substr(at - 2, 2) == "\r\n")))
        return false;
    if (at >= 3 && text[at - 2] == '\r' && text[at - 3] != '\n') return false;
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    return line.find(':') != line.npos && line.size() < 256;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::size_t> starts;
    for (std::size_t at = 0; at < text.size();) {
        if (is_separator(text, at)) starts.push_back(at);
        at = text.find("\nFrom ", at);
        if (at == text.npos) break;
        ++at;
    }
    std::vector<std::string> mails;
    for (std::size_t i = 0; i < starts.size(); ++i) {
        std::string_view mail =
            text.substr(starts[i], (i + 1 < starts.size() ? starts[i + 1] : text.size()) - starts[i]);
        mail.remove_prefix(std::min(mail.find('\n'), mail.size() - 1) + 1);
        // ">From " at the start of a line was quoted for the mailbox's sake.
        std::string made;
        for (std::size_t at = 0; at < mail.size();) {
            const std::size_t end = std::min(mail.find('\n', at), mail.size() - 1) + 1;
            std::string_view line = mail.substr(at, end - at);
            if (line.starts_with(">From ")) line.remove_prefix(1);
            made += line;
            at = end;
        }
        mails.push_back(std::move(made));
    }
    return mails;
}

Result<> add(ZipWriter& zip, const std::string& mail, std::uint32_t number, Context& context) {
    const auto entered = context.enter(Place::member, number);
    TRY(context.budget().take_members());
    const std::string name = fmt::format("{:05}.eml", number);
    auto message = collect(mail, context);
    auto composed = message ? compose(*message, context) : std::unexpected(message.error());
    if (composed) return zip.add(name, as_view(*composed));
    if (composed.error().code.starts_with("limit.") || composed.error().kind == ErrorKind::fail)
        return std::unexpected(composed.error());
    context.found(Finding::zip_member_refused, Action::replaced);
    return zip.add(name + ".blocked.txt", as_view(archive::refusal_note(name, composed.error())));
}

Result<Type> split_up(Job& job) {
    if (job.in.size() > job.context.limits().bytes_in_memory / 2) return refuse(Reason::limit_memory);
    const std::vector<std::string> mails = split(as_text(TRY(job.in.whole(job.in.size()))));
    if (mails.empty()) return refuse(Reason::input_damaged);
    if (mails.size() == 1) {
        const MemorySource one(as_view(mails.front()));
        Job inner{one, job.out, Type::mail, job.context};
        return rebuild(inner);
    }
    job.context.found(Finding::mail_archive, Action::converted);
    ZipWriter zip(job.out);
    std::uint32_t number = 0;
    for (const std::string& mail : mails) TRY(add(zip, mail, ++number, job.context));
    TRY(zip.finish());
    return Type::zip;
}

} // namespace

Result<Type> mbox(Job& job) try { return split_up(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::mail
