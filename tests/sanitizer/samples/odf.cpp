#include "tests/sanitizer/samples/odf.h"

#include <map>
#include <string_view>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::tests {

namespace {

constexpr std::string_view oasis = "urn:oasis:names:tc:opendocument:xmlns:";

OdfSample made(const std::string& kind, const std::string& element, const std::string& body,
               const std::string& before_body) {
    OdfSample sample;
    sample.member("mimetype", "application/vnd.oasis.opendocument." + kind);
    return sample.member("content.xml", OdfSample::root("office:document-content") + ">" + before_body +
                                            "<office:body><office:" + element + ">" + body + "</office:" + element +
                                            "></office:body></office:document-content>");
}

} // namespace

std::string OdfSample::root(const std::string& name) {
    std::string text = "<" + name + " office:version=\"1.2\"";
    for (const auto& [prefix, rest] : std::map<std::string, std::string>{{"office", "office:1.0"},
                                                                         {"style", "style:1.0"},
                                                                         {"text", "text:1.0"},
                                                                         {"table", "table:1.0"},
                                                                         {"draw", "drawing:1.0"},
                                                                         {"svg", "svg-compatible:1.0"},
                                                                         {"script", "script:1.0"},
                                                                         {"form", "form:1.0"},
                                                                         {"config", "config:1.0"},
                                                                         {"anim", "animation:1.0"},
                                                                         {"meta", "meta:1.0"},
                                                                         {"chart", "chart:1.0"},
                                                                         {"presentation", "presentation:1.0"}})
        text += " xmlns:" + prefix + "=\"" + std::string(oasis) + rest + "\"";
    return text + R"( xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/")" +
           R"( xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0" xmlns:evil="urn:evil")" +
           R"( xmlns:xforms="http://www.w3.org/2002/xforms")";
}

OdfSample OdfSample::text(const std::string& body, const std::string& before_body) {
    return made("text", "text", body, before_body);
}

OdfSample OdfSample::sheet(const std::string& body) {
    return made("spreadsheet", "spreadsheet", "<table:table table:name=\"S\">" + body + "</table:table>", "");
}

OdfSample OdfSample::slides(const std::string& body) {
    return made("presentation", "presentation", body, "");
}

std::string OdfSample::flat(const std::string& kind, const std::string& markup) {
    return "<?xml version=\"1.0\"?>\n" + root("office:document") +
           " office:mimetype=\"application/vnd.oasis.opendocument." + kind + "\">" + markup + "</office:document>";
}

OdfSample& OdfSample::member(const std::string& name, const std::string& content, const std::string& media_type) {
    if (name == "mimetype") m_media_type = content;
    if (!media_type.empty() || name != "mimetype")
        m_manifest +=
            "<manifest:file-entry manifest:full-path=\"" + name + "\" manifest:media-type=\"" + media_type + "\"/>";
    if (!name.ends_with('/')) m_members.emplace_back(name, content);
    return *this;
}

OdfSample& OdfSample::manifest(const std::string& markup) {
    m_manifest += markup;
    return *this;
}

Bytes OdfSample::bytes() const {
    MemorySink sink(1ULL << 30);
    ZipWriter zip(sink);
    const auto add = [&](const std::string& name, const std::string& content) {
        if (!zip.add(name, as_view(content), ZipWriter::Pack::fast)) bug("the sample could not be written");
    };
    for (const auto& [name, content] : m_members) add(name, content);
    add("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"" + std::string(oasis) +
                                     "manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" "
                                     "manifest:media-type=\"" +
                                     m_media_type + "\"/>" + m_manifest + "</manifest:manifest>");
    if (!zip.finish()) bug("the sample could not be finished");
    return sink.take();
}

} // namespace sekisho::tests
