// Outlook messages ([MS-OXMSG]): properties as streams of a compound file.
#include <new>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/mail/outlook.h"
#include "sanitizer/formats/mail/properties.h"

namespace sekisho::mail {

namespace {

constexpr std::string_view substream = "__substg1.0_", fixed_stream = "__properties_version1.0";
constexpr std::string_view inner_object = "__substg1.0_3701000D"; // property_attachment as an object
constexpr std::size_t fixed_entry = 16;
enum class Object { top, embedded, part }; // says how many bytes stand before the fixed properties
constexpr std::uint32_t to_recipient = 1, cc_recipient = 2;

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

// "__substg1.0_0037001F": identifier and type. One of several values has "-00000000" behind it and is not read.
std::optional<std::uint32_t> tag_of(std::string_view name) {
    if (!name.starts_with(substream) || name.size() != substream.size() + 8) return std::nullopt;
    std::uint32_t tag = 0;
    for (const char c : name.substr(substream.size())) {
        if (hex_of(c) < 0) return std::nullopt;
        tag = tag << 4 | static_cast<std::uint32_t>(hex_of(c));
    }
    return tag;
}

class Reader {
public:
    Reader(const CompoundFile& file, Context& context) : m_file(file), m_context(context) {}

    Result<Message> message(std::uint32_t storage, Object object, std::uint32_t level) {
        const Properties properties = TRY(read(storage, object));
        Message made;
        TRY(read_message(properties, made, m_context));
        const bool recipients = made.header.to.empty() && made.header.cc.empty();
        for (const std::uint32_t child : m_file.entry(storage).children) {
            const CompoundFile::Entry& entry = m_file.entry(child);
            if (!entry.storage) continue;
            if (entry.name.starts_with("__recip_version1.0_") && recipients)
                TRY(recipient(child, properties, made.header));
            if (entry.name.starts_with("__attach_version1.0_")) TRY(attachment(child, properties, made, level));
        }
        return made;
    }

private:
    Result<Properties> read(std::uint32_t storage, Object object) {
        Properties made;
        for (const std::uint32_t child : m_file.entry(storage).children) {
            const CompoundFile::Entry& entry = m_file.entry(child);
            const auto tag = tag_of(entry.name);
            if (entry.storage || !tag) continue;
            const auto id = static_cast<std::uint16_t>(*tag >> 16), type = static_cast<std::uint16_t>(*tag & 0xFFFF);
            const bool wide_is_there = made.find(id) && made.find(id)->type == type_unicode;
            if (!wide_is_there) made.all.insert_or_assign(id, Property{type, TRY(m_file.read(child))});
        }
        if (const auto stream = m_file.child(storage, fixed_stream))
            TRY(read_fixed(TRY(m_file.read(*stream)), object, made));
        return made;
    }

    static Result<> read_fixed(View bytes, Object object, Properties& made) {
        const std::size_t head = object == Object::top ? 32 : object == Object::embedded ? 24 : 8;
        for (std::size_t at = head; at + fixed_entry <= bytes.size(); at += fixed_entry) {
            ByteReader reader(bytes.subspan(at, fixed_entry));
            const std::uint16_t type = TRY(reader.u16le());
            const std::uint16_t id = TRY(reader.u16le());
            TRY(reader.skip(4));
            if (type != type_integer && type != type_time) continue;
            const View value = TRY(reader.bytes(type == type_integer ? 4 : 8));
            made.all.try_emplace(id, Property{type, Bytes(value.begin(), value.end())});
        }
        return {};
    }

    static void inherit(Properties& to, const Properties& from) {
        if (const Property* codepage = from.find(property_codepage)) to.all.try_emplace(property_codepage, *codepage);
    }

    Result<> recipient(std::uint32_t storage, const Properties& outer, Header& header) {
        Properties properties = TRY(read(storage, Object::part));
        inherit(properties, outer);
        const auto kind = properties.number(property_recipient_type);
        if (kind != to_recipient && kind != cc_recipient) return {};
        auto& list = kind == to_recipient ? header.to : header.cc;
        const std::size_t before = list.size();
        for (const std::uint16_t id : {property_smtp_address, property_address})
            if (list.size() == before)
                add_mailbox(properties.text(property_display, m_context.budget()),
                            properties.text(id, m_context.budget()), list);
        return {};
    }

    Result<> attachment(std::uint32_t storage, const Properties& outer, Message& into, std::uint32_t level) {
        TRY(m_context.budget().take_members());
        Properties properties = TRY(read(storage, Object::part));
        inherit(properties, outer);
        Attachment made = read_attachment(properties, m_context.budget());
        if (made.name.empty()) made.name = "attachment";
        const auto inner = m_file.child(storage, inner_object);
        if (inner && m_file.entry(*inner).storage) {
            if (!m_file.child(*inner, fixed_stream)) { // an OLE object, not a mail
                made.refused = refuse(Reason::type_unsupported).error();
            } else {
                if (level + 1 >= m_context.limits().depth) return refuse(Reason::limit_depth);
                m_context.found(Finding::mail_nested, Action::kept);
                made.message = std::make_shared<Message>(TRY(message(*inner, Object::embedded, level + 1)));
                if (made.name == "attachment") made.name = made.message->header.subject;
            }
        }
        into.attachments.push_back(std::move(made));
        return {};
    }

    const CompoundFile& m_file;
    Context& m_context;
};

} // namespace

Result<Message> read_outlook(const Source& in, Context& context) {
    const CompoundFile file = TRY(CompoundFile::open(in, context.budget()));
    context.found(Finding::mail_outlook, Action::converted);
    return Reader(file, context).message(CompoundFile::root, Object::top, 0);
}

} // namespace sekisho::mail
