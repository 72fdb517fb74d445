// What is not XML: pictures are sanitised by their own rules, embedded documents by these.
#include "sanitizer/formats/ooxml/metafiles.h"
#include "sanitizer/formats/ooxml/placeholder.h"
#include "sanitizer/formats/ooxml/rebuilder.h"

namespace sekisho::ooxml {

namespace {

// A verdict on the whole file, not on the one thing inside.
bool is_final(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.");
}

} // namespace

Result<> Rebuilder::write_picture(std::size_t index) {
    if (!m_parts[index].name.empty()) return {};
    const auto entered = m_context.enter(Place::picture, ++m_numbers[Kind::hyperlink]);
    const Bytes content = TRY(m_package.zip().read(*m_parts[index].entry));
    const MemorySource source(content);
    MemorySink clean(m_context.limits().bytes_in_memory);
    const auto type = m_context.sanitize_nested(source, clean, "");
    if (!type && is_final(type.error())) return std::unexpected(type.error());
    // What every Office program shows. A drawing (SVG) stands beside a picture of it, which stays.
    const bool shown = type && (*type == Type::png || *type == Type::jpeg || *type == Type::gif || *type == Type::tiff);
    if (shown) {
        if (is_windows_metafile(content)) m_context.found(Finding::ooxml_metafile, Action::converted);
        const std::string extension(row_of(*type).extension);
        m_parts[index].name = next_name(Kind::picture, extension);
        m_extensions.insert(extension);
        return m_zip.add(m_parts[index].name, clean.bytes(), ZipWriter::Pack::store);
    }
    m_context.found(is_metafile(content) ? Finding::ooxml_metafile : Finding::ooxml_picture_replaced, Action::replaced);
    m_parts[index].name = m_parts[TRY(placeholder())].name;
    return {};
}

Result<std::size_t> Rebuilder::placeholder() {
    if (m_placeholder != no_part) return m_placeholder;
    Part part;
    part.kind = Kind::picture;
    part.name = next_name(Kind::picture, "png");
    m_extensions.insert("png");
    TRY(m_zip.add(part.name, placeholder_png, ZipWriter::Pack::store));
    m_parts.push_back(std::move(part));
    return m_placeholder = m_parts.size() - 1;
}

Result<std::size_t> Rebuilder::take_package(const ZipEntry& entry, const std::string& source) {
    const Bytes content = TRY(m_package.zip().read(entry));
    const MemorySource in(content);
    MemorySink clean(m_context.limits().bytes_in_memory);
    const auto type = m_context.sanitize_nested(in, clean, "");
    if (!type && is_final(type.error())) return std::unexpected(type.error());
    if (!type || (*type != Type::docx && *type != Type::xlsx && *type != Type::pptx)) {
        m_context.found(Finding::ooxml_embedded_office, Action::removed);
        return no_part;
    }
    m_parts.push_back({Kind::package, &entry, source, {}, clean.take(), *type});
    return m_parts.size() - 1;
}

Result<> Rebuilder::write_package(std::size_t index) {
    Part& part = m_parts[index];
    if (!part.name.empty()) return {};
    const std::string extension(row_of(part.type).extension);
    part.name = next_name(Kind::package, extension);
    m_extensions.insert(extension);
    const Bytes content = std::exchange(part.content, {});
    return m_zip.add(part.name, content, ZipWriter::Pack::store);
}

} // namespace sekisho::ooxml
