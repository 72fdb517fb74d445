#include <fmt/format.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "tests/bench/samples.h"

namespace sekisho::bench {

namespace {

constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view word_space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view sheet_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view slide_space = "http://schemas.openxmlformats.org/presentationml/2006/main";
constexpr std::string_view drawing_space = "http://schemas.openxmlformats.org/drawingml/2006/main";
constexpr std::uint64_t most_bytes = 64 << 20;

class Package {
public:
    Package& part(const std::string& name, const std::string& content, const std::string& media) {
        m_types += fmt::format(
            "<Override PartName=\"/{}\" ContentType=\"application/vnd.openxmlformats-officedocument.{}+xml\"/>", name,
            media);
        m_members.emplace_back(name, to_bytes(std::string(head) + content));
        return *this;
    }
    Package& picture(const std::string& name, const Bytes& content) {
        m_members.emplace_back(name, content);
        return *this;
    }
    // Links of the part (of the whole package if it is empty): id, kind, target.
    Package& links(const std::string& name, const std::vector<std::array<std::string, 3>>& links) {
        std::string text = std::string(head) +
                           "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        for (const auto& [id, kind, target] : links)
            text += fmt::format("<Relationship Id=\"{}\" Type=\"{}/{}\" Target=\"{}\"/>", id, relations, kind, target);
        m_members.emplace_back(name, to_bytes(text + "</Relationships>"));
        return *this;
    }
    Bytes bytes() const {
        MemorySink out(most_bytes);
        ZipWriter writer(out);
        const std::string types =
            std::string(head) +
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>" +
            m_types + "</Types>";
        bool good = writer.add("[Content_Types].xml", as_view(types)).has_value();
        for (const auto& [name, content] : m_members)
            good = good && writer.add(name, content,
                                      name.ends_with(".jpeg") ? ZipWriter::Pack::store : ZipWriter::Pack::normal);
        if (!good || !writer.finish()) bug("a sample could not be packed");
        return out.take();
    }

private:
    std::string m_types;
    std::vector<std::pair<std::string, Bytes>> m_members;
};

std::string paragraph(const std::string& line, unsigned number) {
    const char* style = number % 12 == 0 ? "<w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/></w:pPr>"
                                         : "<w:pPr><w:ind w:firstLine=\"210\"/><w:jc w:val=\"both\"/></w:pPr>";
    const char* run = number % 12 == 0 ? "<w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr>"
                                       : "<w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:sz w:val=\"21\"/></w:rPr>";
    return fmt::format("<w:p>{}<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", style, run, line);
}

std::string drawing(unsigned number) {
    return fmt::format("<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent "
                       "cx=\"5400000\" cy=\"4050000\"/>"
                       "<wp:docPr id=\"{0}\" name=\"図{0}\"/><a:graphic><a:graphicData "
                       "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
                       "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"{0}\" "
                       "name=\"図{0}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"p{0}\"/>"
                       "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" "
                       "y=\"0\"/><a:ext cx=\"5400000\" cy=\"4050000\"/>"
                       "</a:xfrm><a:prstGeom "
                       "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></"
                       "wp:inline></w:drawing></w:r></w:p>",
                       number);
}

} // namespace

Bytes docx(std::size_t text, const std::vector<Bytes>& pictures, unsigned seed) {
    Package package;
    package.links("_rels/.rels", {{"m", "officeDocument", "word/document.xml"}});
    std::string body =
        fmt::format("<w:document xmlns:w=\"{}\" xmlns:r=\"{}\" xmlns:a=\"{}\" "
                    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
                    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><w:body>",
                    word_space, relations, drawing_space);
    std::vector<std::array<std::string, 3>> links{{"s", "styles", "styles.xml"}};
    unsigned number = 0;
    for (const Bytes& picture : pictures) {
        links.push_back({fmt::format("p{}", ++number), "image", fmt::format("media/image{}.jpeg", number)});
        package.picture(fmt::format("word/media/image{}.jpeg", number), picture);
        body += drawing(number);
    }
    const std::string lines = prose(text, seed);
    number = 0;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = lines.find('\n', at);
        body += paragraph(lines.substr(at, end - at), number++);
        at = end + 1;
    }
    body += "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1985\" w:right=\"1701\" w:bottom=\"1701\" "
            "w:left=\"1701\" "
            "w:header=\"851\" w:footer=\"992\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>";
    package.part("word/document.xml", body, "wordprocessingml.document.main");
    package.part(
        "word/styles.xml",
        fmt::format("<w:styles xmlns:w=\"{}\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name "
                    "w:val=\"Normal\"/><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:style></w:styles>",
                    word_space),
        "wordprocessingml.styles");
    return package.links("word/_rels/document.xml.rels", links).bytes();
}

