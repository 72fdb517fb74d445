#include "sanitizer/formats/legacy/slides_password.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/compound_file/writer.h"
#include "sanitizer/formats/office_encryption/passwords.h"
#include "sanitizer/formats/office_encryption/rc4.h"

namespace sekisho::legacy {

namespace {

using office_encryption::Rc4Key;

constexpr std::size_t header_size = 8;

enum SlideRecord : std::uint16_t { user_edit = 0x0FF5, persist_directory = 0x1772, crypt_session = 0x2F14 };

struct Record {
    std::uint16_t kind = 0; // version and instance
    std::uint16_t type = 0;
    std::uint32_t size = 0; // of what follows the header
};

Result<Record> read_header(ByteReader& reader) {
    return Record{TRY(reader.u16le()), TRY(reader.u16le()), TRY(reader.u32le())};
}

// The content of a record that must be there.
Result<View> record_at(View stream, std::size_t offset, SlideRecord type) {
    ByteReader reader(stream);
    TRY(reader.seek(offset));
    const Record record = TRY(read_header(reader));
    if (record.type != type) return refuse(Reason::ole_damaged);
    return reader.bytes(record.size);
}

// Where the objects of a presentation lie, and what tells the key.
struct Directory {
    std::map<std::uint32_t, std::uint32_t> newest; // by the object's number
    std::map<std::uint32_t, std::uint32_t> number; // by offset, older versions too
    std::optional<std::uint32_t> session;
};

// 2.3.5: PersistDirectoryEntry, the first number and how many there are, then an offset for each
Result<> read_persist_directory(View content, Directory& directory, Budget& budget) {
    ByteReader reader(content);
    while (!reader.at_end()) {
        const std::uint32_t start = TRY(reader.u32le());
        const std::uint32_t first = start & 0xFFFFF, count = start >> 20;
        for (std::uint32_t i = 0; i < count; ++i) {
            TRY(budget.check_time());
            const std::uint32_t offset = TRY(reader.u32le());
            directory.newest.emplace(first + i, offset);
            if (directory.number.emplace(offset, first + i).second) TRY(budget.take_members());
        }
    }
    return {};
}

// 2.3.3: UserEditAtom. The newest first; each leads to one that lies before it.
Result<Directory> read_directory(View stream, std::uint32_t offset, Budget& budget) {
    constexpr std::size_t size_with_session = 32;
    Directory directory;
    for (std::uint32_t before = 0; offset != 0; offset = before) {
        TRY(budget.check_time());
        const View edit = TRY(record_at(stream, offset, user_edit));
        ByteReader reader(edit);
        TRY(reader.skip(8));
        before = TRY(reader.u32le());
        if (before >= offset) return refuse(Reason::ole_damaged);
        const std::uint32_t place = TRY(reader.u32le());
        TRY(reader.skip(12));
        if (edit.size() >= size_with_session && !directory.session) directory.session = TRY(reader.u32le());
        TRY(read_persist_directory(TRY(record_at(stream, place, persist_directory)), directory, budget));
    }
    return directory;
}

Result<Rc4Key> key_for(View info, Context& context) {
    std::vector<Bytes> passwords = office_encryption::program_passwords();
    for (Bytes& form : office_encryption::password_forms(context.passwords())) passwords.push_back(std::move(form));
    for (const Bytes& password : passwords)
        if (auto key = TRY(Rc4Key::unlock(info, password))) return std::move(*key);
    return refuse(context.passwords().empty() ? Reason::input_encrypted : Reason::office_password);
}

// In the order of their places, none over another: the work is that of one pass.
Result<> decrypt_objects(Bytes& stream, const Directory& directory, std::uint32_t session, const Rc4Key& key,
                         Budget& budget) {
    std::size_t end = 0;
    for (const auto& [offset, number] : directory.number) {
        if (offset == session) continue;
        TRY(budget.check_time());
        if (offset < end || offset > stream.size() || stream.size() - offset < header_size)
            return refuse(Reason::ole_damaged);
        auto cipher = TRY(key.block(number));
        const auto object = std::span(stream).subspan(offset);
        cipher.apply(object.first(header_size));
        ByteReader reader(object);
        const std::size_t size = TRY(read_header(reader)).size;
        if (size > reader.remaining()) return refuse(Reason::ole_damaged);
        cipher.apply(object.subspan(header_size, size));
        end = offset + header_size + size;
    }
    return {};
}

// Pictures ([MS-ODRAW] 2.2.23): each field was encrypted by itself, with the first block's key.
class Pictures {
public:
    Pictures(std::span<std::uint8_t> stream, const Rc4Key& key) : m_stream(stream), m_key(key) {}

