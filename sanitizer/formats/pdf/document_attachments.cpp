// Files inside of the document (ISO 32000-1, 7.11.4): dropped, or each sanitised by its own rules and attached again.
#include <fmt/format.h>
#include <qpdf/QUtil.hh>

#include "sanitizer/formats/archive/members.h"
#include "sanitizer/formats/archive/note.h"
#include "sanitizer/formats/pdf/document.h"
#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/name/name.h"

namespace sekisho::pdf {

namespace {

constexpr std::size_t longest_stem = 200; // of a name that gets an ending for a note

std::string name_in(Handle specification) {
    for (const char* key : {"/UF", "/F"})
        if (Handle name = specification.getKey(key); name.isString()) return name.getUTF8Value();
    return {};
}

Handle content_of(Handle specification) {
    Handle files = specification.getKey("/EF");
    for (const char* key : {"/UF", "/F"})
        if (Handle file = files.isDictionary() ? files.getKey(key) : Handle::newNull(); file.isStream()) return file;
    return Handle::newNull();
}

} // namespace

bool Document::keeps_attachments() {
    return m_walk.context().options().keep_attachments && m_walk.context().level() == Level::rebuild;
}

// Remembers a file; its place in the order of discovery is its number in the report.
void Document::attach(Handle specification) {
    if (!keeps_attachments()) return m_walk.found(Finding::pdf_attachment);
    if (!specification.isDictionary()) return;
    const Handle content = content_of(specification);
    if (Handle(content).isNull()) return m_walk.found(Finding::pdf_attachment);
    if (m_attached.insert(Handle(content).getObjGen()).second)
        m_attachments.push_back({name_in(specification), content});
}

Result<> Document::collect_attachments() {
    if (!keeps_attachments()) return {};
    Handle names = m_catalog.getKey("/Names");
    if (names.isDictionary())
        TRY(collect_tree(names.getKey("/EmbeddedFiles"),
                         [&](const std::string&, const Handle& value) { attach(value); }));
    Handle associated = m_catalog.getKey("/AF");
    if (associated.isArray())
        for (const Handle& specification : associated.getArrayAsVector()) attach(specification);
    return {};
}

Result<Document::File> Document::sanitised(const Attachment& attachment) {
    bool changed = false;
    const std::string name = clean_file_name(attachment.name, changed);
    const Bytes content = TRY(m_walk.data(attachment.content));
    MemorySink out(m_walk.context().limits().bytes_in_memory);
    const auto type = m_walk.context().sanitize_nested(MemorySource(content), out, name);
    if (type) {
        m_walk.found(Finding::pdf_attachment, Action::kept);
        return File{name_for_type(name, *type), out.take()};
    }
    if (archive::concerns_all(type.error())) return std::unexpected(type.error());
    m_walk.found(Finding::pdf_attachment, Action::replaced);
    return File{cut_file_name(name, longest_stem) + ".blocked.txt",
                to_bytes(archive::refusal_note(name, type.error()))};
}

// "/EmbeddedFiles<<...>>", or nothing.
Result<std::string> Document::embedded_files() {
    std::string out;
    std::set<std::string> taken;
    for (std::size_t i = 0; i < m_attachments.size(); ++i) {
        const auto inside = m_walk.context().enter(Place::member, static_cast<std::uint32_t>(i + 1));
        TRY(m_walk.budget().take_members());
        auto file = sanitised(m_attachments[i]);
        if (!file && is_final(file.error())) return std::unexpected(file.error());
        if (!file) {
            m_walk.found(Finding::pdf_attachment); // cannot be unpacked
            continue;
        }
        if (!taken.insert(name_key(file->name)).second) {
            file->name = fmt::format("{} {}", i + 1, file->name);
            taken.insert(name_key(file->name));
        }
        const int number = m_walk.writer().reserve();
        TRY(m_walk.stream(number, "/Type/EmbeddedFile", file->content));
        std::string name;
        put_string(name, QUtil::utf8_to_utf16(file->name));
        // Sorted by number, so that the keys are in order.
        out += fmt::format("({:06})<</Type/Filespec/F{}/UF{}/EF<</F {} 0 R>>>>", i + 1, name, name, number);
    }
    return out.empty() ? out : "/EmbeddedFiles<</Names[" + out + "]>>";
}

} // namespace sekisho::pdf
