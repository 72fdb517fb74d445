#include "sanitizer/formats/odf/package_writer.h"

#include "sanitizer/formats/odf/xml_output.h"

namespace sekisho::odf {

namespace {

// Pictures are packed already.
ZipWriter::Pack pack_of(std::string_view media_type) {
    const bool text = media_type == "text/xml" || media_type == "image/svg+xml";
    return text ? ZipWriter::Pack::fast : ZipWriter::Pack::store;
}

} // namespace

Result<> PackageWriter::begin(std::string_view media_type, std::string_view version) {
    m_media_type = media_type;
    // Packages name a version since 1.2.
    m_version = version < "1.2" ? "1.2" : version;
    return m_zip.add("mimetype", as_view(media_type), ZipWriter::Pack::store);
}

Result<> PackageWriter::add(const std::string& name, std::string_view media_type, View content) {
    Entry entry{name, std::string(media_type)};
    if (!m_holds.empty()) {
        m_held.push_back({std::move(entry), Bytes(content.begin(), content.end())});
        return {};
    }
    m_entries.push_back(std::move(entry));
    return m_zip.add(name, content, pack_of(media_type));
}

Result<Sink*> PackageWriter::begin_member(const std::string& name, std::string_view media_type) {
    if (!m_holds.empty()) {
        m_member_entry = {name, std::string(media_type)};
        return &m_member.emplace(m_bytes_in_memory);
    }
    m_entries.push_back({name, std::string(media_type)});
    return m_zip.begin_member(name, pack_of(media_type));
}

Result<> PackageWriter::end_member() {
    if (m_holds.empty()) return m_zip.end_member();
    m_held.push_back({std::move(m_member_entry), m_member->take()});
    m_member.reset();
    return {};
}

void PackageWriter::add_folder(const std::string& name, std::string_view media_type) {
    m_held.push_back({{name, std::string(media_type)}, std::nullopt});
}

Result<> PackageWriter::write(const Held& held) {
    m_entries.push_back(held.entry);
    return held.content ? m_zip.add(held.entry.name, *held.content, pack_of(held.entry.media_type)) : Result<>();
}

Result<> PackageWriter::let_go() {
    m_holds.pop_back();
    if (!m_holds.empty()) return {};
    for (const Held& held : m_held) TRY(write(held));
    m_held.clear();
    return {};
}

void PackageWriter::give_up() {
    m_held.resize(m_holds.back());
    m_holds.pop_back();
    m_member.reset();
}

Result<> PackageWriter::finish() {
    MemorySink manifest(m_bytes_in_memory);
    XmlOutput out(manifest);
    const auto entry = [&](std::string_view name, std::string_view media_type) {
        out.start(Ns::none, "manifest:file-entry");
        out.attribute(Ns::none, "manifest:full-path", name);
        if (name.ends_with('/')) out.attribute(Ns::none, "manifest:version", m_version);
        out.attribute(Ns::none, "manifest:media-type", media_type);
        out.end(Ns::none, "manifest:file-entry");
    };
    out.declaration();
    out.start(Ns::none, "manifest:manifest");
    out.attribute(Ns::none, "xmlns:manifest", row_of(Ns::manifest).uri);
    out.attribute(Ns::none, "manifest:version", m_version);
    entry("/", m_media_type);
    for (const Entry& one : m_entries) entry(one.name, one.media_type);
    out.end(Ns::none, "manifest:manifest");
    TRY(out.finish());
    TRY(m_zip.add("META-INF/manifest.xml", manifest.bytes(), ZipWriter::Pack::fast));
    return m_zip.finish();
}

} // namespace sekisho::odf
