#include "sanitizer/formats/mail/properties.h"

#include "sanitizer/formats/mail/date.h"
#include "sanitizer/formats/mail/rich_text.h"
#include "sanitizer/formats/mail/words.h"
#include "sanitizer/formats/text/labels.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::mail {

namespace {

std::string one_line(std::string text) {
    for (char& c : text)
        if (c == '\r' || c == '\n' || c == '\t' || c == '\f') c = ' ';
    return trimmed(text);
}

std::string without_final_zeros(std::string_view text) {
    while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
    return std::string(text);
}

} // namespace

const Property* Properties::find(std::uint16_t id) const {
    const auto found = all.find(id);
    return found == all.end() ? nullptr : &found->second;
}

std::optional<std::uint64_t> Properties::number(std::uint16_t id) const {
    const Property* property = find(id);
    if (!property || property->value.empty() || property->value.size() > 8) return std::nullopt;
    std::uint64_t value = 0;
    for (std::size_t i = property->value.size(); i-- > 0;) value = value << 8 | property->value[i];
    return value;
}

std::string_view Properties::charset() const {
    return text::label_of_codepage(number(property_codepage).value_or(0));
}
std::string_view Properties::page_charset() const {
    return text::label_of_codepage(number(property_internet_codepage).value_or(0));
}

std::string Properties::text(std::uint16_t id, Budget& budget) const {
    const Property* property = find(id);
    if (!property) return {};
    if (property->type == type_unicode) {
        View view = property->value;
        while (view.size() >= 2 && view[view.size() - 1] == 0 && view[view.size() - 2] == 0)
            view = view.first(view.size() - 2);
        return text::decode_lossy(view.first(view.size() / 2 * 2), "utf-16le", budget).text;
    }
    if (property->type != type_string8 && property->type != type_binary) return {};
    const std::string bytes = without_final_zeros(as_text(property->value));
    const std::string_view label = id == property_page ? page_charset() : charset();
    return text::decode_lossy(as_view(bytes), label, budget).text;
}

void add_mailbox(std::string display, std::string address, std::vector<Mailbox>& to) {
    address = trimmed(address);
    if (is_address(address)) to.push_back({one_line(std::move(display)).substr(0, 256), std::move(address)});
    if (!to.empty()) { // not within a character
        std::string& cut = to.back().display;
        while (cut.size() == 256 && (static_cast<unsigned char>(cut.back()) & 0xC0) != 0) {
            if ((static_cast<unsigned char>(cut.back()) & 0x80) == 0) break;
            cut.pop_back();
        }
    }
}

Result<> read_message(const Properties& properties, Message& into, Context& context) {
    Budget& budget = context.budget();
    Header& header = into.header;
    // What came over the net has its header with it; what was never sent has only properties.
    const std::string headers = properties.text(property_headers, budget);
    if (!headers.empty()) {
        std::string_view rest = headers;
        if (const auto fields = take_fields(rest)) header = read_header(*fields, context);
    }
    if (header.subject.empty()) header.subject = one_line(properties.text(property_subject, budget));
    if (header.from.empty()) {
        for (const auto& [name, address] :
             {std::pair{property_sent_name, property_sent_smtp}, std::pair{property_sent_name, property_sent_address},
              std::pair{property_sender_name, property_sender_smtp},
              std::pair{property_sender_name, property_sender_address}})
            if (header.from.empty())
                add_mailbox(properties.text(name, budget), properties.text(address, budget), header.from);
    }
    for (const std::uint16_t time : {property_submitted, property_delivered})
        if (const auto value = properties.number(time); value && header.date.empty())
            header.date = date_of_filetime(*value);
    if (!into.has_text && properties.find(property_body)) {
        into.text = properties.text(property_body, budget);
        into.has_text = true;
    }
    if (!into.has_page && properties.find(property_page)) {
        into.page = properties.text(property_page, budget);
        into.has_page = true;
    }
    const Property* rich = properties.find(property_rich_text);
    if (!rich || rich->type != type_binary || into.has_page) return {};
    return read_rich_text(rich->value, into, context);
}

Attachment read_attachment(const Properties& properties, Budget& budget) {
    Attachment made;
    made.name = one_line(properties.text(property_long_name, budget));
    if (made.name.empty()) made.name = one_line(properties.text(property_short_name, budget));
    made.content_id = one_line(properties.text(property_content_id, budget));
    if (const Property* content = properties.find(property_attachment); content && content->type == type_binary)
        made.content = content->value;
    return made;
}

} // namespace sekisho::mail
