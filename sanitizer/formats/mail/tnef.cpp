// winmail.dat ([MS-OXTNEF]).
#include "sanitizer/formats/mail/properties.h"

namespace sekisho::mail {

namespace {

enum : std::uint32_t { // attributes, [MS-OXTNEF] 2.1.3.3.1
    attribute_subject = 0x00018004,
    attribute_body = 0x0002800C,
    attribute_title = 0x00018010,
    attribute_data = 0x0006800F,
    attribute_render = 0x00069002,
    attribute_message_properties = 0x00069003,
    attribute_attachment_properties = 0x00069005,
    attribute_codepage = 0x00069007,
};

constexpr std::uint32_t signature = 0x223E9F78;
constexpr std::uint32_t most_properties = 20'000, most_values = 10'000;
constexpr std::uint16_t many_values = 0x1000, first_named = 0x8000;

std::optional<std::size_t> fixed_size(std::uint16_t type) {
    switch (type) {
    case 0x0002: // padded to four
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B:
        return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040:
        return 8;
    case 0x0048:
        return 16;
    default:
        return std::nullopt;
    }
}

bool is_variable(std::uint16_t type) {
    return type == type_string8 || type == type_unicode || type == type_binary || type == type_object;
}

Result<View> padded(ByteReader& reader, std::uint32_t size) {
    const View value = TRY(reader.bytes(size));
    const std::size_t over = size % 4 == 0 ? 0 : 4 - size % 4;
    TRY(reader.skip(std::min(over, reader.remaining())));
    return value;
}

Result<> skip_name(ByteReader& reader) {
    TRY(reader.skip(16));
    if (TRY(reader.u32le()) == 0) return reader.skip(4);
    TRY(padded(reader, TRY(reader.u32le())));
    return {};
}

// The first value is the one that is used; those with many say nothing that a mail needs.
Result<View> value_of(ByteReader& reader, std::uint16_t type, bool many) {
    const auto fixed = fixed_size(type);
    if (!fixed && !is_variable(type)) return refuse(Reason::input_damaged);
    const std::uint32_t count = many || !fixed ? TRY(reader.u32le()) : 1;
    if (count > most_values) return refuse(Reason::limit_members);
    View first;
    for (std::uint32_t i = 0; i < count; ++i) {
        const View value = fixed ? TRY(reader.bytes(*fixed)) : TRY(padded(reader, TRY(reader.u32le())));
        if (i == 0) first = value;
    }
    return first;
}

Result<Properties> read_properties(View view) {
    ByteReader reader(view);
    Properties made;
    const std::uint32_t count = TRY(reader.u32le());
    if (count > most_properties) return refuse(Reason::limit_members);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint16_t raw_type = TRY(reader.u16le());
        const std::uint16_t id = TRY(reader.u16le());
        const std::uint16_t type = raw_type & static_cast<std::uint16_t>(~many_values);
        if (id >= first_named) TRY(skip_name(reader));
        const View value = TRY(value_of(reader, type, (raw_type & many_values) != 0));
        if (id < first_named) made.all.try_emplace(id, Property{type, Bytes(value.begin(), value.end())});
    }
    return made;
}

class Expander {
public:
    Expander(Message& into, Context& context, std::uint32_t level) : m_into(into), m_context(context), m_level(level) {}

    Result<> run(View bytes) {
        ByteReader reader(bytes);
        TRY(reader.skip(4 + 2)); // signature and key
        while (reader.remaining() >= 9) {
            TRY(m_context.budget().check_time());
            TRY(reader.skip(1)); // level: of the message or an attachment; the id says it too
            const std::uint32_t id = TRY(reader.u32le());
            const std::uint32_t size = TRY(reader.u32le());
            const View value = TRY(reader.bytes(size));
            TRY(reader.skip(std::min<std::size_t>(2, reader.remaining()))); // a sum that guards nothing
            TRY(attribute(id, value));
        }
        return finish();
    }

private:
    Result<> attribute(std::uint32_t id, View value) {
        const auto store = [&](Properties& to, std::uint16_t property, std::uint16_t type) {
            to.all.try_emplace(property, Property{type, Bytes(value.begin(), value.end())});
        };
        switch (id) {
        case attribute_render:
            m_attachments.emplace_back();
            TRY(m_context.budget().take_members());
            return {};
        case attribute_title:
            if (!m_attachments.empty()) store(m_attachments.back(), property_short_name, type_string8);
            return {};
        case attribute_data:
            if (!m_attachments.empty()) store(m_attachments.back(), property_attachment, type_binary);
            return {};
        case attribute_attachment_properties:
            if (!m_attachments.empty()) merge(TRY(read_properties(value)), m_attachments.back());
            return {};
        case attribute_message_properties:
            merge(TRY(read_properties(value)), m_message);
            return {};
        case attribute_body:
            store(m_message, property_body, type_string8);
            return {};
        case attribute_subject:
            store(m_message, property_subject, type_string8);
            return {};
        case attribute_codepage:
            if (value.size() >= 4)
                m_message.all.try_emplace(property_codepage,
                                          Property{type_integer, Bytes(value.begin(), value.begin() + 4)});
            return {};
        default:
            return {};
        }
    }

    // The properties say more than the attributes of the old form.
    static void merge(Properties from, Properties& to) {
        for (auto& [id, property] : from.all) {
            // An object holds a mail or an OLE object, what the attribute has is its binary form.
            if (property.type == type_object && to.all.contains(id)) continue;
            to.all.insert_or_assign(id, std::move(property));
        }
    }

    Result<> finish() {
        TRY(read_message(m_message, m_into, m_context));
        for (Properties& one : m_attachments) {
            if (!one.find(property_codepage) && m_message.find(property_codepage))
                one.all.emplace(property_codepage, *m_message.find(property_codepage));
            Attachment made = read_attachment(one, m_context.budget());
            const Property* object = one.find(property_attachment);
            constexpr std::size_t interface_id = 16;
            if (object && object->type == type_object && object->value.size() > interface_id) {
                const View inner = View(object->value).subspan(interface_id);
                auto message = std::make_shared<Message>();
                if (m_level + 1 >= m_context.limits().depth) return refuse(Reason::limit_depth);
                if (TRY(expand_tnef(inner, *message, m_context, m_level + 1)))
                    made.message = std::move(message);
                else
                    made.content.assign(inner.begin(), inner.end());
            }
            if (made.name.empty()) made.name = "attachment";
            m_into.attachments.push_back(std::move(made));
        }
        return {};
    }

    Message& m_into;
    Context& m_context;
    std::uint32_t m_level;
    Properties m_message;
    std::vector<Properties> m_attachments;
};

} // namespace

Result<bool> expand_tnef(View bytes, Message& into, Context& context, std::uint32_t level) {
    ByteReader reader(bytes);
    const auto first = reader.u32le();
    if (!first || *first != signature) return false;
    context.found(Finding::mail_tnef, Action::extracted);
    TRY(Expander(into, context, level).run(bytes));
    return true;
}

} // namespace sekisho::mail
