#include "sanitizer/formats/archive/archive.h"

#include <algorithm>
#include <new>

#include "base/stream/spool.h"
#include "sanitizer/formats/archive/names.h"
#include "sanitizer/formats/archive/note.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/name/name.h"

namespace sekisho::archive {

namespace {

using Kind = ZipEntry::Kind;

struct Member {
    const ZipEntry* entry = nullptr;
    std::uint32_t number = 0; // in the original, from 1
    CleanPath path;
};

// What our writers compress themselves would only cost time.
ZipWriter::Pack pack_for(Type type) {
    if (type == Type::text || type == Type::csv) return ZipWriter::Pack::normal;
    return type == Type::pdf ? ZipWriter::Pack::fast : ZipWriter::Pack::store;
}

bool is_limit(const Error& error) {
    return error.code.starts_with("limit.");
}

class Rebuild {
public:
    Rebuild(Job& job, const ZipReader& reader) : m_context(job.context), m_reader(reader), m_writer(job.out) {}

    Result<Type> run() {
        TRY(plan());
        for (const Member& member : m_members) {
            TRY(m_context.budget().check_time());
            const auto entered = m_context.enter(Place::member, member.number);
            TRY(member.path.file.empty() ? folder(member) : file(member));
        }
        if (m_written == 0) return refuse(Reason::type_empty);
        TRY(m_writer.finish());
        return Type::zip;
    }

private:
    // Decides on every name before any content is read.
    Result<> plan();
    Result<> plan_one(const ZipEntry& entry, std::uint32_t number, std::string_view name);
    Result<> folder(const Member& member);
    Result<> file(const Member& member);
    Result<> replace(const Member& member, const Error& error);
    Result<> put(const std::string& name, const Source& content, ZipWriter::Pack pack);
    std::string final_name(const Member& member, const std::string& file);

    Context& m_context;
    const ZipReader& m_reader;
    ZipWriter m_writer;
    std::vector<Member> m_members;
    UniqueNames m_names;
    std::size_t m_written = 0;
};

Result<> Rebuild::plan() {
    const ZipReader::Quirks& quirks = m_reader.quirks();
    if (quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps)
        m_context.found(Finding::zip_hidden_data, Action::removed);
    const auto& entries = m_reader.entries();
    if (std::ranges::any_of(entries, &ZipEntry::encrypted)) return refuse(Reason::input_encrypted);
    bool converted = false;
    const std::vector<std::string> names = decode_names(entries, converted);
    if (converted) m_context.found(Finding::zip_name_charset, Action::converted);
    for (std::size_t i = 0; i < entries.size(); ++i)
        TRY(plan_one(entries[i], static_cast<std::uint32_t>(i + 1), names[i]));
    for (const Member& member : m_members) m_names.add_folders(member.path.folders);
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
    if (member.path.folders.empty() || !m_names.take_folder(member.path.folders)) return {};
    ++m_written;
    return m_writer.add_directory(member.path.folders);
}

std::string Rebuild::final_name(const Member& member, const std::string& file) {
    bool changed = false;
    std::string name = m_names.take(member.path.folders, file, changed);
    if (changed) m_context.found(Finding::zip_duplicate, Action::rewritten);
    return member.path.folders + name;
}

Result<> Rebuild::file(const Member& member) {
    Spool unpacked(m_context.limits().bytes_unpacked);
    TRY(m_reader.read_to(*member.entry, unpacked));
    const Source* content = TRY(unpacked.finish());
    Spool sanitised(m_context.limits().bytes_out);
    const auto type = m_context.sanitize_nested(*content, sanitised, member.path.file);
    if (!type) {
        // What ran into a limit or failed says nothing about the other members; the archive does not pass either way.
        if (is_limit(type.error()) || type.error().kind == ErrorKind::fail) return std::unexpected(type.error());
        return replace(member, type.error());
    }
    const std::string named = name_for_type(member.path.file, *type);
    const bool claimed = member.path.file.find('.') != std::string::npos;
    if (claimed && named != member.path.file) m_context.found(Finding::zip_extension, Action::rewritten);
    return put(final_name(member, named), *TRY(sanitised.finish()), pack_for(*type));
}

Result<> Rebuild::replace(const Member& member, const Error& error) {
    m_context.found(Finding::zip_member_refused, Action::replaced);
    const std::string note = refusal_note(member.path.file, error);
    const std::string name = final_name(member, cut_file_name(member.path.file, 240) + ".blocked.txt");
    return put(name, MemorySource(as_view(note)), ZipWriter::Pack::normal);
}

Result<> Rebuild::put(const std::string& name, const Source& content, ZipWriter::Pack pack) {
    ++m_written;
    if (content.size() <= m_context.limits().bytes_in_memory)
        return m_writer.add(name, TRY(content.whole(content.size())), pack);
    Sink* sink = TRY(m_writer.begin_member(name, ZipWriter::Pack::fast));
    Bytes piece(256 * 1024);
    for (std::uint64_t at = 0; at < content.size();) {
        TRY(m_context.budget().check_time());
        const std::size_t count = TRY(content.read_at(at, piece));
        if (count == 0) return refuse(Reason::internal);
        TRY(sink->write(View(piece).first(count)));
        at += count;
    }
    return m_writer.end_member();
}

} // namespace

Result<Type> zip(Job& job) try {
    const ZipReader reader = TRY(ZipReader::open(job.in, job.context.budget()));
    return Rebuild(job, reader).run();
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::archive
