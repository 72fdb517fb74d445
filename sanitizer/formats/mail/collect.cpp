#include <algorithm>

#include "sanitizer/formats/binhex/binhex.h"
#include "sanitizer/formats/mail/date.h"
#include "sanitizer/formats/mail/message.h"
#include "sanitizer/formats/mail/words.h"
#include "sanitizer/formats/mail/yenc.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::mail {

namespace {

bool is_signature(std::string_view type) {
    return type == "application/pkcs7-signature" || type == "application/x-pkcs7-signature" ||
           type == "application/pgp-signature";
}
bool is_cms(std::string_view type) {
    return type == "application/pkcs7-mime" || type == "application/x-pkcs7-mime";
}
bool is_tnef(std::string_view type) {
    return type == "application/ms-tnef" || type == "application/vnd.ms-tnef";
}
bool is_binhex(std::string_view type) {
    return type == "application/mac-binhex40" || type == "application/mac-binhex";
}
bool is_message(std::string_view type) {
    return type == "message/rfc822" || type == "message/global" || type == "message/news";
}

bool says_verdict_of_all(const Error& error) {
    return error.code.starts_with("limit.") || error.kind == ErrorKind::fail;
}

class Collector {
public:
    Collector(Context& context, std::uint32_t level) : m_context(context), m_level(level) {}

    Result<Message> run(const Entity& entity) {
        m_message.header = read_header(entity.fields, m_context);
        TRY(take(entity));
        if (m_converted) m_context.found(Finding::mail_charset, Action::converted);
        return std::move(m_message);
    }

private:
    Budget& budget() { return m_context.budget(); }

    Result<> take(const Entity& entity) {
        if (entity.repaired || entity.fields.broken) m_context.found(Finding::mail_broken, Action::rewritten);
        const std::string& type = entity.type.value;
        if (entity.is_multipart()) return multipart(entity);
        if (type == "message/partial" || type == "message/external-body") return refuse(Reason::mail_partial);
        if (type == "application/pgp-encrypted") return refuse(Reason::input_encrypted);
        if (is_message(type)) return message(entity);
        if (is_signature(type)) {
            m_context.found(Finding::mail_signature, Action::removed);
            return {};
        }
        if (is_cms(type)) return cms(entity);
        // What a page of a web page archive would load.
        if (type == "text/css" || type.ends_with("javascript")) {
            m_context.found(Finding::mail_body, Action::removed);
            return {};
        }
        const bool attached = entity.disposition.value == "attachment" || !entity.file_name(budget()).empty();
        if (!attached && (type == "text/plain" || type == "text/html")) return body(entity, type == "text/html");
        return attachment(entity);
    }

    Result<> multipart(const Entity& entity) {
        if (entity.type.value == "multipart/encrypted") return refuse(Reason::input_encrypted);
        if (entity.type.value != "multipart/signed") {
            for (const Entity& part : entity.parts) TRY(take(part));
            return {};
        }
        m_context.found(Finding::mail_signature, Action::removed);
        if (!entity.parts.empty()) TRY(take(entity.parts.front()));
        return {};
    }

    Result<> message(const Entity& entity) {
        m_context.found(Finding::mail_nested, Action::kept);
        if (m_level + 1 >= m_context.limits().depth) return refuse(Reason::limit_depth);
        const Bytes content = entity.content();
        Attachment made;
        made.name = entity.file_name(budget());
        auto inner = collect(as_text(content), m_context, m_level + 1);
        if (inner) {
            made.message = std::make_shared<Message>(std::move(*inner));
            if (made.name.empty()) made.name = made.message->header.subject;
        } else {
            if (says_verdict_of_all(inner.error())) return std::unexpected(inner.error());
            made.refused = inner.error();
        }
        m_message.attachments.push_back(std::move(made));
        return {};
    }

