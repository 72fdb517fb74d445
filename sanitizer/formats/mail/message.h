// What a mail says, whatever it came as.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sanitizer/formats/mail/address.h"
#include "sanitizer/formats/mail/entity.h"
#include "sanitizer/formats/mail/transfer.h"

namespace sekisho::mail {

struct Message;

struct Attachment {
    std::string name; // UTF-8, not yet clean; may be empty
    Bytes content = {};
    std::string content_id = {};           // of a picture that the page may show
    std::string content_location = {};     // the same in web page archives
    std::shared_ptr<Message> message = {}; // a mail within the mail; content is empty then
    Error refused = {};                    // instead of a message that cannot be read; code empty otherwise
};

struct Header {
    std::string date, subject, message_id, in_reply_to, references, importance;
    std::vector<Mailbox> from, sender, reply_to, to, cc;
};

struct Message {
    Header header;
    std::string text, page; // clean UTF-8; the page not yet sanitised
    bool has_text = false, has_page = false;
    std::vector<Attachment> attachments;
};

// What is found on the way is recorded in the context. `level`: mails in mails.
Result<Message> collect(std::string_view mail, Context& context, std::uint32_t level = 0);
Result<Message> collect(const Entity& entity, Context& context, std::uint32_t level);
// The fields of a header, decoded.
Header read_header(const Fields& fields, Context& context);

// Adds what a winmail.dat holds; false if it is none.
Result<bool> expand_tnef(View bytes, Message& into, Context& context, std::uint32_t level);
// The content of an opaque CMS signature; nothing if it is encrypted or no CMS.
std::optional<Bytes> signed_content(View bytes);

// The mail in its canonical form.
Result<std::string> compose(const Message& message, Context& context, std::uint32_t level = 0);

} // namespace sekisho::mail
