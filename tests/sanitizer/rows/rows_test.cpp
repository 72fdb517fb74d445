// Does every file that carries a vector end as its row says, in other programs' eyes?
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sanitizer/catalogue/type_findings.h"
#include "sanitizer/formats/formats.h"
#include "sanitizer/scan/service.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/run.h"
#include "tests/support/corpus.h"

namespace sekisho::rows {

namespace {

std::string codes(const Done& done) {
    std::string text(done.refused == Reason::none ? "" : row_of(done.refused).code);
    for (const Entry& entry : done.entries)
        text += fmt::format(" {}/{}", row_of(entry.finding).code, name_of(entry.action));
    return text;
}

std::string_view kind_of(Type type) {
    return row_of(type).name;
}

// Nothing is left to say about what we wrote, and from then on the bytes stay the same.
void expect_settled(const Done& first) {
    const std::string name = fmt::format("again.{}", row_of(first.type).extension);
    const Done second = sanitized(first.bytes, name);
    ASSERT_EQ(second.refused, Reason::none) << row_of(second.refused).code;
    EXPECT_EQ(second.type, first.type);
    for (const Entry& entry : second.entries)
        EXPECT_EQ(entry.action, Action::kept) << "a second time: " << row_of(entry.finding).code;
    EXPECT_TRUE(sanitized(second.bytes, name).bytes == second.bytes) << "a third time other bytes";
}

// What `sekisho formats` says may be found in a kind of file.
void expect_listed(View input, const std::string& name, const Done& done) {
    Budget budget{Limits{}};
    const auto type = detect(MemorySource(input), name, budget);
    if (!type) return;
    for (const Entry& entry : done.entries)
        EXPECT_TRUE(may_be_found(entry.finding, *type))
            << row_of(entry.finding).code << " is not listed for " << kind_of(*type);
}

void expect_without(const Look& output, const std::vector<std::string>& words) {
    for (const std::string& word : words) EXPECT_FALSE(output.sees(word)) << word << " is still there";
}

Reason scanned(View input, const std::string& signatures) {
    scan::Options options;
    options.directory = std::filesystem::path(SEKISHO_SOURCE_DIR) / signatures;
    options.temporary = std::filesystem::temp_directory_path();
    const auto engine = scan::Engine::load(options);
    if (!engine) return reason_of(engine.error());
    const Descriptor file = *make_memory_file("row");
    EXPECT_TRUE(write_all(file, input));
    return (*engine)->scan(file).reason;
}

struct Made {
    const NamedRow* row;
    const Case* one;
};

std::vector<Made> all_made() {
    std::vector<Made> all;
    for (const NamedRow& row : all_rows())
        for (const Case& one : row.row.made) all.push_back({&row, &one});
    return all;
}

class Rows : public testing::TestWithParam<Made> {
protected:
    static void SetUpTestSuite() { warm_up(); }
};

class RealFiles : public testing::TestWithParam<const NamedRow*> {
protected:
    static void SetUpTestSuite() { warm_up(); }
};

} // namespace

TEST_P(Rows, Hold) {
    const auto& [row, one] = GetParam();
    const Bytes input = one->make();
    if (!one->signatures.empty()) {
        EXPECT_EQ(scanned(input, one->signatures), one->refused);
        return;
    }
    const Done done = sanitized(input, one->name, one->passwords, one->parts, one->level);
    EXPECT_EQ(row_of(done.refused).code, row_of(one->refused).code) << codes(done);
    for (const Finding finding : one->found)
        EXPECT_TRUE(done.found(finding)) << "not found: " << row_of(finding).code << "; but " << codes(done);
    if (one->becomes != Type::unknown) {
        EXPECT_EQ(kind_of(done.type), kind_of(one->becomes));
    }
    const Done same = sanitized(input, one->name, one->passwords, one->parts, one->level);
    EXPECT_TRUE(same.bytes == done.bytes) << "not the same bytes from the same input";
    expect_listed(input, one->name, done);
    if (one->refused != Reason::none || done.refused != Reason::none) return;

    const std::string extension = std::filesystem::path(one->name).extension();
    const Look before = look(input, extension == ".eml" ? "mail" : extension.substr(1), false);
    for (const std::string& word : one->gone) EXPECT_TRUE(before.sees(word)) << "the test's own file lacks " << word;
    const Look after = look(done.bytes, kind_of(done.type), true);
    EXPECT_EQ(after.problem, "");
    expect_without(after, one->gone);
    expect_without(after, one->never);
    expect_without(after, row->row.never);
    for (const std::string& word : one->kept) EXPECT_TRUE(after.sees(word)) << word << " was lost";
    expect_settled(done);
}

INSTANTIATE_TEST_SUITE_P(Made, Rows, testing::ValuesIn(all_made()), [](const auto& info) {
    std::string name = fmt::format("{}_{}", info.param.row->id, info.param.one->name);
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
});

namespace {

// Paths of the corpus files that show a row, by the corpus's index.
std::vector<std::string> real_files(std::string_view id) {
    std::vector<std::string> paths;
    const char* root = std::getenv("SEKISHO_CORPUS");
    if (!root) return paths;
    std::ifstream index(std::filesystem::path(root) / "index.tsv");
    for (std::string line; std::getline(index, line);) {
        const std::size_t tab = line.find('\t');
        const std::string ids = " " + line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1) + " ";
        if (ids.find(fmt::format(" {} ", id)) != std::string::npos)
            paths.push_back((std::filesystem::path(root) / line.substr(0, tab)).string());
    }
    return paths;
}

bool ends_as_said(const Row& row, const Done& done) {
    if (done.refused != Reason::none) {
        for (const Case& one : row.made)
            if (one.refused == done.refused) return true;
        return std::ranges::find(row.also_refused, done.refused) != row.also_refused.end();
    }
    if (row.also_plain) return true;
    for (const Case& one : row.made)
        for (const Finding finding : one.found)
            if (done.found(finding)) return true;
    return std::ranges::any_of(row.also_found, [&](Finding finding) { return done.found(finding); });
}

} // namespace

