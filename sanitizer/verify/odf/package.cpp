#include "sanitizer/verify/odf/package.h"

#include "base/stream/spool.h"
#include "sanitizer/verify/archive/name.h"
#include "sanitizer/verify/odf/values.h"

namespace sekisho::verify {

using odf_names::Words;

namespace {

constexpr std::string_view family = "application/vnd.oasis.opendocument.", manifest_name = "META-INF/manifest.xml";
constexpr std::uint64_t ratio_free = 16ULL << 20, largest_manifest = 64ULL << 20;
constexpr std::size_t most_members = 200'000;

std::string_view kind_of(Type type) {
    switch (type) {
    case Type::odt:
        return "text";
    case Type::ods:
        return "spreadsheet";
    case Type::odp:
        return "presentation";
    case Type::odg:
        return "graphics";
    case Type::odf:
        return "formula";
    default:
        return "";
    }
}

// What is in the body of a document of that kind.
std::string_view body_of(std::string_view kind) {
    return kind == "graphics" ? "drawing" : kind == "formula" ? "" : kind;
}

bool is_count(std::string_view text) {
    return !text.empty() && text.size() <= 6 && text.front() != '0' &&
           text.find_first_not_of("0123456789") == text.npos;
}

// "Object 1/Object 2/" of "Object 1/Object 2/content.xml".
std::string_view folder_of(std::string_view name) {
    constexpr std::string_view object = "Object ";
    std::size_t at = 0;
    while (name.substr(at).starts_with(object)) {
        const std::size_t slash = name.find('/', at);
        if (slash == name.npos || !is_count(name.substr(at + object.size(), slash - at - object.size()))) break;
        at = slash + 1;
    }
    return name.substr(0, at);
}

bool is_picture(std::string_view name) {
    constexpr std::string_view start = "Pictures/picture";
    if (!name.starts_with(start)) return false;
    const std::size_t dot = name.rfind('.');
    return dot != name.npos && is_count(name.substr(start.size(), dot - start.size())) &&
           odf_word_in("png jpg gif tif svg", name.substr(dot + 1));
}

std::string_view media_type_of(std::string_view name) {
    if (name.ends_with(".xml")) return "text/xml";
    if (name.ends_with(".png")) return "image/png";
    if (name.ends_with(".jpg")) return "image/jpeg";
    if (name.ends_with(".gif")) return "image/gif";
    if (name.ends_with(".tif")) return "image/tiff";
    return "image/svg+xml";
}

class Manifest final : public OdfHandler {
public:
    std::map<std::string, std::string, std::less<>> entries;
    std::string version; // everywhere the same

    Result<> start(Words words, std::string_view name, Attributes attributes) override {
        const std::string_view wanted = m_depth == 0 ? "manifest" : "file-entry";
        if (words != Words::manifest || name != wanted || m_depth > 1) return refuse(Reason::verify_odf_manifest);
        std::string path, media_type;
        for (const OdfAttribute& one : attributes) {
            if (one.words != Words::manifest) return refuse(Reason::verify_odf_manifest);
            if (one.name == "full-path")
                path = one.value;
            else if (one.name == "media-type")
                media_type = one.value;
            else if (one.name != "version" || !take_version(one.value))
                return refuse(Reason::verify_odf_manifest);
        }
        const bool fits = m_depth == 0 || (entries.size() < most_members && entries.emplace(path, media_type).second);
        ++m_depth;
        return fits ? Result<>() : refuse(Reason::verify_odf_manifest);
    }
    Result<> end() override {
        --m_depth;
        return {};
    }
    Result<> text(std::string_view text) override {
        return text.empty() ? Result<>() : refuse(Reason::verify_odf_manifest);
    }

private:
    bool take_version(const std::string& value) {
        if (version.empty()) version = value;
        return version == value && odf_word_in("1.2 1.3 1.4", value);
    }

