// What a document refers to: pictures are sanitised by their own rules, documents within it by these.
#include "sanitizer/formats/odf/rebuilder.h"
#include "sanitizer/formats/ooxml/metafiles.h"
#include "sanitizer/formats/ooxml/placeholder.h"

namespace sekisho::odf {

namespace {

constexpr std::string_view replacements = "ObjectReplacements/";

// A verdict on the whole file, not on the one thing inside.
bool is_final(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.");
}

// Drawing commands of StarOffice, which stand for an object.
bool is_metafile(View content) {
    return ooxml::is_metafile(content) || starts_with(content, "VCLMTF");
}

bool is_shown(Type type) {
    return type == Type::png || type == Type::jpeg || type == Type::gif || type == Type::tiff || type == Type::svg;
}

} // namespace

// Objects first: whether a picture is missed depends on them.
Result<> Rebuilder::deliver_references() {
    for (const Reference& reference : m_wanted)
        if (reference.object) TRY(deliver_object(reference));
    for (const Reference& reference : m_wanted)
        if (!reference.object) TRY(deliver_picture(reference));
    return {};
}

Result<> Rebuilder::deliver_object(const Reference& reference) {
    std::string& written = m_references.objects[reference.address];
    const auto member = m_package ? member_of(m_source, reference.address) : std::nullopt;
    if (!written.empty() || !member) {
        if (!member) m_context.found(Finding::odf_embedding, Action::removed);
        return {};
    }
    const std::string name = "Object " + std::to_string(++m_object_count);
    const auto entered = m_context.enter(Place::part, m_object_count);
    m_writer.hold();
    Rebuilder inside(m_job, m_package, m_writer, *member + "/", m_folder + name + "/");
    if (const auto done = inside.run_inside(m_depth + 1, m_version); !done) {
        m_writer.give_up();
        --m_object_count; // no gap: rebuilding it again would close it
        if (is_final(done.error())) return std::unexpected(done.error());
        if (const ZipEntry* entry = m_package->find(*member)) m_package->account(*entry);
        m_context.found(Finding::odf_embedding, Action::removed);
        return {};
    }
    m_objects.insert(*member);
    written = "./" + name;
    return m_writer.let_go();
}

Result<> Rebuilder::deliver_picture(const Reference& reference) {
    std::string& written = m_references.pictures[reference.address];
    const auto member = m_package ? member_of(m_source, reference.address) : std::nullopt;
    const ZipEntry* entry = member ? m_package->find(*member) : nullptr;
    if (!entry) {
        m_context.found(member ? Finding::odf_dangling : Finding::odf_external_image, Action::removed);
        if (reference.in_text) written = TRY(placeholder());
        return {};
    }
    m_package->account(*entry);
    if (const auto known = m_pictures.find(*member); known != m_pictures.end()) {
        written = known->second;
        return {};
    }
    const Bytes content = TRY(m_package->zip().read(*entry));
    // An object that stays is drawn anew by whoever opens it: better no picture of it than a grey one.
    const std::size_t at = m_source.size();
    const bool spare = member->compare(at, replacements.size(), replacements) == 0 &&
                       m_objects.contains(m_source + member->substr(at + replacements.size()));
    if (spare && starts_with(content, "VCLMTF")) {
        m_context.found(Finding::odf_metafile, Action::removed);
        return {};
    }
    written = TRY(write_picture(content));
    m_pictures.emplace(*member, written);
    return {};
}

Result<std::string> Rebuilder::write_picture(View content) {
    const auto entered = m_context.enter(Place::picture, ++m_seen_pictures);
    const MemorySource source(content);
    MemorySink clean(m_context.limits().bytes_in_memory);
    const auto type = m_context.sanitize_nested(source, clean, "");
    if (!type && is_final(type.error())) return std::unexpected(type.error());
    if (!type || !is_shown(*type)) {
        m_context.found(is_metafile(content) ? Finding::odf_metafile : Finding::odf_picture_replaced, Action::replaced);
        return placeholder();
    }
    if (ooxml::is_windows_metafile(content)) m_context.found(Finding::odf_metafile, Action::converted);
    const TypeRow& row = row_of(*type);
    const std::string name = "Pictures/picture" + std::to_string(++m_picture_count) + "." + std::string(row.extension);
    TRY(m_writer.add(m_folder + name, row.media, clean.bytes()));
    return name;
}

Result<std::string> Rebuilder::placeholder() {
    if (!m_placeholder.empty()) return m_placeholder;
    const std::string name = "Pictures/picture" + std::to_string(++m_picture_count) + ".png";
    TRY(m_writer.add(m_folder + name, row_of(Type::png).media, ooxml::placeholder_png));
    return m_placeholder = name;
}

} // namespace sekisho::odf
