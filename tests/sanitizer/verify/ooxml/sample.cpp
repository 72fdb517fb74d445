#include "tests/sanitizer/verify/ooxml/sample.h"

#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/ooxml/ooxml.h"

namespace sekisho::tests {

namespace {

const std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const std::string base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const std::string media = "application/vnd.openxmlformats-officedocument.";
const std::string words =
    R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml")";

std::string relationships(const std::string& list) {
    return declaration + R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" +
           list + "</Relationships>";
}

std::string root(const std::string& name, const std::string& content) {
    return declaration + "<" + name + words + ">" + content + "</" + name + ">";
}

Result<> picture(Type type, const Source& content, const Limits& limits) {
    if (type == Type::docx || type == Type::xlsx || type == Type::pptx)
        return verify::ooxml(type, content, limits, picture);
    const View view = TRY(content.whole(1ULL << 20));
    return as_text(view).find("bad") == std::string_view::npos ? Result<>() : refuse(Reason::verify_png_chunk);
}

} // namespace

std::string relation(const std::string& id, const std::string& type, const std::string& target, bool external) {
    const std::string full = type.starts_with("http") ? type : base + type;
    return "<Relationship Id=\"" + id + "\" Type=\"" + full + "\" Target=\"" + target + "\"" +
           (external ? " TargetMode=\"External\"/>" : "/>");
}

Package Package::word(const std::string& body, const std::string& list) {
    Package made;
    made.member("_rels/.rels", relationships(relation("rId1", "officeDocument", "word/document.xml")));
    made.part("word/document.xml", root("w:document", body), media + "wordprocessingml.document.main+xml");
    if (!list.empty()) made.member("word/_rels/document.xml.rels", relationships(list));
    return made;
}

Package Package::sheet(const std::string& content, const std::string& list) {
    Package made;
    made.type = Type::xlsx;
    made.member("_rels/.rels", relationships(relation("rId1", "officeDocument", "xl/workbook.xml")));
    made.part("xl/workbook.xml", root("x:workbook", R"(<x:sheets><x:sheet r:id="rId1"/></x:sheets>)"),
              media + "spreadsheetml.sheet.main+xml");
    made.member("xl/_rels/workbook.xml.rels",
                relationships(relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml")));
    made.part("xl/worksheets/sheet1.xml", root("x:worksheet", content), media + "spreadsheetml.worksheet+xml");
    if (!list.empty()) made.member("xl/worksheets/_rels/sheet1.xml.rels", relationships(list));
    return made;
}

Package Package::slide(const std::string& content, const std::string& list) {
    Package made;
    made.type = Type::pptx;
    made.member("_rels/.rels", relationships(relation("rId1", "officeDocument", "ppt/presentation.xml")));
    made.part("ppt/presentation.xml", root("p:presentation", R"(<p:sldIdLst><p:sldId r:id="rId1"/></p:sldIdLst>)"),
              media + "presentationml.presentation.main+xml");
    made.member("ppt/_rels/presentation.xml.rels", relationships(relation("rId1", "slide", "/ppt/slides/slide1.xml")));
    made.part("ppt/slides/slide1.xml", root("p:sld", content), media + "presentationml.slide+xml");
    if (!list.empty()) made.member("ppt/slides/_rels/slide1.xml.rels", relationships(list));
    return made;
}

Package& Package::part(const std::string& name, const std::string& content, const std::string& content_type) {
    m_types[name] = content_type;
    return member(name, content);
}

Package& Package::member(const std::string& name, const std::string& content) {
    m_members.push_back({name, content});
    return *this;
}

Package& Package::spoil(const std::string& name, const std::string& from, const std::string& to) {
    m_spoilt.push_back({name, from, to});
    return *this;
}

Package& Package::types(const std::string& more) {
    m_more_types += more;
    return *this;
}

std::vector<Member> Package::all() const {
    std::vector<Member> members = m_members;
    std::string types =
        declaration +
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
        R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
        R"(<Default Extension="xml" ContentType="application/xml"/>)" +
        m_more_types;
    for (const auto& [name, type] : m_types)
        types += "<Override PartName=\"/" + name + "\" ContentType=\"" + type + "\"/>";
    members.push_back({"[Content_Types].xml", types + "</Types>"});
    for (const auto& [name, from, to] : m_spoilt) {
        std::size_t count = 0;
        for (Member& member : members) {
            const std::size_t at = member.content.find(from);
            if (member.name != name || at == std::string::npos) continue;
            member.content.replace(at, from.size(), to);
            ++count;
        }
        if (count != 1) bug("nothing to spoil");
    }
    return members;
}

std::string Package::bytes() const {
    MemorySink out(1ULL << 30);
    ZipWriter zip(out);
    for (const Member& member : all())
        if (!zip.add(member.name, as_view(member.content))) bug("the sample could not be written");
    if (!zip.finish()) bug("the sample could not be finished");
    return std::string(as_text(out.bytes()));
}

std::string Package::verdict(const Limits& limits) const {
    const std::string package = bytes();
    const MemorySource source(as_view(package));
    const auto done = verify::ooxml(type, source, limits, picture);
    return done ? "" : done.error().code;
}

} // namespace sekisho::tests