    // What is behind a picture that does not fit stays as it is: nothing leads there.
    Result<> decrypt(Budget& budget) {
        while (m_stream.size() - m_at >= header_size) {
            TRY(budget.check_time());
            const std::size_t start = m_at;
            TRY(field(header_size));
            ByteReader reader(View(m_stream).subspan(start));
            const Record record = TRY(read_header(reader));
            if (record.size > reader.remaining()) return {};
            TRY(picture(record, m_at + record.size));
        }
        return {};
    }

private:
    Result<> picture(const Record& record, std::size_t end) {
        // EMF, WMF, PICT
        const bool metafile = record.type >= 0xF01A && record.type <= 0xF01C;
        constexpr std::size_t digest = 16, metafile_header = 34, tag = 1;
        // An odd instance has a second digest, of the picture that a metafile was before.
        const bool has_two = (record.kind & 0x10) != 0;
        for (const std::size_t size : {digest, has_two ? digest : 0, metafile ? metafile_header : tag})
            if (size <= end - m_at) TRY(field(size));
        return field(end - m_at);
    }

    Result<> field(std::size_t size) {
        auto cipher = TRY(m_key.block(0));
        cipher.apply(m_stream.subspan(m_at, size));
        m_at += size;
        return {};
    }

    std::span<std::uint8_t> m_stream;
    const Rc4Key& m_key;
    std::size_t m_at = 0;
};

Result<Bytes> read(const CompoundFile& file, std::string_view name) {
    const auto index = file.child(CompoundFile::root, name);
    if (!index || file.entry(*index).storage) return refuse(Reason::ole_damaged);
    return file.read(*index);
}

constexpr std::string_view pictures_name = "Pictures", user_name = "Current User", slides_name = "PowerPoint Document";

// 2.3.2: CurrentUserAtom says whether the presentation is encrypted, and where its newest directory is.
Result<std::uint32_t> open_current_user(Bytes& user) {
    constexpr std::array<std::uint8_t, 4> plain_token{0x5F, 0xC0, 0x91, 0xE3};
    constexpr std::size_t token_at = 12;
    ByteReader reader(user);
    TRY(reader.skip(token_at + plain_token.size()));
    const std::uint32_t edit = TRY(reader.u32le());
    std::ranges::copy(plain_token, user.begin() + token_at);
    return edit;
}

} // namespace

Result<Bytes> decrypted_slides(Job& job) {
    Budget& budget = job.context.budget();
    const CompoundFile file = TRY(CompoundFile::open(job.in, budget));
    Bytes user = TRY(read(file, user_name)), slides = TRY(read(file, slides_name)), pictures;
    const Directory directory = TRY(read_directory(slides, TRY(open_current_user(user)), budget));
    const auto session = directory.newest.find(directory.session.value_or(0));
    if (session == directory.newest.end()) return refuse(Reason::ole_damaged);
    const Rc4Key key = TRY(key_for(TRY(record_at(slides, session->second, crypt_session)), job.context));
    TRY(decrypt_objects(slides, directory, session->second, key, budget));
    std::vector<NamedStream> streams;
    if (file.child(CompoundFile::root, pictures_name)) {
        pictures = TRY(read(file, pictures_name));
        TRY(Pictures(pictures, key).decrypt(budget));
        streams.push_back({pictures_name, pictures});
    }
    streams.push_back({user_name, user});
    streams.push_back({slides_name, slides});
    return write_compound_file(streams);
}

} // namespace sekisho::legacy
