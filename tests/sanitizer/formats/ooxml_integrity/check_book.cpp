#include <algorithm>

#include "tests/sanitizer/formats/ooxml_integrity/integrity.h"

namespace sekisho::tests {

namespace {

struct Counts {
    long strings = 0, formats = 0, differential = 0, metadata = 0;
};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

long count(const xmlNode* root, const char* list, const char* row) {
    return static_cast<long>(children(child(root, list), row).size());
}

// The attribute `id` without a namespace, where r:id stands beside it.
bool below(const std::string& index, long limit) {
    return index.empty() || (number(index) >= 0 && number(index) < limit);
}

void check_styles(const xmlNode* styles, const std::string& part, Problems& problems) {
    const long fonts = count(styles, "fonts", "font"), fills = count(styles, "fills", "fill"),
               borders = count(styles, "borders", "border"), bases = count(styles, "cellStyleXfs", "xf");
    for (const char* list : {"cellXfs", "cellStyleXfs"})
        for (const xmlNode* format : children(child(styles, list), "xf")) {
            problems.expect(below(attribute(format, "fontId"), fonts), "format with no such font", part);
            problems.expect(below(attribute(format, "fillId"), fills), "format with no such fill", part);
            problems.expect(below(attribute(format, "borderId"), borders), "format with no such border", part);
            problems.expect(below(attribute(format, "xfId"), std::max(bases, 1L)), "format with no such base", part);
        }
    for (const xmlNode* style : children(child(styles, "cellStyles"), "cellStyle"))
        problems.expect(below(attribute(style, "xfId"), bases), "style with no such format", part);
}

void check_cells(const xmlNode* data, const Counts& counts, const std::string& part, Problems& problems) {
    std::set<std::string> cells;
    long last = 0;
    for (const xmlNode* row : children(data, "row")) {
        const long at = number(attribute(row, "r"), last + 1);
        problems.expect(at > last, "rows out of order", part);
        last = at;
        for (const xmlNode* cell : children(row, "c")) {
            const std::string place = attribute(cell, "r"), type = attribute(cell, "t");
            problems.expect(place.empty() || cells.insert(place).second, "two cells at one place", part + " " + place);
            problems.expect(below(attribute(cell, "s"), counts.formats), "cell with no such format",
                            part + " " + place);
            problems.expect(below(attribute(cell, "cm"), counts.metadata + 1), "cell with no such metadata", part);
            const std::string value = text_of(child(cell, "v"));
            if (type == "s")
                problems.expect(!value.empty() && below(value, counts.strings), "cell with no such string",
                                part + " " + place);
            if (type == "b") problems.expect(value == "0" || value == "1", "truth value that is none", part);
            problems.expect(children(cell, "v").size() <= 1 && children(cell, "f").size() <= 1, "cell of two values",
                            part);
        }
    }
}

void check_sheet(const Parts& parts, const std::string& part, const Counts& counts, Problems& problems) {
    const xmlNode* sheet = parts.root(part);
    check_cells(child(sheet, "sheetData"), counts, part, problems);
    for (const char* once : {"sheetData", "drawing", "legacyDrawing", "mergeCells", "hyperlinks", "tableParts",
                             "dataValidations", "pageSetup", "autoFilter"})
        problems.expect(children(sheet, once).size() <= 1, "element that stands twice", part + " " + once);
    for (const char* list : {"mergeCells", "hyperlinks", "dataValidations", "tableParts"})
        problems.expect(!child(sheet, list) || !children(child(sheet, list)).empty(), "empty list", part + " " + list);
    for (const xmlNode* format : children(sheet, "conditionalFormatting"))
        for (const xmlNode* rule : children(format, "cfRule"))
            problems.expect(below(attribute(rule, "dxfId"), counts.differential), "rule with no such format", part);
}

void check_tables(const Parts& parts, Problems& problems) {
    std::set<std::string> ids, names;
    for (const std::string& part : parts.of_type(".table")) {
        const xmlNode* table = parts.root(part);
        problems.expect(ids.insert(attribute(table, "id")).second, "two tables of one number", part);
        problems.expect(names.insert(lower(attribute(table, "displayName"))).second, "two tables of one name", part);
        std::set<std::string> columns;
        for (const xmlNode* column : children(child(table, "tableColumns"), "tableColumn"))
            problems.expect(columns.insert(lower(attribute(column, "name"))).second, "two columns of one name", part);
        problems.expect(!columns.empty(), "table without columns", part);
        problems.expect(below(attribute(child(table, "tableColumns"), "count"), static_cast<long>(columns.size()) + 1),
                        "table with fewer columns than it says", part);
    }
}

void check_sheets(const Parts& parts, const std::string& main, Problems& problems) {
    const xmlNode* book = parts.root(main);
    std::set<std::string> ids, names, targets;
    long visible = 0;
    const auto sheets = children(child(book, "sheets"), "sheet");
    for (const xmlNode* sheet : sheets) {
        std::string relation;
        for (const xmlAttr* each = sheet->properties; each; each = each->next)
            if (each->ns && each->children)
                relation = as_text(
                    View(each->children->content, static_cast<std::size_t>(xmlStrlen(each->children->content))));
        const std::string name = attribute(sheet, "name"), state = attribute(sheet, "state");
        visible += state.empty() || state == "visible";
        problems.expect(ids.insert(attribute(sheet, "sheetId")).second, "two sheets of one number", name);
        problems.expect(number(attribute(sheet, "sheetId")) > 0, "sheet without a number", name);
        problems.expect(names.insert(lower(name)).second, "two sheets of one name", name);
        problems.expect(!name.empty() && name.find_first_of("[]*?/\\:") == name.npos, "name of a sheet", name);
        problems.expect(targets.insert(parts.target(main, relation)).second, "two sheets of one part", name);
    }
    const auto total = static_cast<long>(sheets.size());
    problems.expect(visible > 0, "no sheet that shows", main);
    for (const xmlNode* view : children(child(book, "bookViews"), "workbookView")) {
        problems.expect(below(attribute(view, "activeTab"), total), "active sheet that is none", main);
        problems.expect(below(attribute(view, "firstSheet"), total), "first sheet that is none", main);
    }
    std::set<std::string> defined;
    for (const xmlNode* row : children(child(book, "definedNames"), "definedName")) {
        const std::string sheet = attribute(row, "localSheetId");
        problems.expect(below(sheet, total), "name of no sheet", attribute(row, "name"));
        problems.expect(defined.insert(lower(attribute(row, "name")) + "/" + sheet).second, "name that stands twice",
                        attribute(row, "name"));
        problems.expect(!text_of(row).empty(), "name without a formula", attribute(row, "name"));
    }
    problems.expect(!child(book, "definedNames") || !defined.empty(), "empty list", "definedNames");
}

void check_pivots(const Parts& parts, const std::string& main, Problems& problems) {
    std::set<std::string> caches;
    const xmlNode* list = child(parts.root(main), "pivotCaches");
    problems.expect(!list || !children(list).empty(), "empty list", "pivotCaches");
    for (const xmlNode* cache : children(list)) caches.insert(attribute(cache, "cacheId"));
    for (const std::string& part : parts.of_type(".pivotTable")) {
        problems.expect(caches.contains(attribute(parts.root(part), "cacheId")), "pivot table of no cache", part);
        problems.expect(parts.targets(part, "pivotCacheDefinition").size() == 1, "not one cache", part);
    }
}

} // namespace

void check_book(const Parts& parts, Problems& problems) {
    const auto main = parts.targets("", "officeDocument").front();
    Counts counts;
    for (const std::string& part : parts.targets(main, "sharedStrings"))
        counts.strings = static_cast<long>(children(parts.root(part), "si").size());
    for (const std::string& part : parts.targets(main, "styles")) {
        counts.formats = count(parts.root(part), "cellXfs", "xf");
        counts.differential = count(parts.root(part), "dxfs", "dxf");
        check_styles(parts.root(part), part, problems);
    }
    if (parts.targets(main, "styles").empty()) counts.formats = 1;
    for (const std::string& part : parts.targets(main, "sheetMetadata"))
        counts.metadata = count(parts.root(part), "cellMetadata", "bk");
    check_sheets(parts, main, problems);
    for (const std::string& part : parts.of_type(".worksheet")) check_sheet(parts, part, counts, problems);
    check_tables(parts, problems);
    check_pivots(parts, main, problems);
}

} // namespace sekisho::tests
