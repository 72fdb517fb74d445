#include "tests/sanitizer/rows/l_samples.h"

#include "sanitizer/formats/compound_file/compound_file.h"
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/o_samples.h"

namespace sekisho::rows {

namespace {

constexpr std::uint16_t begin = 0x0809, end = 0x000A, bound_sheet = 0x0085, dimensions = 0x0200, label = 0x0204;

void add(Bytes& bytes, const Bytes& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
}

Bytes begin_of(std::uint16_t what, bool old) {
    ByteWriter writer;
    for (const unsigned one : {old ? 0x0500U : 0x0600U, unsigned{what}, 0x0DBBU, 0x07CCU})
        writer.u16le(static_cast<std::uint16_t>(one));
    if (!old) writer.u64le(0);
    return excel_record(begin, writer.bytes());
}

Bytes sheet_of(std::uint16_t what, const std::vector<Bytes>& records, bool old) {
    Bytes bytes = begin_of(what, old);
    for (const Bytes& one : records) add(bytes, one);
    add(bytes, excel_record(end, {}));
    return bytes;
}

// One cell. Excel always writes it in front of the cells.
Bytes one_cell() {
    ByteWriter writer;
    for (const std::uint32_t one : {0U, 1U}) writer.u32le(one);
    for (const unsigned one : {0U, 1U, 0U}) writer.u16le(static_cast<std::uint16_t>(one));
    return excel_record(dimensions, writer.bytes());
}

Bytes words_in_a1(bool old) {
    ByteWriter writer;
    for (int i = 0; i < 3; ++i) writer.u16le(0);
    writer.u16le(5);
    if (!old) writer.u8(0);
    writer.text("words");
    return excel_record(label, writer.bytes());
}

Bytes sheet_name(std::size_t at, bool macros, bool old) {
    ByteWriter writer;
    writer.u32le(static_cast<std::uint32_t>(at));
    writer.u8(0);
    writer.u8(macros ? 1 : 0);
    writer.u8(6);
    if (!old) writer.u8(0);
    writer.text(macros ? "Macro1" : "Sheet1");
    return excel_record(bound_sheet, writer.bytes());
}

std::vector<OleNode> taken_apart(View document) {
    Budget budget{Limits{}};
    const MemorySource source(document);
    const auto file = CompoundFile::open(source, budget);
    if (!file) bug("LibreOffice saved no compound file");
    std::vector<OleNode> nodes;
    for (const std::uint32_t child : file->entry(CompoundFile::root).children) {
        const CompoundFile::Entry& entry = file->entry(child);
        if (!entry.storage && !entry.name.starts_with('\5')) nodes.push_back(stream(entry.name, *file->read(child)));
    }
    return nodes;
}

std::vector<OleNode> saved(const Bytes& modern, const std::string& extension, const std::string& kind) {
    const std::string command = "mv in in." + extension +
                                " && soffice -env:UserInstallation=file://$PWD/profile --headless --convert-to " +
                                kind + " in." + extension + " >/dev/null 2>&1";
    return taken_apart(made_by(command, modern, "in." + kind));
}

Bytes& content_of(std::vector<OleNode>& nodes, std::string_view name) {
    for (OleNode& node : nodes)
        if (node.name == name) return node.content;
    bug("LibreOffice saved another file than it did");
}

// In the place of another text, with blanks up to its length.
void put_over(Bytes& bytes, std::string_view old, std::string_view text) {
    const std::size_t at = as_text(bytes).find(old);
    if (at == std::string_view::npos || text.size() > old.size()) bug("the sample could not be changed");
    std::string padded(text);
    padded.resize(old.size(), ' ');
    std::ranges::copy(padded, bytes.begin() + static_cast<std::ptrdiff_t>(at));
}

// Text of one or two bytes a character.
void put_over_text(Bytes& bytes, std::string_view old, std::string_view text) {
    const auto wide = [](std::string_view from) {
        std::string made;
        for (const char c : from) made += {c, '\0'};
        return made;
    };
    std::string padded(text);
    padded.resize(old.size(), ' ');
    if (as_text(bytes).find(old) != std::string_view::npos) return put_over(bytes, old, padded);
    put_over(bytes, wide(old), wide(padded));
}

} // namespace

Bytes excel_record(std::uint16_t type, View content) {
    ByteWriter writer;
    writer.u16le(type);
    writer.u16le(static_cast<std::uint16_t>(content.size()));
    writer.raw(content);
    return writer.take();
}

std::string excel_string(std::string_view text) {
    ByteWriter writer;
    writer.u16le(static_cast<std::uint16_t>(text.size()));
    writer.u8(0);
    writer.text(text);
    return std::string(as_text(writer.bytes()));
}

Bytes Book::bytes() const {
    constexpr std::uint16_t is_workbook = 0x05, is_sheet = 0x10, is_macros = 0x40;
    std::vector<Bytes> sheet = cells;
    sheet.insert(sheet.begin(), words_in_a1(old));
    if (!old) sheet.insert(sheet.begin(), one_cell());
    const Bytes data = sheet_of(is_sheet, sheet, old);
    // The names of the sheets say where these begin, and have the same length wherever that is.
    const auto head = [&](std::size_t at) {
        std::vector<Bytes> records = globals;
        records.push_back(sheet_name(at, false, old));
        if (!macros.empty()) records.push_back(sheet_name(at + data.size(), true, old));
        return sheet_of(is_workbook, records, old);
    };
    Bytes all = head(head(0).size());
    add(all, data);
    if (!macros.empty()) add(all, sheet_of(is_macros, macros, old));
    return all;
}

Bytes excel_file(const Book& book, const std::vector<OleNode>& more) {
    std::vector<OleNode> nodes{stream(book.old ? "Book" : "Workbook", book.bytes())};
    nodes.insert(nodes.end(), more.begin(), more.end());
    return tests::ole_file(nodes);
}

constexpr std::string_view link_place = "http://place.example/of/a/length/that/holds/every/command/of/the/rows";

std::vector<OleNode> word_nodes() {
    static const std::vector<OleNode> nodes =
        saved(PackageSample::word(R"(<w:p><w:hyperlink r:id="h"><w:r><w:t>words</w:t></w:r></w:hyperlink></w:p>)",
                                  {{"h", "hyperlink", std::string(link_place), true}})
                  .bytes(),
              "docx", "doc");
    return nodes;
}

std::vector<OleNode> powerpoint_nodes() {
    static const std::vector<OleNode> nodes = saved(
        PackageSample::slide(R"(<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>)"
                             R"(<a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm>)"
                             R"(<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>)"
                             R"(<p:txBody><a:bodyPr/><a:p><a:r><a:t>words</a:t></a:r></a:p></p:txBody></p:sp>)")
            .bytes(),
        "pptx", "ppt");
    return nodes;
}

Bytes word_file(const std::vector<OleNode>& more) {
    std::vector<OleNode> nodes = word_nodes();
    nodes.insert(nodes.end(), more.begin(), more.end());
    return tests::ole_file(nodes);
}

// [MS-DOC] 2.9.90: flt, the kind of a field, stands behind the mark in the table of fields.
Bytes word_field_file(std::string_view instruction, char kind) {
    std::vector<OleNode> nodes = word_nodes();
    constexpr std::string_view is_link = "\x13\x58";
    put_over_text(content_of(nodes, "WordDocument"), " HYPERLINK \"" + std::string(link_place) + "\"", instruction);
    put_over(content_of(nodes, "1Table"), is_link, {std::string{'\x13', kind}});
    return tests::ole_file(nodes);
}

Bytes powerpoint_file(View record) {
    std::vector<OleNode> nodes = powerpoint_nodes();
    Bytes& content = content_of(nodes, "PowerPoint Document");
    content.insert(content.end(), record.begin(), record.end());
    return tests::ole_file(nodes);
}

} // namespace sekisho::rows
