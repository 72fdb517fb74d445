#include "sanitizer/verify/ooxml/package.h"

#include <optional>
#include <set>

#include "base/stream/spool.h"
#include "sanitizer/verify/archive/name.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

constexpr std::string_view types_name = "[Content_Types].xml", root_relations = "_rels/.rels";
constexpr std::uint64_t ratio_free = 16ULL << 20;
constexpr std::uint64_t largest_plumbing = 16ULL << 20;

// "xl/workbook.xml" of "xl/_rels/workbook.xml.rels"; nothing if it is no such name.
std::optional<std::string> owner_of(std::string_view name) {
    constexpr std::string_view folder = "_rels/", end = ".rels";
    const std::size_t slash = name.rfind('/');
    if (slash == name.npos || !name.ends_with(end)) return std::nullopt;
    std::string_view path = name.substr(0, slash + 1);
    if (!path.ends_with(folder)) return std::nullopt;
    path.remove_suffix(folder.size());
    const std::string_view file = name.substr(slash + 1, name.size() - slash - 1 - end.size());
    return std::string(path) + std::string(file);
}

std::string relations_of(const std::string& part) {
    const std::size_t file = part.rfind('/') + 1; // 0 if there is no slash
    return part.substr(0, file) + "_rels/" + part.substr(file) + ".rels";
}

Error with_part(Error error, const std::string& part) {
    error.where = error.where.empty() ? part : part + ": " + error.where;
    return error;
}

} // namespace

Result<Package> Package::open(Type type, const Source& output, const Limits& limits) {
    const unsigned application = application_of(type);
    if (application == 0) return refuse(Reason::verify_unavailable);
    if (limits.depth == 0) return refuse(Reason::limit_depth);
    if (output.size() > limits.bytes_out) return refuse(Reason::limit_bytes);
    auto members = TRY(zip_shape(output, limits));
    Package package(type, application, limits, TRY(LibZip::open(output)));
    --package.m_left.depth;
    package.m_members = std::move(members);
    if (package.m_zip.count() != package.m_members.size() || package.m_zip.has_comment())
        return refuse(Reason::verify_zip_shape);
    for (std::uint64_t i = 0; i < package.m_members.size(); ++i) TRY(package.admit(output, i));
    std::set<std::string> names;
    for (const auto& [name, part] : package.m_parts)
        if (!names.insert(caseless(name)).second) return refuse(Reason::verify_ooxml_part);
    TRY(package.admit_relations());
    return package;
}

Result<> Package::admit(const Source& output, std::uint64_t index) {
    const ZipMember& member = m_members[index];
    const LibZip::Entry entry = TRY(m_zip.entry(index));
    if (entry.name != member.name || entry.size != member.unpacked || entry.method != member.method)
        return refuse(Reason::verify_zip_shape);
    if (entry.encrypted || entry.comment || entry.extra_fields) return refuse(Reason::verify_zip_field);
    if (member.unpacked > m_left.bytes_unpacked) return refuse(Reason::limit_bytes);
    m_left.bytes_unpacked -= member.unpacked;
    if (member.unpacked > ratio_free && member.unpacked / m_left.ratio > member.packed)
        return refuse(Reason::limit_ratio);
    const bool plumbing = member.name == types_name || owner_of(member.name);
    if (plumbing && member.unpacked > largest_plumbing) return refuse(Reason::limit_bytes);
    const PartRow* row = plumbing ? nullptr : part_row(m_application, member.name);
    if (!plumbing && !row) return refuse(Reason::verify_ooxml_part);
    if (!m_parts.emplace(member.name, Part{index, row, {}, {}, false}).second) return refuse(Reason::verify_ooxml_part);
    return check_deflate(output, member);
}

// Each relationship part belongs to a part that is XML, or to the package.
Result<> Package::admit_relations() {
    for (const auto& [name, part] : m_parts) {
        if (part.row || name == types_name || name == root_relations) continue;
        const auto owner = m_parts.find(*owner_of(name));
        if (owner == m_parts.end() || !owner->second.row || !owner->second.row->is_xml())
            return refuse(Reason::verify_ooxml_part);
    }
    return {};
}

Result<> Package::parse(std::uint64_t member, XmlHandler& handler) const {
    XmlReader reader(handler);
    TRY(m_zip.read(member, reader));
    return reader.finish();
}

Result<> Package::check_types() {
    const auto found = m_parts.find(types_name);
    if (found == m_parts.end()) return refuse(Reason::verify_ooxml_type);
    Plumbing list(Words::types, "Types", Reason::verify_ooxml_type, m_members.size() + 16);
    TRY(parse(found->second.member, list));
    std::map<std::string, std::string> by_extension, by_part;
    for (const Plumbing::Element& element : list.elements()) {
        const bool whole = element.name == "Override";
        const std::string* key = element.value(whole ? "PartName" : "Extension");
        const std::string* type = element.value("ContentType");
        if (!key || !type || element.attributes.size() != 2 || (!whole && element.name != "Default"))
            return refuse(Reason::verify_ooxml_type);
        if (!(whole ? by_part : by_extension).emplace(*key, *type).second) return refuse(Reason::verify_ooxml_type);
    }
    for (const auto& [name, part] : m_parts) {
        if (!part.row) continue;
        const std::string extension = name.substr(name.rfind('.') + 1);
        const auto said = part.row->is_xml() ? by_part.find("/" + name) : by_extension.find(extension);
        if (said == (part.row->is_xml() ? by_part : by_extension).end() || said->second != part.row->content_type)
            return std::unexpected(with_part(refuse(Reason::verify_ooxml_type).error(), name));
        if (part.row->is_xml()) by_part.erase(said);
    }
    constexpr std::string_view relations = "application/vnd.openxmlformats-package.relationships+xml";
    if (by_extension["rels"] != relations || !by_part.empty()) return refuse(Reason::verify_ooxml_type);
    for (const auto& [extension, type] : by_extension) {
        const bool plumbing = extension == "rels" || (extension == "xml" && type == "application/xml");
        if (!plumbing && content_type_of(extension) != type) return refuse(Reason::verify_ooxml_type);
    }
    return {};
}

