#include "sanitizer/formats/odf/package.h"

#include <algorithm>

#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/odf/xml_parser.h"

namespace sekisho::odf {

namespace {

constexpr std::uint64_t largest_manifest = 32U << 20;

class ManifestReader final : public XmlEvents {
public:
    explicit ManifestReader(std::map<std::string, std::string, std::less<>>& media_types)
        : m_media_types(media_types) {}
    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override {
        if (ns != Ns::manifest) return Go::past;
        if (name == "encryption-data" || name == "encrypted-key") return refuse(Reason::input_encrypted);
        if (name == "file-entry")
            m_media_types.emplace(value_of(attributes, Ns::manifest, "full-path"),
                                  value_of(attributes, Ns::manifest, "media-type"));
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }

private:
    std::map<std::string, std::string, std::less<>>& m_media_types;
};

bool is_verdict(const Error& error) {
    return error.kind == ErrorKind::fail || error.code.starts_with("limit.") ||
           error.code == row_of(Reason::input_encrypted).code || error.code == row_of(Reason::odf_entity).code;
}

struct LostRow {
    std::string_view start;
    Finding finding;
};

// Members that no document refers to and that are not delivered, by how their names begin.
constexpr LostRow lost[] = {
    {"META-INF/manifest.xml", Finding::none}, // written anew
    {"META-INF/documentsignatures.xml", Finding::odf_signature},
    {"META-INF/macrosignatures.xml", Finding::odf_signature},
    {"META-INF/packagesignatures.xml", Finding::odf_signature},
    {"mimetype", Finding::none},
    {"manifest.rdf", Finding::odf_metadata},
    {"Basic/", Finding::odf_macro},
    {"Dialogs/", Finding::odf_macro},
    {"Scripts/", Finding::odf_macro},
    {"script/", Finding::odf_macro},
    {"Configurations", Finding::odf_interface},
    {"Thumbnails/", Finding::odf_opaque},
    {"layout-cache", Finding::odf_opaque},
    {"Fonts/", Finding::odf_font},
    {"Media/", Finding::odf_media},
    {"Versions/", Finding::odf_embedding},
    {"Object ", Finding::odf_embedding},
    {"ObjectReplacements/", Finding::odf_opaque},
    {"VersionList.xml", Finding::odf_metadata},
};

// The parts of a document itself, wherever the document stands.
bool is_part(std::string_view name) {
    const std::string_view file = name.substr(name.rfind('/') + 1);
    return file == "content.xml" || file == "styles.xml" || file == "meta.xml" || file == "settings.xml";
}

} // namespace

Result<Package> Package::open(const ZipReader& zip, Budget& budget) {
    Package package;
    package.m_zip = &zip;
    for (const ZipEntry& entry : zip.entries()) {
        if (entry.kind != ZipEntry::Kind::file) continue;
        if (entry.encrypted) return refuse(Reason::input_encrypted);
        std::string name = entry.raw_name;
        std::ranges::replace(name, '\\', '/');
        name.erase(0, std::min(name.find_first_not_of('/'), name.size()));
        if (("/" + name + "/").find("/../") != std::string::npos || name != entry.raw_name) package.m_odd = true;
        if (!package.m_members.emplace(std::move(name), &entry).second) package.m_odd = true;
    }
    if (auto read = package.read_manifest(budget); !read) {
        if (is_verdict(read.error())) return std::unexpected(read.error());
        package.m_odd = true;
    }
    const ZipReader::Quirks& quirks = zip.quirks();
    if (quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps) package.m_odd = true;
    return package;
}

Result<> Package::read_manifest(Budget& budget) {
    const ZipEntry* entry = find("META-INF/manifest.xml");
    if (!entry || entry->unpacked > largest_manifest) return refuse(Reason::input_damaged);
    ManifestReader reader(m_media_types);
    XmlParser parser(reader, budget);
    TRY(m_zip->read_to(*entry, parser));
    return parser.finish();
}

const ZipEntry* Package::find(std::string_view name) const {
    const auto found = m_members.find(name);
    return found == m_members.end() ? nullptr : found->second;
}

std::string Package::media_type(std::string_view name) const {
    const auto found = m_media_types.find(name);
    return found == m_media_types.end() ? std::string() : found->second;
}

const Kind* Package::kind_without_content() const {
    if (find("content.xml") || !find("styles.xml")) return nullptr;
    const Kind* kind = find_kind(media_type("/"));
    return kind && kind->type != Type::odf ? kind : nullptr;
}

bool Package::has_candidates() const {
    return std::ranges::any_of(m_members, [](const auto& member) {
        const std::string_view name = member.first;
        if (name.find('/') == name.npos && is_part(name)) return false;
        if (name.starts_with("Object")) return true;
        return std::ranges::none_of(lost, [&](const LostRow& row) { return name.starts_with(row.start); });
    });
}

void Package::report_rest(Context& context) const {
    for (const auto& [name, entry] : m_members) {
        if (m_accounted.contains(entry)) continue;
        const auto* row = std::ranges::find_if(lost, [&](const LostRow& one) { return name.starts_with(one.start); });
        const bool known = row != std::end(lost);
        // LibreOffice stores an empty file of key bindings in every document.
        if (entry->unpacked == 0 || (known && row->finding == Finding::none)) continue;
        context.found(known ? row->finding : Finding::odf_unknown_member, Action::removed);
    }
}

Type identify_by_manifest(const ZipReader& zip, Budget& budget) {
    const auto package = Package::open(zip, budget);
    if (!package || !package->find("content.xml")) return Type::unknown;
    return identify(package->media_type("/"));
}

} // namespace sekisho::odf
