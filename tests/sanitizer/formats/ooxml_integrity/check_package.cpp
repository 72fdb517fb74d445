#include "tests/sanitizer/formats/ooxml_integrity/integrity.h"

namespace sekisho::tests {

namespace {

constexpr const char* relation_uri = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

bool is_reference(const xmlAttr* attribute) {
    if (!attribute->ns || !attribute->ns->href) return false;
    const auto equals = [](const xmlChar* text, const char* wanted) { return xmlStrcmp(text, BAD_CAST wanted) == 0; };
    return equals(attribute->ns->href, relation_uri) ||
           (equals(attribute->ns->href, "urn:schemas-microsoft-com:office:office") && equals(attribute->name, "relid"));
}

void reach(const Parts& parts, const std::string& part, std::set<std::string>& reached) {
    for (const auto& [id, relation] : parts.relations(part)) {
        if (relation.external || relation.target.starts_with('#')) continue;
        if (reached.insert(relation.target).second) reach(parts, relation.target, reached);
    }
}

void check_references(const Parts& parts, const std::string& part, Problems& problems) {
    each(parts.root(part), [&](xmlNode* node) {
        for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
            if (!is_reference(attribute) || !attribute->children) continue;
            std::string id;
            for (const xmlChar* c = attribute->children->content; c && *c; ++c) id += static_cast<char>(*c);
            problems.expect(id.empty() || parts.relations(part).contains(id), "reference to no relationship",
                            part + " " + id);
        }
    });
}

// What a relationship says of its target is what the target is.
void check_kinds(const Parts& parts, const std::string& part, Problems& problems) {
    static const std::map<std::string, std::string> types = {{"worksheet", "worksheet"},
                                                             {"chartsheet", "chartsheet"},
                                                             {"styles", "styles"},
                                                             {"sharedStrings", "sharedStrings"},
                                                             {"slide", "slide"},
                                                             {"slideLayout", "slideLayout"},
                                                             {"slideMaster", "slideMaster"},
                                                             {"notesSlide", "notesSlide"},
                                                             {"notesMaster", "notesMaster"},
                                                             {"theme", "theme"},
                                                             {"header", "header"},
                                                             {"footer", "footer"},
                                                             {"footnotes", "footnotes"},
                                                             {"numbering", "numbering"},
                                                             {"chart", "chart"},
                                                             {"table", "table"},
                                                             {"pivotTable", "pivotTable"},
                                                             {"pivotCacheDefinition", "pivotCacheDefinition"}};
    for (const auto& [id, relation] : parts.relations(part)) {
        if (relation.external || relation.target.starts_with('#')) continue;
        const std::string type = parts.type(relation.target);
        if (relation.type == "image")
            problems.expect(type.starts_with("image/"), "picture that is none", relation.target + " " + type);
        if (const auto wanted = types.find(relation.type); wanted != types.end())
            problems.expect(type.ends_with("." + wanted->second + "+xml"), "part of another kind",
                            relation.target + " " + type);
    }
}

} // namespace

void check_package(const Parts& parts, Problems& problems) {
    std::set<std::string> reached;
    reach(parts, "", reached);
    problems.expect(parts.targets("", "officeDocument").size() == 1, "not one main part", "");
    for (const std::string& part : parts.names()) {
        problems.expect(reached.contains(part), "part that nothing leads to", part);
        check_references(parts, part, problems);
        check_kinds(parts, part, problems);
    }
}

std::set<std::string> problems_of(View package) {
    Problems problems;
    const Parts parts(package, problems);
    check_package(parts, problems);
    const auto main = parts.targets("", "officeDocument");
    const std::string type = main.empty() ? std::string() : parts.type(main.front());
    if (type.find("wordprocessingml") != type.npos || type.find("ms-word") != type.npos) check_word(parts, problems);
    if (type.find("spreadsheetml") != type.npos || type.find("ms-excel") != type.npos) check_book(parts, problems);
    if (type.find("presentationml") != type.npos || type.find("ms-powerpoint") != type.npos)
        check_show(parts, problems);
    return problems.all();
}

} // namespace sekisho::tests
