#include "tests/sanitizer/formats/ooxml_integrity/integrity.h"

namespace sekisho::tests {

namespace {

struct Ids {
    std::set<std::string> comments, footnotes, endnotes;
};

std::set<std::string> ids_of(const Parts& parts, const std::string& type, const char* element) {
    std::set<std::string> ids;
    for (const std::string& part : parts.of_type("." + type))
        for (const xmlNode* node : children(parts.root(part), element)) ids.insert(attribute(node, "id"));
    return ids;
}

bool is_block(const xmlNode* node) {
    for (const char* name : {"p", "tbl", "sdt", "customXml", "altChunk"})
        if (is(node, name)) return true;
    return false;
}

// Cells, notes and headers hold a paragraph at their end, or Word calls the document damaged.
void check_story(const xmlNode* node, const std::string& part, Problems& problems) {
    const xmlNode* last = nullptr;
    for (const xmlNode* below : children(node))
        if (is_block(below)) last = below;
    const bool cell = is(node, "tc");
    problems.expect(last && (!cell || !is(last, "tbl")),
                    cell ? "cell without a last paragraph" : "story without content", part);
}

void check_part(const Parts& parts, const std::string& part, const Ids& ids, Problems& problems) {
    int open = 0;
    each(parts.root(part), [&](xmlNode* node) {
        if (is(node, "fldChar")) {
            const std::string type = attribute(node, "fldCharType");
            open += type == "begin" ? 1 : type == "end" ? -1 : 0;
            problems.expect(open >= 0, "field that ends before it begins", part);
        }
        const std::string id = attribute(node, "id");
        if (is(node, "commentReference") || is(node, "commentRangeStart") || is(node, "commentRangeEnd"))
            problems.expect(ids.comments.contains(id), "reference to no comment", part + " " + id);
        if (is(node, "footnoteReference"))
            problems.expect(ids.footnotes.contains(id), "reference to no footnote", part + " " + id);
        if (is(node, "endnoteReference"))
            problems.expect(ids.endnotes.contains(id), "reference to no endnote", part + " " + id);
        for (const char* story : {"tc", "txbxContent", "comment", "footnote", "endnote", "hdr", "ftr"})
            if (is(node, story) && !is(node->parent, "footnotePr") && !is(node->parent, "endnotePr") &&
                !is(node->parent, "compat"))
                check_story(node, part, problems);
        if (is(node, "tr"))
            problems.expect(child(node, "tc") || child(node, "sdt") || child(node, "customXml"), "row without cells",
                            part);
    });
    problems.expect(open == 0, "field without an end", part);
}

} // namespace

void check_word(const Parts& parts, Problems& problems) {
    const Ids ids{ids_of(parts, "comments", "comment"), ids_of(parts, "footnotes", "footnote"),
                  ids_of(parts, "endnotes", "endnote")};
    for (const std::string& part : parts.names())
        if (parts.type(part).find("wordprocessingml") != std::string::npos) check_part(parts, part, ids, problems);
    const auto main = parts.targets("", "officeDocument").front();
    problems.expect(child(parts.root(main), "body"), "document without a body", main);
}

} // namespace sekisho::tests