Bytes xlsx(unsigned rows) {
    std::string sheet = fmt::format("<worksheet xmlns=\"{}\"><sheetData>", sheet_space);
    for (unsigned row = 1; row <= rows; ++row) {
        sheet += fmt::format("<row r=\"{}\">", row);
        for (char column = 'A'; column < 'G'; ++column) {
            const std::string place = fmt::format("{}{}", column, row);
            sheet += column == 'F' ? fmt::format("<c r=\"{0}\"><f>SUM(A{1}:E{1})</f><v>{1}</v></c>", place, row)
                                   : fmt::format("<c r=\"{}\"><v>{}</v></c>", place,
                                                 (row * 7919U + static_cast<unsigned>(column)) % 99991U);
        }
        sheet += "</row>";
    }
    Package package;
    return package.links("_rels/.rels", {{"m", "officeDocument", "xl/workbook.xml"}})
        .part("xl/workbook.xml",
              fmt::format("<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"集計\" sheetId=\"1\" "
                          "r:id=\"a\"/></sheets></workbook>",
                          sheet_space, relations),
              "spreadsheetml.sheet.main")
        .links("xl/_rels/workbook.xml.rels", {{"a", "worksheet", "worksheets/sheet1.xml"}})
        .part("xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>", "spreadsheetml.worksheet")
        .bytes();
}

Bytes pptx(unsigned paragraphs) {
    std::string slide =
        fmt::format("<p:sld xmlns:p=\"{}\" xmlns:a=\"{}\" xmlns:r=\"{}\"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr "
                    "id=\"1\" name=\"\"/><p:cNvGrpSpPr/>"
                    "<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id=\"2\" "
                    "name=\"本文\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>"
                    "<p:txBody><a:bodyPr/>",
                    slide_space, drawing_space, relations);
    for (unsigned i = 0; i < paragraphs; ++i)
        slide += fmt::format("<a:p><a:r><a:rPr lang=\"ja-JP\"/><a:t>{}</a:t></a:r></a:p>", prose(90, i).substr(0, 60));
    slide += "</p:txBody></p:sp></p:spTree></p:cSld></p:sld>";
    Package package;
    return package.links("_rels/.rels", {{"m", "officeDocument", "ppt/presentation.xml"}})
        .part("ppt/presentation.xml",
              fmt::format(
                  "<p:presentation xmlns:p=\"{}\" xmlns:r=\"{}\"><p:sldIdLst><p:sldId id=\"256\" "
                  "r:id=\"a\"/></p:sldIdLst>"
                  "<p:sldSz cx=\"9144000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>",
                  slide_space, relations),
              "presentationml.presentation.main")
        .links("ppt/_rels/presentation.xml.rels", {{"a", "slide", "slides/slide1.xml"}})
        .part("ppt/slides/slide1.xml", slide, "presentationml.slide")
        .bytes();
}

Bytes zip(const std::vector<std::pair<std::string, Bytes>>& members) {
    MemorySink out(most_bytes);
    ZipWriter writer(out);
    for (const auto& [name, content] : members)
        if (!writer.add(name, content)) bug("a sample could not be packed");
    if (!writer.finish()) bug("a sample could not be packed");
    return out.take();
}

} // namespace sekisho::bench
