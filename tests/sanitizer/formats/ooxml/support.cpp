#include "tests/sanitizer/formats/ooxml/support.h"

#include <zip.h>

#include <algorithm>
#include <regex>
#include <set>

namespace sekisho::tests {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::vector<std::smatch> matches(const std::string& text, const std::regex& pattern) {
    return {std::sregex_iterator(text.begin(), text.end(), pattern), std::sregex_iterator()};
}

} // namespace

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
