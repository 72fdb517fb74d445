#include "sanitizer/formats/archive/archive.h"

#include <algorithm>
#include <array>
#include <new>

#include "base/stream/spool.h"
#include "sanitizer/formats/archive/members.h"
#include "sanitizer/password/forms.h"

namespace sekisho::archive {

namespace {

using Kind = ZipEntry::Kind;

struct Member {
    const ZipEntry* entry = nullptr;
    std::uint32_t number = 0; // in the original, from 1
    CleanPath path;
};

class Rebuild {
public:
    Rebuild(Job& job, const ZipReader& reader)
        : m_context(job.context), m_reader(reader), m_writer(m_context, job.out) {}

    Result<Type> run() {
        TRY(plan());
        for (const Member& member : m_members) {
            TRY(m_context.budget().check_time());
            const auto entered = m_context.enter(Place::member, member.number);
            TRY(member.path.file.empty() ? folder(member) : file(member));
        }
        TRY(m_writer.finish());
        return Type::zip;
    }

private:
    // Decides on every name before any content is read.
    Result<> plan();
    Result<> plan_one(const ZipEntry& entry, std::uint32_t number, std::string_view name);
    Result<> folder(const Member& member);
    Result<> file(const Member& member);

    Context& m_context;
    const ZipReader& m_reader;
    MemberWriter m_writer;
    std::vector<Member> m_members;
};

Result<> Rebuild::plan() {
    const ZipReader::Quirks& quirks = m_reader.quirks();
    if (quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps)
        m_context.found(Finding::zip_hidden_data, Action::removed);
    if (!m_context.parts().empty()) m_context.found(Finding::archive_joined, Action::converted);
    const auto& entries = m_reader.entries();
    if (std::ranges::any_of(entries, &ZipEntry::encrypted)) {
        if (m_context.passwords().empty()) return refuse(Reason::input_encrypted);
        m_context.found(Finding::archive_decrypted, Action::converted);
    }
    bool converted = false;
    std::vector<StoredName> stored;
    stored.reserve(entries.size());
    for (const ZipEntry& entry : entries) stored.push_back({entry.raw_name, entry.name_is_utf8, entry.unicode_name});
    const std::vector<std::string> names = decode_names(stored, converted);
    if (converted) m_context.found(Finding::zip_name_charset, Action::converted);
    for (std::size_t i = 0; i < entries.size(); ++i)
        TRY(plan_one(entries[i], static_cast<std::uint32_t>(i + 1), names[i]));
    for (const Member& member : m_members) m_writer.reserve(member.path);
    return {};
}

Result<> Rebuild::plan_one(const ZipEntry& entry, std::uint32_t number, std::string_view name) {
    if (entry.kind == Kind::symlink || entry.kind == Kind::device) {
        m_context.found(Finding::zip_link, Action::removed, Place::member, number);
        return {};
    }
    Member member{&entry, number, TRY(clean_path(name, entry.kind == Kind::directory))};
    if (member.path.litter) {
        m_context.found(Finding::zip_litter, Action::removed, Place::member, number);
        return {};
    }
    if (member.path.changed) m_context.found(Finding::zip_name, Action::rewritten, Place::member, number);
    m_members.push_back(std::move(member));
    return {};
}

Result<> Rebuild::folder(const Member& member) {
    if (member.entry->unpacked != 0) m_context.found(Finding::zip_hidden_data, Action::removed);
    return m_writer.folder(member.path);
}

Result<> Rebuild::file(const Member& member) {
    // A worker may write no file, not even one in memory, that is larger than an output.
    Spool unpacked(std::min(m_context.limits().bytes_unpacked, m_context.limits().bytes_out));
    TRY(m_reader.read_to(*member.entry, unpacked));
    const Source* content = TRY(unpacked.finish());
    Spool sanitised(m_context.limits().bytes_out);
    const auto type = m_context.sanitize_nested(*content, sanitised, member.path.file);
    if (type) return m_writer.file(member.path, *type, *TRY(sanitised.finish()));
    if (concerns_all(type.error())) return std::unexpected(type.error());
    return m_writer.refused(member.path, type.error());
}

} // namespace

Result<Type> zip(Job& job) try {
    ZipReader reader = TRY(ZipReader::open(job.in, job.context.budget(), job.context.parts()));
    static constexpr auto forms = std::to_array({PasswordForm::given, PasswordForm::cp932});
    reader.use_passwords(password_bytes(job.context.passwords(), forms));
    return Rebuild(job, reader).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::archive
