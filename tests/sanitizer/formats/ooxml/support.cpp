#include "tests/sanitizer/formats/ooxml/support.h"

#include <zip.h>

#include <algorithm>
#include <regex>
#include <set>

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

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::vector<std::smatch> matches(const std::string& text, const std::regex& pattern) {
    return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

} // namespace

Sample Sample::word(const std::string& body, const std::vector<Link>& links) {
    Sample sample;
    sample.m_main = "word/document.xml";
    sample.part(sample.m_main, "<w:document" + std::string(word_ns) + "><w:body>" + body + "</w:body></w:document>",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
    if (!links.empty()) sample.links(sample.m_main, links);
    return sample;
}

Sample Sample::book(const std::string& workbook_content, const std::vector<Link>& links) {
    Sample sample;
    sample.m_main = "xl/workbook.xml";
    sample.part(sample.m_main, "<workbook" + std::string(sheet_ns) + ">" + workbook_content + "</workbook>",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
    return sample.links(sample.m_main, links);
}

Sample Sample::sheet(const std::string& sheet_content, const std::vector<Link>& links) {
    Sample sample = book(R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
                         {{"rId1", "worksheet", "worksheets/sheet1.xml"}});
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + std::string(sheet_ns) + ">" + sheet_content + "</worksheet>",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml");
    if (!links.empty()) sample.links("xl/worksheets/sheet1.xml", links);
    return sample;
}

Sample Sample::slide(const std::string& tree_content, const std::vector<Link>& links, const std::string& after) {
    Sample sample;
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

Sample& Sample::part(const std::string& name, const std::string& content, const std::string& content_type) {
    m_members.push_back({name, content});
    if (!content_type.empty()) m_types[name] = content_type;
    return *this;
}

Sample& Sample::links(const std::string& part, const std::vector<Link>& links) {
    m_members.push_back({rels_name(part), rels(links)});
    return *this;
}

Sample& Sample::main_type(const std::string& content_type) {
    m_types[m_main] = content_type;
    return *this;
}

Sample& Sample::root_link(const Link& link) {
    m_root_links.push_back(link);
    return *this;
}

Bytes Sample::bytes() const {
    std::string types =
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
        R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
        R"(<Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>)";
    for (const auto& [name, type] : m_types)
        types += "<Override PartName=\"/" + name + "\" ContentType=\"" + type + "\"/>";
    std::vector<Link> root = m_root_links;
    root.push_back({"rIdMain", "officeDocument", m_main});
    MemorySink sink(1ULL << 30);
    ZipWriter zip(sink);
    const auto add = [&](const std::string& name, const std::string& content) {
        if (!zip.add(name, as_view(content), ZipWriter::Pack::fast)) bug("the sample could not be written");
    };
    add("[Content_Types].xml", types + "</Types>");
    add("_rels/.rels", rels(root));
    for (const Member& member : m_members) add(member.name, member.content);
    if (!zip.finish()) bug("the sample could not be finished");
    return sink.take();
}

Members unpack(View package) {
    Members members;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(package.data(), package.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_CHECKCONS | ZIP_RDONLY, &error) : nullptr;
    EXPECT_NE(archive, nullptr) << zip_error_strerror(&error);
    if (!archive) return members;
    for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat) != 0) continue;
        std::string content(stat.size, '\0');
        zip_file_t* file = zip_fopen_index(archive, static_cast<zip_uint64_t>(i), 0);
        EXPECT_NE(file, nullptr) << stat.name;
        if (!file) continue;
        EXPECT_EQ(zip_fread(file, content.data(), stat.size), static_cast<zip_int64_t>(stat.size)) << stat.name;
        EXPECT_EQ(zip_fclose(file), 0) << stat.name;
        EXPECT_TRUE(members.emplace(stat.name, std::move(content)).second) << "twice: " << stat.name;
    }
    zip_discard(archive);
    return members;
}

Result<Type> nested_stand_in(const Source& in, Sink& out, std::string_view, Context& context) {
    const View view = TRY(in.whole(1ULL << 30));
    if (starts_with(view, "\x89PNG") || starts_with(view, "\xFF\xD8")) {
        TRY(out.write(view));
        return starts_with(view, "\x89PNG") ? Type::png : Type::jpeg;
    }
    if (!starts_with(view, "PK")) return refuse(Reason::type_unsupported);
    const ZipReader zip = TRY(ZipReader::open(in, context.budget()));
    const Type type = TRY(ooxml::identify(in, zip));
    if (type != Type::docx && type != Type::xlsx && type != Type::pptx) return refuse(Reason::type_unsupported);
    Job job{in, out, type, context};
    return ooxml::rebuild(job);
}