Result<> Package::read_relation(const Plumbing::Element& element, const std::string& owner, Part& part) {
    const std::string* id = element.value("Id");
    const std::string* type = element.value("Type");
    const std::string* target = element.value("Target");
    const std::string* mode = element.value("TargetMode");
    if (element.name != "Relationship" || !id || !type || !target || element.attributes.size() != (mode ? 4U : 3U))
        return refuse(Reason::verify_ooxml_relation);
    if (id->empty() || id->size() > 64 || id->find_first_of(" \t\r\n\"'<>&") != std::string::npos)
        return refuse(Reason::verify_ooxml_relation);
    const unsigned where = owner.empty() ? in_package : m_application;
    if (mode) {
        if (*mode != "External" || !relation_leads_to(where, *type, PartKind::address))
            return refuse(Reason::verify_ooxml_relation);
        if (!address_is_allowed(*target)) return refuse(Reason::verify_ooxml_address);
        return part.relations.emplace(*id, PartKind::address).second ? Result<>()
                                                                     : refuse(Reason::verify_ooxml_relation);
    }
    const bool absolute = target->starts_with('/');
    if (!absolute && !owner.empty()) return refuse(Reason::verify_ooxml_target);
    const std::string name = absolute ? target->substr(1) : *target;
    const auto found = m_parts.find(name); // every name is on the list, so there is no ".." to resolve
    if (found == m_parts.end() || !found->second.row) return refuse(Reason::verify_ooxml_target);
    if (!relation_leads_to(where, *type, found->second.row->kind)) return refuse(Reason::verify_ooxml_relation);
    if (!part.relations.emplace(*id, found->second.row->kind).second) return refuse(Reason::verify_ooxml_relation);
    part.targets.push_back(name);
    return {};
}

Result<> Package::read_relations(const std::string& owner, Part& part) {
    const auto found = m_parts.find(relations_of(owner));
    if (found == m_parts.end()) return {};
    found->second.reached = true;
    constexpr std::size_t most = 200'000; // hyperlinks of one sheet
    Plumbing list(Words::relationships, "Relationships", Reason::verify_ooxml_relation, most);
    TRY(parse(found->second.member, list));
    for (const Plumbing::Element& element : list.elements()) TRY(read_relation(element, owner, part));
    return {};
}

Result<> Package::check_main(const Relations& relations) const {
    const PartKind main = m_type == Type::docx   ? PartKind::document
                          : m_type == Type::xlsx ? PartKind::workbook
                                                 : PartKind::presentation;
    std::size_t mains = 0, others = 0;
    for (const auto& [id, kind] : relations) ++(kind == main ? mains : others);
    return mains == 1 && others <= 1 ? Result<>() : refuse(Reason::verify_ooxml_relation);
}

Result<> Package::check_relations() {
    Part root;
    TRY(read_relations("", root));
    TRY(check_main(root.relations));
    m_parts.find(types_name)->second.reached = true;
    std::vector<std::string> open = std::move(root.targets);
    while (!open.empty()) {
        const std::string name = std::move(open.back());
        open.pop_back();
        Part& part = m_parts.find(name)->second;
        if (part.reached) continue;
        part.reached = true;
        if (auto read = read_relations(name, part); !read) return std::unexpected(with_part(read.error(), name));
        open.insert(open.end(), part.targets.begin(), part.targets.end());
    }
    for (const auto& [name, part] : m_parts)
        if (!part.reached) return refuse(Reason::verify_ooxml_orphan, name);
    return {};
}

Result<> Package::check_embedded(const Part& part, const std::string& name, VerifyEmbedded embedded) const {
    const auto type = promised_kind(name);
    if (!type) return refuse(Reason::verify_ooxml_part);
    const ZipMember& member = m_members[part.member];
    Spool content(member.unpacked);
    TRY(m_zip.read(part.member, content));
    return embedded(*type, *TRY(content.finish()), m_left);
}

Result<> Package::check_contents(VerifyEmbedded embedded) {
    for (const auto& [name, part] : m_parts) {
        if (!part.row) continue;
        Result<> done;
        if (part.row->is_xml()) {
            Content content(*part.row, part.relations);
            done = parse(part.member, content);
            if (done) done = content.finish();
        } else {
            done = check_embedded(part, name, embedded);
        }
        if (!done) return std::unexpected(with_part(std::move(done).error(), name));
    }
    return {};
}

} // namespace sekisho::verify