    Result<> cms(const Entity& entity) {
        const auto content = signed_content(entity.content());
        if (!content) return refuse(Reason::input_encrypted);
        m_context.found(Finding::mail_signature, Action::removed);
        if (++m_signed > m_context.limits().depth) return refuse(Reason::limit_depth);
        const Entity inner = TRY(parse_entity(as_text(*content), budget()));
        return take(inner);
    }

    std::string decoded(const Entity& entity, View content) {
        const Parameter* charset = entity.type.find("charset");
        text::Whole whole =
            text::decode_lossy(content, charset ? std::string_view(charset->value) : std::string_view(), budget());
        m_converted = m_converted || whole.converted;
        whole.converted = false; // told as mail.charset
        text::note(m_context, whole);
        if (whole.damaged) m_context.found(Finding::mail_broken, Action::rewritten);
        return std::move(whole.text);
    }

    Result<> body(const Entity& entity, bool page) {
        Bytes content = entity.content();
        if (!page) {
            for (Attachment& file : take_yencoded(content)) {
                m_context.found(Finding::mail_encoded, Action::extracted);
                m_message.attachments.push_back(std::move(file));
            }
        }
        std::string text = decoded(entity, content);
        if (!page) TRY(files_in_text(text));
        bool& has = page ? m_message.has_page : m_message.has_text;
        if (has) return further(std::move(text), page);
        (page ? m_message.page : m_message.text) = std::move(text);
        has = true;
        return {};
    }

    Result<> files_in_text(std::string& text) {
        for (Uuencoded& file : take_uuencoded(text)) {
            m_context.found(Finding::mail_uuencode, Action::extracted);
            m_message.attachments.push_back({.name = std::move(file.name), .content = std::move(file.content)});
        }
        std::string rest;
        std::string_view left = text;
        for (std::string_view packed = binhex::find(left); !packed.empty(); packed = binhex::find(left)) {
            m_message.attachments.push_back(TRY(unpacked(packed, "attachment")));
            const auto at = static_cast<std::size_t>(packed.data() - left.data());
            rest += left.substr(0, at);
            left.remove_prefix(at + packed.size());
        }
        if (left.size() < text.size()) text = rest + std::string(left);
        return {};
    }

    Result<Attachment> unpacked(std::string_view packed, std::string name) {
        TRY(budget().take_members());
        m_context.found(Finding::mail_encoded, Action::extracted);
        auto file = binhex::decode(packed, budget());
        if (!file && says_verdict_of_all(file.error())) return std::unexpected(file.error());
        Attachment made{.name = std::move(name)};
        if (!file) {
            made.refused = file.error();
            return made;
        }
        if (file->has_resources) m_context.found(Finding::zip_hidden_data, Action::removed);
        const std::string inner = text::decode_lossy(as_view(file->name), "", budget()).text;
        if (!inner.empty()) made.name = inner;
        made.content = std::move(file->data);
        return made;
    }

    // A mail may have more than one text, one behind the other.
    Result<> further(std::string text, bool page) {
        if (text.find_first_not_of(" \t\r\n") == text.npos) return {};
        m_message.attachments.push_back({.name = page ? "text.html" : "text.txt", .content = to_bytes(text)});
        return {};
    }

    Result<> attachment(const Entity& entity) {
        Attachment made;
        bool hidden = false;
        made.name = entity.file_name(budget(), &hidden);
        if (hidden) m_context.found(Finding::mail_attachment_name, Action::rewritten);
        made.content = entity.content();
        const bool winmail = lower(made.name) == "winmail.dat";
        if ((winmail || is_tnef(entity.type.value)) && TRY(expand_tnef(made.content, m_message, m_context, m_level)))
            return {};
        if (const std::string_view packed = binhex::find(as_text(made.content));
            is_binhex(entity.type.value) && !packed.empty()) {
            m_message.attachments.push_back(TRY(unpacked(packed, made.name.empty() ? "attachment" : made.name)));
            return {};
        }
        if (const std::string* id = entity.fields.find("content-id")) {
            made.content_id = trimmed(*id);
            if (made.content_id.starts_with('<') && made.content_id.ends_with('>'))
                made.content_id = made.content_id.substr(1, made.content_id.size() - 2);
        }
        if (const std::string* location = entity.fields.find("content-location"))
            made.content_location = trimmed(*location);
        if (made.name.empty()) made.name = name_for(entity.type.value);
        m_message.attachments.push_back(std::move(made));
        return {};
    }

