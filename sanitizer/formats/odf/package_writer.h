// The package as it is delivered: the media type first, the manifest last, written from what was added.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::odf {

class PackageWriter {
public:
    PackageWriter(Sink& out, std::uint64_t bytes_in_memory) : m_zip(out), m_bytes_in_memory(bytes_in_memory) {}

    // `version`: of OpenDocument, as the documents in it say.
    Result<> begin(std::string_view media_type, std::string_view version);
    Result<> add(const std::string& name, std::string_view media_type, View content);
    // Everything that is written to the Sink until end_member().
    Result<Sink*> begin_member(const std::string& name, std::string_view media_type);
    Result<> end_member();
    // A document within the document.
    void add_folder(const std::string& name, std::string_view media_type);
    Result<> finish();

    // From hold() on, members are kept in memory until they are let go or given up. One within another: the inner one
    // lets go into the outer one.
    void hold() { m_holds.push_back(m_held.size()); }
    Result<> let_go();
    void give_up();

private:
    struct Entry {
        std::string name;
        std::string media_type;
    };
    struct Held {
        Entry entry;
        std::optional<Bytes> content; // none: a folder
    };
    Result<> write(const Held& held);

    ZipWriter m_zip;
    std::uint64_t m_bytes_in_memory;
    std::string m_media_type, m_version;
    std::vector<Entry> m_entries;
    std::vector<Held> m_held;
    std::vector<std::size_t> m_holds; // where in m_held each begins
    std::optional<MemorySink> m_member;
    Entry m_member_entry;
};

} // namespace sekisho::odf
