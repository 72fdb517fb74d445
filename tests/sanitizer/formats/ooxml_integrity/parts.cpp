#include "tests/sanitizer/formats/ooxml_integrity/parts.h"

#include <zip.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace sekisho::tests {

namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string to_string(const xmlChar* text) {
    std::string result;
    for (; text && *text; ++text) result += static_cast<char>(*text);
    return result;
}

std::string last_step(const std::string& uri) {
    return uri.substr(uri.rfind('/') + 1);
}

std::string resolved(const std::string& source, const std::string& target) {
    if (target.starts_with('/')) return target.substr(1);
    std::string folder = source.substr(0, source.rfind('/') + 1), rest = target;
    while (rest.starts_with("../")) {
        rest.erase(0, 3);
        folder = folder.empty() ? "" : folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
    }
    return folder + rest;
}

bool is_rels(const std::string& name) {
    return name.ends_with(".rels");
}

std::string source_of(const std::string& rels) {
    const std::size_t folder = rels.rfind("_rels/");
    return rels.substr(0, folder) + rels.substr(folder + 6, rels.size() - folder - 11);
}

const Relations no_relations;

} // namespace

Parts::Parts(View package, Problems& problems) {
    read(package, problems);
    for (const auto& [name, content] : m_members) {
        if (!name.ends_with(".xml") && !is_rels(name) && !name.ends_with(".vml")) continue;
        xmlDoc* document = xmlReadMemory(content.data(), static_cast<int>(content.size()), nullptr, nullptr,
                                         XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
        problems.expect(document && xmlDocGetRootElement(document), "part is no XML", name);
        if (document) m_documents[name].reset(document);
    }
    read_types(problems);
    read_relations(problems);
}

void Parts::read(View package, Problems& problems) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(package.data(), package.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (!archive) return problems.add("no package", "");
    std::set<std::string> seen;
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t stat;
        const auto index = static_cast<zip_uint64_t>(i);
        if (zip_stat_index(archive, index, 0, &stat) != 0) continue;
        const std::string name = stat.name;
        if (name.ends_with('/')) continue;
        problems.expect(seen.insert(lower(name)).second, "two parts of one name", name);
        std::string content(stat.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, index, 0);
        const bool read = file && zip_fread(file, content.data(), stat.size) == static_cast<zip_int64_t>(stat.size);
        problems.expect(read, "part cannot be read", name);
        if (file) zip_fclose(file);
        m_members.emplace(name, std::move(content));
    }
    zip_discard(archive);
}

void Parts::read_types(Problems& problems) {
    const xmlNode* types = root("[Content_Types].xml");
    for (const xmlNode* row : children(types)) {
        const std::string type = attribute(row, "ContentType");
        const bool single = is(row, "Default") ? m_defaults.emplace(lower(attribute(row, "Extension")), type).second
                                               : m_overrides.emplace(attribute(row, "PartName"), type).second;
        problems.expect(single, "two content types", type);
    }
    for (const auto& [name, content] : m_members)
        if (name != "[Content_Types].xml") problems.expect(!type(name).empty(), "no content type", name);
    for (const auto& [part, type] : m_overrides)
        problems.expect(has(part.substr(1)), "content type of a part that is not there", part);
}

void Parts::read_relations(Problems& problems) {
    for (const auto& [name, content] : m_members) {
        if (!is_rels(name)) continue;
        const std::string source = source_of(name);
        problems.expect(source.empty() || has(source), "relationships of a part that is not there", name);
        for (const xmlNode* row : children(root(name), "Relationship")) {
            Relation relation{last_step(attribute(row, "Type")), attribute(row, "Target"),
                              attribute(row, "TargetMode") == "External"};
            const bool inside = !relation.external && !relation.target.starts_with('#');
            if (inside) relation.target = resolved(source, relation.target);
            problems.expect(!inside || has(relation.target), "relationship that leads nowhere",
                            name + " " + relation.target);
            problems.expect(m_relations[source].emplace(attribute(row, "Id"), relation).second,
                            "two relationships of one name", name);
        }
    }
}

xmlNode* Parts::root(const std::string& part) const {
    const auto found = m_documents.find(part);
    return found == m_documents.end() ? nullptr : xmlDocGetRootElement(found->second.get());
}

std::string Parts::type(const std::string& part) const {
    if (const auto found = m_overrides.find("/" + part); found != m_overrides.end()) return found->second;
    const auto found = m_defaults.find(lower(part.substr(part.rfind('.') + 1)));
    return found == m_defaults.end() ? std::string() : found->second;
}

const Relations& Parts::relations(const std::string& part) const {
    const auto found = m_relations.find(part);
    return found == m_relations.end() ? no_relations : found->second;
}

std::vector<std::string> Parts::names() const {
    std::vector<std::string> all;
    for (const auto& [name, content] : m_members)
        if (name != "[Content_Types].xml" && !is_rels(name)) all.push_back(name);
    return all;
}

std::vector<std::string> Parts::of_type(const std::string& suffix) const {
    std::vector<std::string> all;
    for (const std::string& name : names())
        if (type(name).ends_with(suffix + "+xml")) all.push_back(name);
    return all;
}

std::string Parts::target(const std::string& part, const std::string& id) const {
    const auto found = relations(part).find(id);
    return found == relations(part).end() ? std::string() : found->second.target;
}

std::vector<std::string> Parts::targets(const std::string& part, const std::string& type) const {
    std::vector<std::string> all;
    for (const auto& [id, relation] : relations(part))
        if (relation.type == type) all.push_back(relation.target);
    return all;
}

std::string attribute(const xmlNode* node, const char* name) {
    if (!node) return {};
    for (const xmlAttr* each = node->properties; each; each = each->next)
        if (to_string(each->name) == name) return each->children ? to_string(each->children->content) : std::string();
    return {};
}

bool is(const xmlNode* node, const char* local) {
    return node && node->type == XML_ELEMENT_NODE && to_string(node->name) == local;
}

std::vector<xmlNode*> children(const xmlNode* node, const char* local) {
    std::vector<xmlNode*> all;
    for (xmlNode* each = node ? node->children : nullptr; each; each = each->next)
        if (each->type == XML_ELEMENT_NODE && (!local || is(each, local))) all.push_back(each);
    return all;
}

xmlNode* child(const xmlNode* node, const char* local) {
    const auto all = children(node, local);
    return all.empty() ? nullptr : all.front();
}

void each(xmlNode* node, const std::function<void(xmlNode*)>& see) {
    if (!node) return;
    see(node);
    for (xmlNode* below : children(node)) each(below, see);
}

std::string text_of(const xmlNode* node) {
    std::string all;
    for (const xmlNode* each = node ? node->children : nullptr; each; each = each->next)
        all += each->type == XML_TEXT_NODE ? to_string(each->content) : text_of(each);
    return all;
}

long number(const std::string& text, long otherwise) {
    char* end = nullptr;
    const long value = std::strtol(text.c_str(), &end, 10);
    return text.empty() || *end ? otherwise : value;
}

} // namespace sekisho::tests