    // What has no name gets one by what it is said to be; what it is decides its ending.
    static std::string name_for(std::string_view type) {
        if (type == "text/csv") return "attachment.csv";
        if (type == "text/calendar") return "invite";
        return type.starts_with("image/") ? "image" : "attachment";
    }

    Context& m_context;
    std::uint32_t m_level;
    Message m_message;
    bool m_converted = false;
    std::uint32_t m_signed = 0;
};

std::string clean_id(std::string_view raw) {
    const std::string text = trimmed(without_comments(raw));
    if (text.size() > 300 || text.size() < 3 || text.front() != '<' || text.back() != '>') return {};
    const std::string_view inner = std::string_view(text).substr(1, text.size() - 2);
    for (const char c : inner)
        if (c <= ' ' || c >= 0x7F || std::string_view("<>\"\\(),:;[]").find(c) != std::string_view::npos) return {};
    return text;
}

// Each "<...>" of a list.
std::string clean_ids(std::string_view raw) {
    constexpr std::size_t most = 200;
    std::string made;
    std::size_t count = 0;
    for (std::size_t open = raw.find('<'); open != raw.npos && count < most; open = raw.find('<', open + 1)) {
        const std::size_t close = raw.find('>', open);
        if (close == raw.npos) break;
        const std::string id = clean_id(raw.substr(open, close - open + 1));
        if (id.empty()) continue;
        made += (made.empty() ? "" : " ") + id;
        ++count;
    }
    return made;
}

bool is_listed(std::string_view name) {
    for (const std::string_view known :
         {"date", "from", "sender", "reply-to", "to", "cc", "subject", "message-id", "in-reply-to", "references",
          "importance", "mime-version", "content-type", "content-transfer-encoding", "content-disposition",
          "content-id", "content-location", "content-description"})
        if (name == known) return true;
    return false;
}

} // namespace

Header read_header(const Fields& fields, Context& context) {
    Header header;
    bool broken = false, converted = false;
    Budget& budget = context.budget();
    const auto first = [&](std::string_view name) {
        if (std::ranges::count(fields.all, name, &Field::name) > 1) broken = true;
        const std::string* value = fields.find(name);
        return value ? std::string_view(*value) : std::string_view();
    };
    const auto addresses = [&](std::string_view name) {
        return parse_addresses(first(name), budget, broken, converted);
    };
    const std::string_view date = first("date");
    header.date = canonical_date(date);
    broken = broken || (header.date.empty() && !date.empty());
    header.from = addresses("from");
    header.sender = addresses("sender");
    header.reply_to = addresses("reply-to");
    header.to = addresses("to");
    header.cc = addresses("cc");
    header.subject = decode_words(first("subject"), budget, converted);
    header.message_id = clean_id(first("message-id"));
    header.in_reply_to = clean_ids(first("in-reply-to"));
    header.references = clean_ids(first("references"));
    const std::string importance = lower(trimmed(first("importance")));
    if (importance == "high" || importance == "low" || importance == "normal") header.importance = importance;
    if (std::ranges::any_of(fields.all, [](const Field& field) { return !is_listed(field.name); }))
        context.found(Finding::mail_header, Action::removed);
    if (broken) context.found(Finding::mail_broken, Action::rewritten);
    if (converted) context.found(Finding::mail_charset, Action::converted);
    return header;
}

Result<Message> collect(const Entity& entity, Context& context, std::uint32_t level) {
    return Collector(context, level).run(entity);
}

Result<Message> collect(std::string_view mail, Context& context, std::uint32_t level) {
    const Entity entity = TRY(parse_entity(mail, context.budget()));
    return collect(entity, context, level);
}

} // namespace sekisho::mail
