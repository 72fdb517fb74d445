// MAPI properties ([MS-OXPROPS]), as msg and winmail.dat carry them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/formats/mail/message.h"

namespace sekisho::mail {

enum : std::uint16_t { // identifiers
    property_subject = 0x0037,
    property_sent_name = 0x0042,
    property_sent_address = 0x0065,
    property_submitted = 0x0039,
    property_headers = 0x007D,
    property_sender_name = 0x0C1A,
    property_sender_address = 0x0C1F,
    property_recipient_type = 0x0C15,
    property_delivered = 0x0E06,
    property_body = 0x1000,
    property_rich_text = 0x1009,
    property_page = 0x1013,
    property_message_id = 0x1035,
    property_display = 0x3001,
    property_address = 0x3003,
    property_attachment = 0x3701,
    property_short_name = 0x3704,
    property_long_name = 0x3707,
    property_content_id = 0x3712,
    property_smtp_address = 0x39FE,
    property_internet_codepage = 0x3FDE,
    property_codepage = 0x3FFD,
    property_sender_smtp = 0x5D01,
    property_sent_smtp = 0x5D02,
};

enum : std::uint16_t { // types
    type_integer = 0x0003,
    type_object = 0x000D,
    type_string8 = 0x001E,
    type_unicode = 0x001F,
    type_time = 0x0040,
    type_binary = 0x0102,
};

struct Property {
    std::uint16_t type = 0;
    Bytes value;
};

class Properties {
public:
    std::map<std::uint16_t, Property> all;

    const Property* find(std::uint16_t id) const;
    std::optional<std::uint64_t> number(std::uint16_t id) const; // little endian, up to eight bytes
    // Clean UTF-8; empty if it is not there.
    std::string text(std::uint16_t id, Budget& budget) const;
    // The charset of string8 values and of the page.
    std::string_view charset() const;
    std::string_view page_charset() const;
};

// Fills the header and the bodies.
Result<> read_message(const Properties& properties, Message& into, Context& context);
// Name, content id and, if it is binary, the content.
Attachment read_attachment(const Properties& properties, Budget& budget);
// A mailbox if the address is one.
void add_mailbox(std::string display, std::string address, std::vector<Mailbox>& to);

} // namespace sekisho::mail
