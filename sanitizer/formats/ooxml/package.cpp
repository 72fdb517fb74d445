#include "sanitizer/formats/ooxml/package.h"

#include <algorithm>

#include "sanitizer/formats/ooxml/kinds.h"
#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::ooxml {

namespace {

constexpr std::uint64_t largest_plumbing = 32U << 20;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& character : result)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + 32);
    return result;
}

std::string_view value_of(std::span<const XmlAttribute> attributes, std::string_view name) {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.ns == Ns::none && attribute.name == name) return attribute.value;
    return {};
}

class TypesReader final : public XmlEvents {
public:
    using Map = std::map<std::string, std::string, std::less<>>;
    TypesReader(Map& by_part, Map& by_extension) : m_by_part(by_part), m_by_extension(by_extension) {}
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (ns != Ns::types) return Go::past;
        const std::string type(value_of(attributes, "ContentType"));
        if (name == "Default") m_by_extension.emplace(lower(value_of(attributes, "Extension")), type);
        if (name == "Override") {
            std::string_view part = value_of(attributes, "PartName");
            if (part.starts_with('/')) part.remove_prefix(1);
            m_by_part.emplace(lower(part), type);
        }
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }

private:
    Map& m_by_part;
    Map& m_by_extension;
};

class RelationsReader final : public XmlEvents {
public:
    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override {
        if (ns != Ns::rels) return Go::past;
        if (name != "Relationship") return Go::on;
        read.push_back({std::string(value_of(attributes, "Id")), std::string(value_of(attributes, "Type")),
                        std::string(value_of(attributes, "Target")), value_of(attributes, "TargetMode") == "External"});
        return Go::on;
    }
    Result<> end() override { return {}; }
    Result<> text(std::string_view) override { return {}; }

    std::vector<RawRelation> read;
};

bool is_limit(const Error& error) {
    return error.code.starts_with("limit.") || error.code == "ooxml.dtd";
}

// Percent-encoding within part names; anything malformed stays as it is.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            if (auto byte = from_hex(text.substr(i + 1, 2)); byte && byte->front() != '/') {
                result += static_cast<char>(byte->front());
                i += 2;
                continue;
            }
        }
        result += text[i] == '\\' ? '/' : text[i];
    }
    return result;
}

} // namespace

Result<Package> Package::open(const ZipReader& zip, Budget& budget) {
    Package package;
    package.m_zip = &zip;
    package.m_budget = &budget;
    for (const ZipEntry& entry : zip.entries()) {
        if (entry.kind != ZipEntry::Kind::file) continue;
        std::string_view name = entry.raw_name;
        while (name.starts_with('/')) name.remove_prefix(1);
        std::string key = lower(name);
        std::ranges::replace(key, '\\', '/');
        if (!package.m_parts.emplace(std::move(key), &entry).second) package.m_twins = true;
    }
    if (auto read = package.read_types(); !read) {
        if (is_limit(read.error())) return std::unexpected(read.error());
        package.m_types_broken = true;
    }
    return package;
}

Result<> Package::read_types() {
    const ZipEntry* entry = find("[Content_Types].xml");
    if (!entry || entry->unpacked > largest_plumbing) return refuse(Reason::input_damaged);
    const Bytes document = TRY(m_zip->read(*entry));
    TypesReader reader(m_by_part, m_by_extension);
    return parse_xml(document, reader, *m_budget);
}

const ZipEntry* Package::find(std::string_view part) const {
    const auto found = m_parts.find(lower(part));
    return found == m_parts.end() ? nullptr : found->second;
}

std::string Package::content_type(std::string_view part) const {
    const std::string name = lower(part);
    if (const auto found = m_by_part.find(name); found != m_by_part.end()) return found->second;
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return {};
    const auto found = m_by_extension.find(name.substr(dot + 1));
    return found == m_by_extension.end() ? std::string() : found->second;
}

Result<std::vector<RawRelation>> Package::relations(std::string_view part) const {
    const std::size_t slash = part.rfind('/');
    const std::size_t file = slash == std::string_view::npos ? 0 : slash + 1;
    const ZipEntry* entry =
        find(std::string(part.substr(0, file)) + "_rels/" + std::string(part.substr(file)) + ".rels");
    if (!entry) return std::vector<RawRelation>();
    if (entry->unpacked > largest_plumbing) return refuse(Reason::limit_memory);
    const Bytes document = TRY(m_zip->read(*entry));
    RelationsReader reader;
    TRY(parse_xml(document, reader, *m_budget));
    return std::move(reader.read);
}

std::string Package::resolve(std::string_view source, std::string_view target) {
    const std::string plain = decoded(target.substr(0, target.find_first_of("#?")));
    std::vector<std::string> steps;
    const auto walk = [&](std::string_view path) {
        for (std::size_t from = 0; from <= path.size();) {
            const std::size_t to = std::min(path.find('/', from), path.size());
            const std::string_view step = path.substr(from, to - from);
            from = to + 1;
            if (step.empty() || step == ".") continue;
            if (step != "..")
                steps.emplace_back(step);
            else if (!steps.empty())
                steps.pop_back();
        }
    };
    const std::size_t slash = source.rfind('/');
    if (!plain.starts_with('/') && slash != std::string_view::npos) walk(source.substr(0, slash));
    walk(plain);
    std::string result;
    for (const std::string& step : steps) result += (result.empty() ? "" : "/") + step;
    return plain.empty() ? std::string() : result;
}

bool Package::is_plumbing(std::string_view part) {
    const std::string name = lower(part);
    return name == "[content_types].xml" || name.ends_with(".rels");
}

MainKind main_kind(std::string_view content_type) {
    struct Row {
        std::string_view content_type;
        MainKind kind;
    };
    static constexpr Row rows[] = {
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", {Type::docx, true}},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", {Type::docx, false}},
        {"application/vnd.ms-word.document.macroEnabled.main+xml", {Type::docx, false}},
        {"application/vnd.ms-word.template.macroEnabledTemplate.main+xml", {Type::docx, false}},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", {Type::xlsx, true}},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", {Type::xlsx, false}},
        {"application/vnd.ms-excel.sheet.macroEnabled.main+xml", {Type::xlsx, false}},
        {"application/vnd.ms-excel.template.macroEnabled.main+xml", {Type::xlsx, false}},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", {Type::pptx, true}},
        {"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml", {Type::pptx, false}},
        {"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", {Type::pptx, false}},
        {"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", {Type::pptx, false}},
        {"application/vnd.ms-powerpoint.template.macroEnabled.main+xml", {Type::pptx, false}},
        {"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml", {Type::pptx, false}},
        {"application/vnd.ms-excel.sheet.binary.macroEnabled.main", {Type::xlsb, false}},
        {"application/vnd.ms-excel.addin.macroEnabled.main+xml", {Type::macro_office, false}},
        {"application/vnd.ms-powerpoint.addin.macroEnabled.main+xml", {Type::macro_office, false}},
    };
    const std::string wanted = lower(content_type);
    for (const Row& row : rows)
        if (lower(row.content_type) == wanted) return row.kind;
    return {};
}

Result<MainPart> find_main(const Package& package) {
    MainPart main;
    main.relations = TRY(package.relations(""));
    for (const RawRelation& relation : main.relations) {
        if (relation.external || !is_main_relation(relation.type)) continue;
        const std::string part = Package::resolve("", relation.target);
        if (!package.find(part)) continue;
        if (!main.name.empty() && main.name != part) return refuse(Reason::type_ambiguous);
        main.name = part;
    }
    return main;
}

} // namespace sekisho::ooxml