TEST_P(RealFiles, Hold) {
    const NamedRow& row = *GetParam();
    const std::vector<std::string> paths = real_files(row.id);
    if (paths.empty()) GTEST_SKIP() << "no corpus, or no file of it shows this row";
    for (const std::string& path : paths) {
        SCOPED_TRACE(path);
        const Bytes input = tests::read_whole(path);
        const Done done = sanitized(input, std::filesystem::path(path).filename().string());
        EXPECT_TRUE(done.omitted || ends_as_said(row.row, done)) << codes(done);
        expect_listed(input, std::filesystem::path(path).filename().string(), done);
        if (done.refused != Reason::none) continue;
        const Look after = look(done.bytes, kind_of(done.type), true);
        EXPECT_EQ(after.problem, "");
        expect_without(after, row.row.never);
        expect_settled(done);
    }
}

namespace {

std::vector<const NamedRow*> proved_rows() {
    std::vector<const NamedRow*> rows;
    for (const NamedRow& row : all_rows())
        if (row.owed_by.empty()) rows.push_back(&row);
    return rows;
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Corpus, RealFiles, testing::ValuesIn(proved_rows()),
                         [](const auto& info) { return std::string(info.param->id); });

TEST(Table, EveryRowHasAFileThatEndsSomehow) {
    std::string owed;
    for (const NamedRow& row : all_rows()) {
        if (!row.owed_by.empty()) {
            owed += fmt::format(" {} ({})", row.id, row.owed_by);
            continue;
        }
        EXPECT_FALSE(row.row.made.empty()) << row.id << " has no test";
        for (const Case& one : row.row.made)
            EXPECT_TRUE(!one.found.empty() || one.refused != Reason::none || one.becomes != Type::unknown)
                << row.id << " " << one.name << " shows nothing";
    }
    if (!owed.empty()) fmt::print("OWED, proved by no test:{}\n", owed);
}

// A code that no file brings about is dead, or its row is not proved. A page may lose a code only with a reason here.
TEST(Table, EveryFindingIsBroughtAboutByAFile) {
    std::set<Finding> proved, elsewhere{
#define ELSEWHERE(finding, where) Finding::finding,
#include "tests/sanitizer/rows/elsewhere.def"
#undef ELSEWHERE
                              };
    for (const NamedRow& row : all_rows())
        for (const Case& one : row.row.made) proved.insert(one.found.begin(), one.found.end());
    for (const FindingRow& row : all_findings())
        EXPECT_NE(proved.contains(row.finding), elsewhere.contains(row.finding))
            << row.code
            << (proved.contains(row.finding) ? " is proved here; take it off elsewhere.def" : " is proved by no row");
}

// Each row of the catalogue that is proved has a code that says so, and each code's row is one that there is.
TEST(Table, EveryFindingNamesARowThatThereIs) {
    std::set<std::string_view> ids;
    for (const NamedRow& row : all_rows()) ids.insert(row.id);
    for (const FindingRow& row : all_findings())
        EXPECT_TRUE(ids.contains(row.threat)) << row.code << " names " << row.threat;
}

TEST(Table, ThePageIsAsGenerated) {
    const Bytes page = tests::read_whole(SEKISHO_SOURCE_DIR "/docs/threats.md");
    EXPECT_EQ(as_text(page), table()) << "run ./dev rows";
}

} // namespace sekisho::rows
