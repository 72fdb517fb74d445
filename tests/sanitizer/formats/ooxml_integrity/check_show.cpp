#include "tests/sanitizer/formats/ooxml_integrity/integrity.h"

namespace sekisho::tests {

namespace {

void check_lists(const Parts& parts, const std::string& main, Problems& problems) {
    std::set<std::string> slides, masters;
    const xmlNode* show = parts.root(main);
    for (const xmlNode* row : children(child(show, "sldIdLst"), "sldId")) {
        std::string id, relation;
        for (const xmlAttr* each = row->properties; each; each = each->next)
            (each->ns ? relation : id) =
                each->children
                    ? std::string(as_text(
                          View(each->children->content, static_cast<std::size_t>(xmlStrlen(each->children->content)))))
                    : std::string();
        problems.expect(number(id) >= 256 && number(id) < 2147483648L, "number of a slide out of range", id);
        problems.expect(slides.insert(id).second, "two slides of one number", id);
        problems.expect(parts.type(parts.target(main, relation)).ends_with(".slide+xml"), "slide that is none", id);
    }
    const auto unique = [&](const xmlNode* row) {
        for (const xmlAttr* each = row->properties; each; each = each->next) {
            if (each->ns || !each->children) continue;
            const std::string id(
                as_text(View(each->children->content, static_cast<std::size_t>(xmlStrlen(each->children->content)))));
            problems.expect(number(id) >= 2147483648L, "number of a master or layout out of range", id);
            problems.expect(masters.insert(id).second, "two masters or layouts of one number", id);
        }
    };
    for (const xmlNode* row : children(child(show, "sldMasterIdLst"))) unique(row);
    for (const std::string& master : parts.of_type(".slideMaster"))
        for (const xmlNode* row : children(child(parts.root(master), "sldLayoutIdLst"))) unique(row);
}

void check_relation(const Parts& parts, const std::string& part, const char* type, Problems& problems) {
    problems.expect(parts.targets(part, type).size() == 1, std::string("not one ") + type, part);
}

} // namespace

void check_show(const Parts& parts, Problems& problems) {
    const auto main = parts.targets("", "officeDocument").front();
    check_lists(parts, main, problems);
    for (const std::string& part : parts.of_type(".slide")) check_relation(parts, part, "slideLayout", problems);
    for (const std::string& part : parts.of_type(".slideLayout")) check_relation(parts, part, "slideMaster", problems);
    for (const char* master : {".slideMaster", ".notesMaster", ".handoutMaster"})
        for (const std::string& part : parts.of_type(master)) check_relation(parts, part, "theme", problems);
    for (const std::string& part : parts.of_type(".notesSlide")) {
        check_relation(parts, part, "notesMaster", problems);
        check_relation(parts, part, "slide", problems);
    }
    std::set<std::string> authors;
    for (const std::string& part : parts.of_type(".commentAuthors"))
        for (const xmlNode* author : children(parts.root(part), "cmAuthor")) authors.insert(attribute(author, "id"));
    for (const std::string& part : parts.of_type(".comments"))
        for (const xmlNode* comment : children(parts.root(part), "cm"))
            problems.expect(authors.contains(attribute(comment, "authorId")), "comment of nobody", part);
    for (const std::string& part : parts.names())
        if (parts.type(part).find("presentationml.slide") != std::string::npos)
            problems.expect(child(child(parts.root(part), "cSld"), "spTree"), "slide without a tree", part);
}

} // namespace sekisho::tests
