// The archive that is delivered, member by member, whatever kind it was made from.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/archive/names.h"

namespace sekisho::archive {

class MemberWriter {
public:
    MemberWriter(Context& context, Sink& out) : m_context(context), m_writer(out) {}

    // Before the first member: no file gets the name of a folder.
    void reserve(const CleanPath& path) { m_names.add_folders(path.folders); }
    Result<> folder(const CleanPath& path);
    // A member that was sanitised and is `type` now.
    Result<> file(const CleanPath& path, Type type, const Source& content);
    // A note in the place of a member that may not pass.
    Result<> refused(const CleanPath& path, const Error& error);
    // Refuses Reason::type_empty if nothing was written.
    Result<> finish();

private:
    Result<> put(const std::string& name, const Source& content, ZipWriter::Pack pack);
    std::string final_name(const CleanPath& path, const std::string& file);

    Context& m_context;
    ZipWriter m_writer;
    UniqueNames m_names;
    std::size_t m_written = 0;
};

// What ran into a limit, failed, or holds itself says nothing about one member: the whole archive does not pass.
bool concerns_all(const Error& error);

} // namespace sekisho::archive
