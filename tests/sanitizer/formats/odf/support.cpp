#include "tests/sanitizer/formats/odf/support.h"

#include <zip.h>

#include <algorithm>

#include "sanitizer/formats/ooxml/placeholder.h"
#include "sanitizer/verify/odf/odf.h"

namespace sekisho::tests {

namespace {

constexpr std::string_view oasis = "urn:oasis:names:tc:opendocument:xmlns:";

Result<> accept(Type, const Source&, const Limits&) {
    return {};
}

// Pictures that begin like PNG or JPEG pass as they are, anything else is refused.
Result<Type> nested_stand_in(const Source& in, Sink& out, std::string_view, Context&) {
    const View view = TRY(in.whole(1ULL << 30));
    if (!starts_with(view, "\x89PNG") && !starts_with(view, "\xFF\xD8")) return refuse(Reason::type_unsupported);
    TRY(out.write(view));
    return starts_with(view, "\x89PNG") ? Type::png : Type::jpeg;
}

Members unpack(View package) {
    Members members;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(package.data(), package.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &error) : nullptr;
    EXPECT_NE(archive, nullptr) << zip_error_strerror(&error);
    if (!archive) return members;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(archive, 0)); ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, i, 0, &stat) != 0) continue;
        std::string content(stat.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, i, 0);
        EXPECT_NE(file, nullptr) << stat.name;
        if (!file) continue;
        EXPECT_EQ(zip_fread(file, content.data(), stat.size), static_cast<zip_int64_t>(stat.size)) << stat.name;
        zip_fclose(file);
        EXPECT_TRUE(members.emplace(stat.name, std::move(content)).second) << "twice: " << stat.name;
    }
    zip_discard(archive);
    return members;
}

Sample made(const std::string& kind, const std::string& element, const std::string& body,
            const std::string& before_body) {
    Sample sample;
    sample.member("mimetype", "application/vnd.oasis.opendocument." + kind);
    return sample.member("content.xml", root("office:document-content") + ">" + before_body +
                                            "<office:body><office:" + element + ">" + body + "</office:" + element +
                                            "></office:body></office:document-content>");
}

} // namespace

std::string root(const std::string& name) {
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

Sample Sample::text(const std::string& body, const std::string& before_body) {
    return made("text", "text", body, before_body);
}

Sample Sample::sheet(const std::string& body) {
    return made("spreadsheet", "spreadsheet", "<table:table table:name=\"S\">" + body + "</table:table>", "");
}

Sample Sample::slides(const std::string& body) {
    return made("presentation", "presentation", body, "");
}

std::string Sample::flat(const std::string& kind, const std::string& markup) {
    return "<?xml version=\"1.0\"?>\n" + root("office:document") +
           " office:mimetype=\"application/vnd.oasis.opendocument." + kind + "\">" + markup + "</office:document>";
}

Sample& Sample::member(const std::string& name, const std::string& content, const std::string& media_type) {
    if (name == "mimetype") m_media_type = content;
    if (!media_type.empty() || name != "mimetype")
        m_manifest +=
            "<manifest:file-entry manifest:full-path=\"" + name + "\" manifest:media-type=\"" + media_type + "\"/>";
    if (!name.ends_with('/')) m_members.emplace_back(name, content);
    return *this;
}

Sample& Sample::manifest(const std::string& markup) {
    m_manifest += markup;
    return *this;
}

Bytes Sample::bytes() const {
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

bool Outcome::found(Finding finding) const {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.finding == finding; });
}

bool Outcome::is_gone(std::string_view words) const {
    return std::ranges::none_of(members, [&](const auto& member) {
        return member.second.find(words) != std::string::npos || member.first.find(words) != std::string::npos;
    });
}

const std::string& Outcome::member(const std::string& name) const {
    static const std::string none;
    const auto found = members.find(name);
    if (found != members.end()) return found->second;
    ADD_FAILURE() << "no member " << name;
    return none;
}

Outcome rebuilt(View input) {
    Outcome outcome;
    Bench first(Level::rebuild, {}, nested_stand_in);
    outcome.type = first.run(odf::rebuild, Type::odt, input);
    outcome.entries = first.report.entries();
    if (!outcome.type) return outcome;
    outcome.bytes = first.out.bytes();
    outcome.members = unpack(outcome.bytes);
    const auto good = verify::odf(*outcome.type, MemorySource(outcome.bytes), {}, accept);
    EXPECT_TRUE(good) << to_line(good.error());
    Bench second(Level::rebuild, {}, nested_stand_in);
    const auto again = second.run(odf::rebuild, *outcome.type, outcome.bytes);
    EXPECT_TRUE(again) << to_line(again.error());
    for (const Entry& entry : second.report.entries()) ADD_FAILURE() << "again: " << row_of(entry.finding).code;
    EXPECT_EQ(second.out.bytes(), outcome.bytes);
    return outcome;
}

Outcome rebuilt(const Sample& sample) {
    const Bytes bytes = sample.bytes();
    Outcome outcome = rebuilt(bytes);
    EXPECT_TRUE(outcome.type) << to_line(outcome.type.error());
    return outcome;
}

std::string refusal(View input) {
    Bench bench(Level::rebuild, {}, nested_stand_in);
    const auto type = bench.run(odf::rebuild, Type::odt, input);
    return type ? "delivered" : type.error().code;
}

std::string png() {
    return std::string(as_text(ooxml::placeholder_png));
}

} // namespace sekisho::tests
