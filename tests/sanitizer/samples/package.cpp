#include "tests/sanitizer/samples/package.h"

#include <string_view>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::tests {

namespace {

constexpr std::string_view base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr std::string_view word_ns =
    R"( xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:evil="urn:evil")";
constexpr std::string_view sheet_ns =
    R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main")";
constexpr std::string_view slide_ns =
    R"( xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main")";

std::string rels(const std::vector<Link>& links) {
    std::string text = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    for (const Link& link : links) {
        const std::string type = link.type.starts_with("http") ? link.type : std::string(base) + link.type;
        text += R"(<Relationship Id=")" + link.id + R"(" Type=")" + type + R"(" Target=")" + link.target + "\"" +
                (link.external ? R"( TargetMode="External"/>)" : "/>");
    }
    return text + "</Relationships>";
}

std::string rels_name(const std::string& part) {
    const std::size_t file = part.rfind('/') + 1;
    return part.substr(0, file) + "_rels/" + part.substr(file) + ".rels";
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size())
        text.replace(at, from.size(), to);
}

} // namespace

PackageSample PackageSample::word(const std::string& body, const std::vector<Link>& links) {
    PackageSample sample;
    sample.m_main = "word/document.xml";
    sample.part(sample.m_main, "<w:document" + std::string(word_ns) + "><w:body>" + body + "</w:body></w:document>",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    if (!links.empty()) sample.links(sample.m_main, links);
    return sample;
}

PackageSample PackageSample::book(const std::string& workbook_content, const std::vector<Link>& links) {
    PackageSample sample;
    sample.m_main = "xl/workbook.xml";
    sample.part(sample.m_main, "<workbook" + std::string(sheet_ns) + ">" + workbook_content + "</workbook>",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    return sample.links(sample.m_main, links);
}

PackageSample PackageSample::sheet(const std::string& sheet_content, const std::vector<Link>& links) {
    PackageSample sample = book(R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
                                {{"rId1", "worksheet", "worksheets/sheet1.xml"}});
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + std::string(sheet_ns) + ">" + sheet_content + "</worksheet>",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
    if (!links.empty()) sample.links("xl/worksheets/sheet1.xml", links);
    return sample;
}

PackageSample PackageSample::slide(const std::string& tree_content, const std::vector<Link>& links,
                                   const std::string& after) {
    PackageSample sample;
    sample.m_main = "ppt/presentation.xml";
    sample.part(sample.m_main,
                "<p:presentation" + std::string(slide_ns) +
                    R"(><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>)",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
    sample.links(sample.m_main, {{"rId1", "slide", "slides/slide1.xml"}});
    sample.part("ppt/slides/slide1.xml",
                "<p:sld" + std::string(slide_ns) + "><p:cSld><p:spTree>" + tree_content + "</p:spTree></p:cSld>" +
                    after + "</p:sld>",
                "application/vnd.openxmlformats-officedocument.presentationml.slide+xml");
    if (!links.empty()) sample.links("ppt/slides/slide1.xml", links);
    return sample;
}

PackageSample& PackageSample::part(const std::string& name, const std::string& content,
                                   const std::string& content_type) {
    m_members.push_back({name, content});
    if (!content_type.empty()) m_types[name] = content_type;
    return *this;
}

PackageSample& PackageSample::links(const std::string& part, const std::vector<Link>& links) {
    m_members.push_back({rels_name(part), rels(links)});
    return *this;
}

PackageSample& PackageSample::main_type(const std::string& content_type) {
    m_types[m_main] = content_type;
    return *this;
}

PackageSample& PackageSample::root_link(const Link& link) {
    m_root_links.push_back(link);
    return *this;
}

Bytes PackageSample::bytes() const {
    return packed(all_members());
}

Bytes PackageSample::strict() const {
    const std::string old = "http://schemas.openxmlformats.org/", iso = "http://purl.oclc.org/ooxml/";
    std::vector<Member> members = all_members();
    for (Member& member : members) {
        for (const char* space : {"wordprocessingml", "spreadsheetml", "presentationml"})
            replace_all(member.content, old + space + "/2006/main", iso + space + "/main");
        replace_all(member.content, old + "officeDocument/2006/", iso + "officeDocument/");
        for (const char* space : {"main", "chart", "picture", "wordprocessingDrawing", "table"})
            replace_all(member.content, old + "drawingml/2006/" + space, iso + "drawingml/" + space);
    }
    return packed(members);
}

std::string PackageSample::flat(const std::string& prefix) const {
    const std::string open = prefix + ":";
    std::string text = R"(<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><)" + open +
                       "package xmlns:" + prefix + R"(="http://schemas.microsoft.com/office/2006/xmlPackage">)";
    for (const auto& [name, content] : all_members()) {
        if (name == "[Content_Types].xml") continue;
        text +=
            "<" + open + "part " + open + "name=\"/" + name + "\" " + open + "contentType=\"" + type_of(name) + "\">";
        if (content.starts_with('<'))
            text += "<" + open + "xmlData>" + content + "</" + open + "xmlData>";
        else
            text += "<" + open + "binaryData>\r\n" + to_base64(as_view(content)) + "\r\n</" + open + "binaryData>";
        text += "</" + open + "part>";
    }
    return text + "</" + open + "package>";
}

std::vector<PackageSample::Member> PackageSample::all_members() const {
    std::string types =
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
        R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
        R"(<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>)";
    for (const auto& [name, type] : m_types)
        types += "<Override PartName=\"/" + name + "\" ContentType=\"" + type + "\"/>";
    std::vector<Link> root = m_root_links;
    root.push_back({"rIdMain", "officeDocument", m_main});
    std::vector<Member> members{{"[Content_Types].xml", types + "</Types>"}, {"_rels/.rels", rels(root)}};
    members.insert(members.end(), m_members.begin(), m_members.end());
    return members;
}

std::string PackageSample::type_of(const std::string& name) const {
    const auto found = m_types.find(name);
    if (found != m_types.end()) return found->second;
    if (name.ends_with(".rels")) return "application/vnd.openxmlformats-package.relationships+xml";
    return name.ends_with(".png") ? "image/png" : "application/xml";
}

Bytes PackageSample::packed(const std::vector<Member>& members) {
    MemorySink sink(1ULL << 30);
    ZipWriter zip(sink);
    for (const Member& member : members)
        if (!zip.add(member.name, as_view(member.content), ZipWriter::Pack::fast))
            bug("the sample could not be written");
    if (!zip.finish()) bug("the sample could not be finished");
    return sink.take();
}

} // namespace sekisho::tests