    std::size_t m_depth = 0;
};

Error with_member(Error error, const std::string& member) {
    error.where = error.where.empty() ? member : member + ": " + error.where;
    return error;
}

} // namespace

Result<OdfPackage> OdfPackage::open(Type type, const Source& output, const Limits& limits) {
    if (limits.depth == 0) return refuse(Reason::limit_depth);
    if (output.size() > limits.bytes_out) return refuse(Reason::limit_bytes);
    auto members = TRY(zip_shape(output, limits));
    OdfPackage package(type, limits, TRY(LibZip::open(output)));
    --package.m_left.depth;
    package.m_members = std::move(members);
    if (package.m_zip.count() != package.m_members.size() || package.m_zip.has_comment())
        return refuse(Reason::verify_zip_shape);
    for (std::uint64_t i = 0; i < package.m_members.size(); ++i) TRY(package.admit(output, i));
    return package;
}

Result<> OdfPackage::admit(const Source& output, std::uint64_t index) {
    const ZipMember& member = m_members[index];
    const LibZip::Entry entry = TRY(m_zip.entry(index));
    if (entry.name != member.name || entry.size != member.unpacked || entry.method != member.method)
        return refuse(Reason::verify_zip_shape);
    if (entry.encrypted || entry.comment || entry.extra_fields) return refuse(Reason::verify_zip_field);
    if (member.unpacked > m_left.bytes_unpacked) return refuse(Reason::limit_bytes);
    m_left.bytes_unpacked -= member.unpacked;
    if (member.unpacked > ratio_free && member.unpacked / m_left.ratio > member.packed)
        return refuse(Reason::limit_ratio);
    const std::string_view folder = folder_of(member.name);
    const std::string_view name = std::string_view(member.name).substr(folder.size());
    const bool own = folder.empty() && (name == "mimetype" || name == manifest_name || name == "meta.xml");
    if (!own && !odf_word_in("content.xml styles.xml settings.xml", name) && !is_picture(name))
        return refuse(Reason::verify_odf_member, member.name);
    if (!m_by_name.emplace(member.name, index).second) return refuse(Reason::verify_odf_member, member.name);
    return check_deflate(output, member);
}

Result<Bytes> OdfPackage::read(const std::string& member) const {
    const auto found = m_by_name.find(member);
    if (found == m_by_name.end()) return refuse(Reason::verify_odf_member, member);
    if (m_members[found->second].unpacked > largest_manifest) return refuse(Reason::limit_bytes);
    MemorySink content(largest_manifest);
    TRY(m_zip.read(found->second, content));
    return content.take();
}

// Readers that know nothing of ZIP look for the kind at a fixed place (part 2, 3.3).
Result<> OdfPackage::check_kind() const {
    const bool first = !m_members.empty() && m_members[0].name == "mimetype" && m_members[0].method == 0;
    if (!first || m_members.back().name != manifest_name) return refuse(Reason::verify_odf_member);
    const Bytes named = TRY(read("mimetype"));
    if (as_text(named) != std::string(family) + std::string(kind_of(m_type)))
        return refuse(Reason::verify_odf_manifest);
    return {};
}

Result<> OdfPackage::check_manifest() {
    Manifest manifest;
    OdfXml reader(manifest);
    TRY(reader.write(TRY(read(std::string(manifest_name)))));
    TRY(reader.finish());
    for (auto& [name, media_type] : manifest.entries) {
        if (name == "/") {
            if (media_type != std::string(family) + std::string(kind_of(m_type)))
                return refuse(Reason::verify_odf_manifest);
        } else if (name.ends_with('/')) {
            if (folder_of(name) != name || !odf_media_type_is_known(media_type))
                return refuse(Reason::verify_odf_manifest, name);
            m_folders.emplace(name, media_type);
        } else if (!m_by_name.contains(name) || media_type != media_type_of(name)) {
            return refuse(Reason::verify_odf_manifest, name);
        }
    }
    // All but the media type and the manifest itself.
    const std::size_t listed = manifest.entries.size() - m_folders.size();
    const bool whole = manifest.entries.contains("/") && !manifest.entries.contains("mimetype") &&
                       !manifest.entries.contains(manifest_name) && listed + 1 == m_members.size();
    m_version = manifest.version;
    m_reached = {"mimetype", std::string(manifest_name)};
    return whole ? Result<>() : refuse(Reason::verify_odf_manifest);
}

Result<> OdfPackage::check_part(const std::string& member, OdfPart part, OdfFound& found) {
    const auto at = m_by_name.find(member);
    if (at == m_by_name.end()) return {};
    m_reached.insert(member);
    OdfContent content(part, found);
    OdfXml reader(content);
    auto done = m_zip.read(at->second, reader);
    if (done) done = reader.finish();
    if (!done) return std::unexpected(with_member(std::move(done).error(), member));
    return {};
}

Result<> OdfPackage::check_document(const std::string& folder, std::vector<std::string>& open) {
    const std::string kind = folder.empty() ? std::string(kind_of(m_type)) : m_folders[folder].substr(family.size());
    const OdfPart main = kind == "formula" ? OdfPart::formula : OdfPart::content;
    OdfFound found, beside; // settings and meta data refer to nothing
    if (!m_by_name.contains(folder + "content.xml")) return refuse(Reason::verify_odf_member, folder);
    TRY(check_part(folder + "content.xml", main, found));
    TRY(check_part(folder + "styles.xml", OdfPart::styles, found));
    TRY(check_part(folder + "settings.xml", OdfPart::settings, beside));
    if (folder.empty()) TRY(check_part("meta.xml", OdfPart::meta, beside));
    const bool old = m_version == "1.2" && odf_word_in("1.0 1.1", found.version);
    if (!found.version.empty() && found.version != m_version && !old)
        return refuse(Reason::verify_odf_manifest, folder);
    if (found.body != body_of(kind)) return refuse(Reason::verify_odf_manifest, folder);
    for (const std::string& picture : found.pictures) {
        if (!is_picture(picture) || !m_by_name.contains(folder + picture))
            return refuse(Reason::verify_odf_reference, folder);
        m_reached.insert(folder + picture);
    }
    for (const std::string& object : found.objects) {
        if (!m_folders.contains(folder + object)) return refuse(Reason::verify_odf_reference, folder);
        if (m_reached.insert(folder + object).second) open.push_back(folder + object);
    }
    return {};
}

Result<> OdfPackage::check_documents() {
    std::vector<std::string> open = {""};
    while (!open.empty()) {
        const std::string folder = std::move(open.back());
        open.pop_back();
        TRY(check_document(folder, open));
    }
    for (const auto& [name, index] : m_by_name)
        if (!m_reached.contains(name)) return refuse(Reason::verify_odf_orphan, name);
    for (const auto& [name, media_type] : m_folders)
        if (!m_reached.contains(name)) return refuse(Reason::verify_odf_orphan, name);
    return {};
}

Result<> OdfPackage::check_pictures(VerifyEmbedded embedded) const {
    for (const auto& [name, index] : m_by_name) {
        if (!is_picture(std::string_view(name).substr(folder_of(name).size()))) continue;
        const auto type = promised_kind(name);
        if (!type) return refuse(Reason::verify_odf_member, name);
        Spool content(m_members[index].unpacked);
        TRY(m_zip.read(index, content));
        if (auto good = embedded(*type, *TRY(content.finish()), m_left); !good)
            return std::unexpected(with_member(std::move(good).error(), name));
    }
    return {};
}

} // namespace sekisho::verify
