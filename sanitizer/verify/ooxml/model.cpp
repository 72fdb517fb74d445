#include "sanitizer/verify/ooxml/model.h"

#include <algorithm>
#include <unordered_map>

namespace sekisho::verify {

namespace {

constexpr PartRow parts[] = {
#define PART(kind, applications, name, type, words, root)                                                              \
    {PartKind::kind, applications, name, type, Words::words, root},
#include "sanitizer/verify/ooxml/parts.def"
#undef PART
};

struct RelationRow {
    unsigned applications;
    std::string_view type;
    PartKind kind;
};

constexpr RelationRow relations[] = {
#define RELATION(applications, type, kind) {applications, type, PartKind::kind},
#include "sanitizer/verify/ooxml/relations.def"
#undef RELATION
};

constexpr std::string_view base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string_view folder_of(unsigned application) {
    return application == in_word ? "word" : application == in_excel ? "xl" : "ppt";
}

// A number without leading zeros and of at most nine digits, or nothing at all.
std::size_t number_size(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size() && text[size] >= '0' && text[size] <= '9') ++size;
    return size > 9 || (size > 0 && text[0] == '0') ? std::string_view::npos : size;
}

bool fits(std::string_view pattern, unsigned application, std::string_view name) {
    if (pattern.starts_with('~')) {
        const std::string_view folder = folder_of(application);
        if (!name.starts_with(folder)) return false;
        name.remove_prefix(folder.size());
        pattern.remove_prefix(1);
    }
    const std::size_t hash = pattern.find('#');
    if (hash == std::string_view::npos) return name == pattern;
    if (!name.starts_with(pattern.substr(0, hash))) return false;
    name.remove_prefix(hash);
    const std::size_t digits = number_size(name);
    return digits != std::string_view::npos && name.substr(digits) == pattern.substr(hash + 1);
}

} // namespace

Words words_of(std::string_view uri) {
    static const std::unordered_map<std::string_view, Words> known = {
#define NAMESPACE(id, uri) {uri, Words::id},
#include "sanitizer/verify/ooxml/namespaces.def"
#undef NAMESPACE
    };
    const auto found = known.find(uri);
    return found == known.end() ? Words::foreign : found->second;
}

unsigned application_of(Type type) {
    return type == Type::docx ? in_word : type == Type::xlsx ? in_excel : type == Type::pptx ? in_powerpoint : 0;
}

const PartRow* part_row(unsigned application, std::string_view name) {
    for (const PartRow& row : parts)
        if ((row.applications & application) != 0 && fits(row.name, application, name)) return &row;
    return nullptr;
}

std::string_view content_type_of(std::string_view extension) {
    for (const PartRow& row : parts)
        if (!row.is_xml() && row.name.substr(row.name.rfind('.') + 1) == extension) return row.content_type;
    return {};
}

bool relation_leads_to(unsigned application, std::string_view type, PartKind kind) {
    return std::ranges::any_of(relations, [&](const RelationRow& row) {
        if ((row.applications & application) == 0 || row.kind != kind) return false;
        if (!row.type.starts_with('*')) return row.type == type;
        return type.starts_with(base) && type.substr(base.size()) == row.type.substr(1);
    });
}

} // namespace sekisho::verify
