#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "sanitizer/formats/archive/names.h"
#include "sanitizer/formats/archive/note.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/mail/message.h"
#include "sanitizer/formats/mail/words.h"
#include "sanitizer/name/name.h"

namespace sekisho::mail {

namespace {

constexpr std::string_view line_end = "\r\n";

// A part that is ready to be written.
struct Ready {
    std::string name;
    std::string media;
    Bytes content = {};    // of a file
    std::string mail = {}; // of a mail within
    bool picture = false;
    std::size_t shown = 0; // the page shows it as the picture of this number
};

bool says_verdict_of_all(const Error& error) {
    return error.code.starts_with("limit.") || error.kind == ErrorKind::fail;
}

std::string content_id(std::size_t number) {
    return fmt::format("image{}@sekisho.invalid", number);
}

// RFC 2231 in pieces that fit a line, or a quoted string.
std::string name_parameter(std::string_view name) {
    constexpr std::size_t piece = 54;
    if (is_plain_ascii(name) && name.size() <= piece && name.find_first_of("\"\\%'*") == name.npos)
        return fmt::format(";\r\n filename=\"{}\"", name);
    std::string encoded = "UTF-8''", out;
    std::size_t number = 0;
    const auto flush = [&] {
        out += fmt::format(";\r\n filename*{}*={}", number++, encoded);
        encoded.clear();
    };
    for (const char c : name) {
        const char low = static_cast<char>(c | 0x20);
        const bool plain = (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
        if (encoded.size() + 3 > piece) flush();
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    if (!encoded.empty()) flush();
    return out;
}

class Composer {
public:
    Composer(const Message& message, Context& context, std::uint32_t level)
        : m_message(message), m_context(context), m_level(level) {}

    Result<std::string> run() {
        TRY(attachments());
        TRY(bodies());
        std::string out = header();
        out += whole();
        return out;
    }

private:
    // Attachments, before the page that may show them.
    Result<> attachments() {
        std::uint32_t number = 0;
        for (const Attachment& attachment : m_message.attachments) {
            const auto entered = m_context.enter(Place::part, ++number);
            TRY(m_context.budget().check_time());
            m_ready.push_back(
                TRY(attachment.message || !attachment.refused.code.empty() ? mail(attachment) : file(attachment)));
        }
        return {};
    }

    std::string unique(std::string_view name) {
        bool changed = false;
        return m_names.take("", std::string(name), changed);
    }

    std::string clean(const std::string& name) {
        bool changed = false;
        std::string made = clean_file_name(name, changed);
        if (changed && !name.empty()) m_context.found(Finding::mail_attachment_name, Action::rewritten);
        return made;
    }

    Result<Ready> file(const Attachment& attachment) {
        const std::string name = clean(attachment.name);
        TRY(m_context.budget().take_unpacked(attachment.content.size()));
        MemorySink out(m_context.limits().bytes_in_memory);
        const auto type = m_context.sanitize_nested(MemorySource(attachment.content), out, name);
        if (!type) return note(name, type.error());
        const std::string named = name_for_type(name, *type);
        if (named != name && name.find('.') != name.npos)
            m_context.found(Finding::mail_attachment_type, Action::rewritten);
        // A mail that came as a file is written as one, so that a reader does not take it for a part of this mail.
        Ready made{.name = unique(named), .media = std::string(row_of(*type).media), .content = out.take()};
        if (*type == Type::mail) made.media = "application/octet-stream";
        made.picture = *type == Type::png || *type == Type::jpeg;
        return made;
    }

    Result<Ready> note(const std::string& name, const Error& error) {
        if (says_verdict_of_all(error)) return std::unexpected(error);
        m_context.found(Finding::mail_attachment_refused, Action::replaced);
        constexpr std::size_t mark = 3; // of UTF-8, which a text of a mail does not need
        Ready made{.name = unique(cut_file_name(name, 200) + ".blocked.txt"), .media = "text/plain"};
        made.content = to_bytes(archive::refusal_note(name, error).substr(mark));
        return made;
    }

    Result<Ready> mail(const Attachment& attachment) {
        std::string name = clean(attachment.name);
        if (!attachment.refused.code.empty()) return note(name, attachment.refused);
        auto composed = compose(*attachment.message, m_context, m_level + 1);
        if (!composed) return note(name, composed.error());
        Ready made{.name = unique(name_for_type(cut_file_name(name, 200), Type::mail)), .media = "message/rfc822"};
        made.mail = std::move(*composed);
        return made;
    }

    // The picture for an address in the page.
    std::string resolve(std::string_view address) {
        for (std::size_t i = 0; i < m_ready.size(); ++i) {
            const Attachment& from = m_message.attachments[i];
            const bool by_id = !from.content_id.empty() && address.size() == from.content_id.size() + 4 &&
                               lower(address.substr(0, 4)) == "cid:" && address.substr(4) == from.content_id;
            const bool by_location = !from.content_location.empty() && address == from.content_location;
            if (!m_ready[i].picture || (!by_id && !by_location)) continue;
            if (m_ready[i].shown == 0) m_ready[i].shown = ++m_shown;
            return content_id(m_ready[i].shown);
        }
        return {};
    }

    Result<> bodies() {
        m_text = m_message.text;
        if (!m_message.has_page) return {};
        if (!m_message.has_text) m_text = TRY(html::to_text(m_message.page, m_context));
        if (m_context.level() == Level::flatten) return look();
        if (m_context.level() != Level::rebuild) return {}; // its characters are all that stays
        m_page = TRY(html::rebuild_page(m_message.page, m_context,
                                        [this](std::string_view address) { return resolve(address); }));
        return {};
    }

    // How the page looked, as a PDF beside its characters. A mail in another file keeps its characters only: each PDF
    // takes a worker of the converter, and a mailbox has thousands.
    Result<> look() {
        if (m_level > 0 || m_context.is_inside()) return {};
        const std::string page = with_pictures(TRY(html::rebuild_page(
            m_message.page, m_context, [this](std::string_view address) { return resolve(address); })));
        MemorySink out(m_context.limits().bytes_in_memory);
        const auto type = m_context.sanitize_nested(MemorySource(as_view(page)), out, "page.html");
        if (!type) return type.error().kind == ErrorKind::fail ? Result<>(std::unexpected(type.error())) : Result<>();
        m_ready.push_back({.name = unique("本文 (message).pdf"), .media = std::string(row_of(*type).media)});
        m_ready.back().content = out.take();
        return {};
    }

    // Pictures that the page shows come along in it, as long as it stays within one buffer, and stay attachments.
    std::string with_pictures(std::string_view page) {
        std::map<std::string, const Ready*, std::less<>> pictures;
        for (Ready& part : m_ready)
            if (const std::size_t number = std::exchange(part.shown, 0)) pictures.emplace(content_id(number), &part);
        m_shown = 0;
        constexpr std::string_view start = "\"cid:";
        std::string out;
        for (std::size_t at = page.find(start); at != page.npos; at = page.find(start)) {
            out += page.substr(0, at);
            page.remove_prefix(at);
            const std::size_t end = std::min(page.find('"', 1), page.size());
            const auto picture = pictures.find(page.substr(start.size(), end - start.size()));
            const bool fits =
                picture != pictures.end() &&
                out.size() + page.size() + 2 * picture->second->content.size() < m_context.limits().bytes_in_memory;
            if (fits)
                (out += fmt::format("\"data:{};base64,", picture->second->media)) +=
                    to_base64(picture->second->content);
            else
                out += page.substr(0, end);
            page.remove_prefix(end);
        }
        return out.append(page);
    }

    std::string header() const {
        const Header& from = m_message.header;
        std::string out;
        const auto field = [&](std::string_view name, const std::string& value) {
            if (!value.empty()) out += write_field(name, value);
        };
        field("Date", from.date);
        out += write_addresses("From", from.from);
        out += write_addresses("Sender", from.sender);
        out += write_addresses("Reply-To", from.reply_to);
        out += write_addresses("To", from.to);
        out += write_addresses("Cc", from.cc);
        field("Subject", from.subject);
        const auto ids = [&](std::string_view name, std::string_view value) {
            if (value.empty()) return;
            out += std::string(name) + ":";
            while (!value.empty()) { // each on a line of its own: none is folded within
                const std::size_t end = std::min(value.find(' '), value.size());
                out += "\r\n " + std::string(value.substr(0, end));
                value.remove_prefix(std::min(end + 1, value.size()));
            }
            out += line_end;
        };
        ids("Message-ID", from.message_id);
        ids("In-Reply-To", from.in_reply_to);
        ids("References", from.references);
        field("Importance", from.importance);
        out += "MIME-Version: 1.0\r\n";
        return out;
    }

    // With its own header fields and the empty line.
    std::string text_part(std::string_view subtype, std::string_view text) const {
        return fmt::format("Content-Type: text/{}; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
                           subtype) +
               encode_base64(as_view(text));
    }

    std::string file_part(const Ready& part) const {
        std::string out = fmt::format("Content-Type: {}\r\n", part.media);
        if (part.shown > 0) out += fmt::format("Content-ID: <{}>\r\n", content_id(part.shown));
        out += fmt::format("Content-Disposition: {}{}\r\n", part.shown > 0 ? "inline" : "attachment",
                           name_parameter(part.name));
        if (!part.mail.empty()) return out + "\r\n" + part.mail + "\r\n";
        return out + "Content-Transfer-Encoding: base64\r\n\r\n" + encode_base64(part.content);
    }

    // Levels differ, so no boundary of a mail within is one of this mail.
    std::string multipart(std::string_view subtype, const std::vector<std::string>& parts) const {
        const char kind = subtype[0];
        const std::string boundary = fmt::format("=_{}_{}_sekisho", m_level, kind);
        std::string out = fmt::format("Content-Type: multipart/{};\r\n boundary=\"{}\"\r\n\r\n", subtype, boundary);
        for (const std::string& part : parts) out += "--" + boundary + "\r\n" + part;
        return out + "--" + boundary + "--\r\n";
    }

    std::string whole() const {
        std::vector<std::string> pictures, others;
        for (std::size_t number = 1; number <= m_shown; ++number)
            for (const Ready& part : m_ready)
                if (part.shown == number) pictures.push_back(file_part(part));
        for (const Ready& part : m_ready)
            if (part.shown == 0) others.push_back(file_part(part));
        std::string body = text_part("plain", m_text);
        if (!m_page.empty()) {
            std::string page = text_part("html", m_page);
            if (!pictures.empty()) {
                pictures.insert(pictures.begin(), std::move(page));
                page = multipart("related", pictures);
            }
            body = multipart("alternative", {body, page});
        }
        if (others.empty()) return body;
        others.insert(others.begin(), std::move(body));
        return multipart("mixed", others);
    }

    const Message& m_message;
    Context& m_context;
    std::uint32_t m_level;
    std::vector<Ready> m_ready;
    archive::UniqueNames m_names;
    std::size_t m_shown = 0;
    std::string m_text, m_page;
};

} // namespace

Result<std::string> compose(const Message& message, Context& context, std::uint32_t level) {
    return Composer(message, context, level).run();
}

} // namespace sekisho::mail
