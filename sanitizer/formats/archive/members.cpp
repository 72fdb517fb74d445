#include "sanitizer/formats/archive/members.h"

#include "sanitizer/formats/archive/note.h"
#include "sanitizer/name/name.h"

namespace sekisho::archive {

namespace {

// What our writers compress themselves would only cost time.
ZipWriter::Pack pack_for(Type type) {
    if (row_of(type).family == Family::text) return ZipWriter::Pack::normal;
    return type == Type::pdf || row_of(type).family == Family::mail ? ZipWriter::Pack::fast : ZipWriter::Pack::store;
}

} // namespace

bool concerns_all(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.") ||
           reason_of(error) == Reason::archive_repeats;
}

Result<> MemberWriter::folder(const CleanPath& path) {
    if (path.folders.empty() || !m_names.take_folder(path.folders)) return {};
    ++m_written;
    return m_writer.add_directory(path.folders);
}

std::string MemberWriter::final_name(const CleanPath& path, const std::string& file) {
    bool changed = false;
    std::string name = m_names.take(path.folders, file, changed);
    if (changed) m_context.found(Finding::zip_duplicate, Action::rewritten);
    return path.folders + name;
}

Result<> MemberWriter::file(const CleanPath& path, Type type, const Source& content) {
    const std::string named = name_for_type(path.file, type);
    const bool claimed = path.file.find('.') != std::string::npos;
    if (claimed && named != path.file) m_context.found(Finding::zip_extension, Action::rewritten);
    return put(final_name(path, named), content, pack_for(type));
}

Result<> MemberWriter::refused(const CleanPath& path, const Error& error) {
    m_context.found(Finding::zip_member_refused, Action::replaced);
    const std::string note = refusal_note(path.file, error);
    const std::string name = final_name(path, cut_file_name(path.file, 240) + ".blocked.txt");
    return put(name, MemorySource(as_view(note)), ZipWriter::Pack::normal);
}

Result<> MemberWriter::finish() {
    if (m_written == 0) return refuse(Reason::type_empty);
    return m_writer.finish();
}

Result<> MemberWriter::put(const std::string& name, const Source& content, ZipWriter::Pack pack) {
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

} // namespace sekisho::archive