bool Outcome::found(Finding finding) const {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.finding == finding; });
}

bool Outcome::is_gone(std::string_view words) const {
    const std::string wanted = lower(words);
    std::string wide;
    for (const char character : wanted) wide += std::string{character, '\0'};
    return std::ranges::none_of(members, [&](const auto& member) {
        const std::string content = lower(member.second);
        return content.find(wanted) != std::string::npos || content.find(wide) != std::string::npos ||
               lower(member.first).find(wanted) != std::string::npos;
    });
}

const std::string& Outcome::member(const std::string& name) const {
    static const std::string none;
    const auto found = members.find(name);
    if (found != members.end()) return found->second;
    ADD_FAILURE() << "no member " << name;
    return none;
}

void expect_whole(const Members& members) {
    static const std::regex relation(
        R"re(<Relationship Id="([^"]*)" Type="([^"]*)" Target="([^"]*)"( TargetMode="External")?/>)re");
    static const std::regex reference(R"re( (?:r:(?:id|embed|link|dm|lo|qs|cs|pict|href)|o:relid)="([^"]+)")re");
    static const std::regex address(R"re(^(https?://|mailto:|tel:|#).*)re", std::regex::icase);
    ASSERT_TRUE(members.contains("[Content_Types].xml"));
    const std::string& types = members.at("[Content_Types].xml");
    std::set<std::string> reached;
    std::map<std::string, std::set<std::string>> ids;
    for (const auto& [name, content] : members) {
        if (!name.ends_with(".rels")) continue;
        const std::size_t folder = name.find("_rels/");
        const std::string owner = name.substr(0, folder) + name.substr(folder + 6, name.size() - folder - 11);
        EXPECT_TRUE(owner.empty() || members.contains(owner)) << name;
        for (const auto& match : matches(content, relation)) {
            EXPECT_TRUE(ids[owner].insert(match[1]).second) << "twice: " << match[1] << " in " << name;
            if (match[4].matched) {
                EXPECT_TRUE(std::regex_match(match[3].str(), address)) << match[3];
                continue;
            }
            const std::string target = match[3].str().starts_with('/') ? match[3].str().substr(1) : match[3].str();
            EXPECT_TRUE(members.contains(target)) << target << " of " << name;
            reached.insert(target);
        }
    }
    for (const auto& [name, content] : members) {
        if (name == "[Content_Types].xml" || name.ends_with(".rels")) continue;
        EXPECT_TRUE(reached.contains(name)) << "not reached: " << name;
        const std::string extension = name.substr(name.rfind('.') + 1);
        EXPECT_TRUE(types.find("\"/" + name + "\"") != std::string::npos ||
                    (extension != "xml" && types.find("Extension=\"" + extension + "\"") != std::string::npos))
            << "no type: " << name;
        if (extension != "xml" && extension != "vml") continue;
        for (const auto& match : matches(content, reference))
            EXPECT_TRUE(ids[name].contains(match[1])) << match[1] << " in " << name;
    }
}

Outcome rebuilt(View package) {
    Bench first(Level::rebuild, {}, nested_stand_in);
    Outcome outcome;
    outcome.type = first.run(ooxml::rebuild, Type::docx, package);
    outcome.entries = first.report.entries();
    if (!outcome.type) return outcome;
    outcome.members = unpack(first.out.bytes());
    expect_whole(outcome.members);
    Bench second(Level::rebuild, {}, nested_stand_in);
    const auto again = second.run(ooxml::rebuild, *outcome.type, first.out.bytes());
    EXPECT_TRUE(again) << to_line(again.error());
    for (const Entry& entry : second.report.entries())
        ADD_FAILURE() << "found again: " << row_of(entry.finding).code << " at " << to_text(entry.path);
    Bench third(Level::rebuild, {}, nested_stand_in);
    EXPECT_TRUE(third.run(ooxml::rebuild, *outcome.type, second.out.bytes()));
    EXPECT_EQ(second.out.bytes(), third.out.bytes());
    return outcome;
}

Outcome rebuilt(const Sample& sample) {
    return rebuilt(sample.bytes());
}

std::string png() {
    return std::string("\x89PNG\r\n\x1a\n") + "picture";
}

} // namespace sekisho::tests
