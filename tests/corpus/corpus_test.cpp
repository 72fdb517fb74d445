// Does every file end delivered or refused, and is what is delivered clean in other programs' eyes?
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sys/wait.h>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/crypto/crypto.h"
#include "sanitizer/catalogue/catalogue.h"
#include "tests/corpus/benign.h"

namespace sekisho {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string output_of(const std::string& command, int& status) {
    std::string output;
    std::array<char, 65536> buffer{};
    FILE* pipe = popen(command.c_str(), "r");
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), count);
    const int ended = pclose(pipe);
    status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
    return output;
}

std::vector<json::object> sanitize(const std::string& input, const fs::path& out, int& status) {
    const std::string lines = output_of(
        fmt::format("{}/sekisho sanitize {} --out {} --json", SEKISHO_BIN_DIR, quoted(input), quoted(out.string())),
        status);
    std::vector<json::object> results;
    std::size_t begin = 0;
    for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', begin)) {
        results.push_back(json::parse(lines.substr(begin, end - begin)).as_object());
        begin = end + 1;
    }
    return results;
}

std::string text_of(const json::object& object, std::string_view key) {
    return object.at(key).is_string() ? std::string(object.at(key).as_string()) : std::string();
}

void write_samples(const fs::path& folder) {
    fs::create_directories(folder / "below");
    std::ofstream(folder / "below/table.csv") << "name,value\nx,=cmd|'/c calc'!A1\n";
    std::ofstream(folder / "letter.txt") << "こんにちは\n";
    std::ofstream(folder / "program.exe") << "MZ" << std::string(200, '\0');
    std::ofstream(folder / "script.pdf") << "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction << /S "
                                            "/JavaScript /JS (app.alert\\(1\\)) >> >>\nendobj\n"
                                            "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                                            "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] "
                                            ">>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n";
}

// Names that only a vector brings into a PDF, as a reader sees it who has taken every stream apart.
constexpr std::array pdf_vectors{"/JavaScript", "/JS",    "/Launch",       "/SubmitForm", "/ImportData",
                                 "/GoToR",      "/GoToE", "/EmbeddedFile", "/RichMedia",  "/XFA",
                                 "/AA",         "/Movie", "/Sound",        "/Rendition",  "/Encrypt"};

// Objects without the data of streams: a picture may hold any bytes.
std::string pdf_objects(const std::string& path) {
    int status = 0;
    return output_of(fmt::format("qpdf --json=2 --json-key=qpdf --json-stream-data=none {} 2>/dev/null", quoted(path)),
                     status);
}

void expect_clean_pdf(const std::string& path) {
    int status = 0;
    output_of(fmt::format("qpdf --check {} 2>&1", quoted(path)), status);
    EXPECT_EQ(status, 0) << "qpdf does not like " << path;
    const std::string objects = pdf_objects(path);
    // A page to open at may stay; an action may not.
    constexpr std::string_view opens = "\"/OpenAction\": ";
    const std::size_t opening = objects.find(opens);
    EXPECT_TRUE(opening == std::string::npos || objects[opening + opens.size()] == '[') << path;
    for (const char* vector : pdf_vectors)
        EXPECT_EQ(objects.find(fmt::format("{}\"", vector)), std::string::npos) << vector << " in " << path;
}

void expect_clean_package(const std::string& path) {
    int status = 0;
    const std::string names = output_of(fmt::format("unzip -Z1 {}", quoted(path)), status);
    EXPECT_EQ(status, 0) << path;
    for (const char* part : {"vbaProject", "activeX", "oleObject", "printerSettings", "externalLink", "customUI",
                             "macrosheet", "attachedToolbars"})
        EXPECT_EQ(names.find(part), std::string::npos) << part << " in " << path;
    const std::string relations = output_of(fmt::format("unzip -p {} '*.rels'", quoted(path)), status);
    for (const char* relation :
         {"attachedTemplate", "oleObject", "frame\"", "subDocument", "Target=\"file:", "Target=\"\\\\", "javascript:"})
        EXPECT_EQ(relations.find(relation), std::string::npos) << relation << " in " << path;
    const std::string types = output_of(fmt::format("unzip -p {} '\\[Content_Types\\].xml'", quoted(path)), status);
    EXPECT_EQ(types.find("macroEnabled"), std::string::npos) << path;
}

// The corpus is sanitised once; every test looks at what came of it.
class Corpus : public testing::Test {
protected:
    static void SetUpTestSuite() {
        root = fs::temp_directory_path() / fmt::format("sekisho-corpus-{}", getpid());
        fs::remove_all(root);
        fs::create_directories(root);
        const char* given = std::getenv("SEKISHO_CORPUS");
        is_real = given && fs::is_directory(given);
        input = is_real ? given : (root / "samples").string();
        if (!is_real) write_samples(input);
        first = sanitize(input, root / "first", first_status);
    }
    static void TearDownTestSuite() { fs::remove_all(root); }
    inline static fs::path root;
    inline static std::string input;
    inline static bool is_real = false;
    inline static std::vector<json::object> first;
    inline static int first_status = 0;
};

// How many ordinary files there were, and which of them were refused.
struct Tally {
    std::size_t ordinary = 0;
    std::vector<std::string> refused;
};

Tally tally_of(const std::vector<json::object>& results, const std::string& corpus) {
    std::map<std::string, const json::object*> by_input;
    for (const json::object& result : results) by_input[text_of(result, "input")] = &result;
    Tally tally;
    for (const Indexed& file : indexed_files(corpus)) {
        const auto found = by_input.find((fs::path(corpus) / file.path).string());
        if (!file.why.empty() || found == by_input.end()) continue;
        const json::object& result = *found->second;
        ++tally.ordinary;
        if (text_of(result, "verdict") != "delivered")
            tally.refused.push_back(
                fmt::format("{:<24} {:<18} {}", text_of(result, "reason"), text_of(result, "type"), file.path));
    }
    return tally;
}

} // namespace

TEST_F(Corpus, TheCheckSeesAVectorThatIsThere) {
    write_samples(root / "raw");
    EXPECT_NE(pdf_objects((root / "raw/script.pdf").string()).find("/JavaScript\""), std::string::npos);
}

TEST_F(Corpus, EveryFileEndsDeliveredOrRefusedAndCleanAndStaysTheSame) {
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(first_status, 10) << "some of these files must be refused, and none may fail";
    std::size_t delivered = 0;
    for (const json::object& result : first) {
        const std::string verdict = text_of(result, "verdict");
        const std::string name = text_of(result, "input");
        EXPECT_TRUE(verdict == "delivered" || verdict == "refused")
            << name << ": " << verdict << " " << text_of(result, "message");
        EXPECT_LT(result.at("millis").as_int64(), 30'000) << name;
        if (verdict != "delivered") {
            EXPECT_TRUE(reason_by_code(text_of(result, "reason"))) << name;
            EXPECT_EQ(text_of(result, "output"), "") << name;
            continue;
        }
        ++delivered;
        const std::string output = text_of(result, "output");
        EXPECT_EQ(text_of(result, "sha256_out"), to_hex(*sha256_of_file(*open_read_only(output)))) << name;
        EXPECT_TRUE(fs::exists(output + ".receipt.json")) << name;
        const std::string type = text_of(result, "type_out");
        if (type == "pdf") expect_clean_pdf(output);
        if (type == "docx" || type == "xlsx" || type == "pptx") expect_clean_package(output);
    }
    EXPECT_GT(delivered, 0U);
    for (const auto& entry : fs::recursive_directory_iterator(root / "first"))
        if (entry.path().string().ends_with(".receipt.json")) fs::remove(entry.path());

    int status = 0;
    // What we wrote, read by ourselves again: nothing left to say, and from then on the same bytes.
    const auto second = sanitize((root / "first").string(), root / "second", status);
    EXPECT_EQ(second.size(), delivered);
    for (const json::object& result : second) {
        EXPECT_EQ(text_of(result, "verdict"), "delivered")
            << text_of(result, "input") << " " << text_of(result, "reason");
        for (const json::value& finding : result.at("findings").as_array()) {
            const json::object& row = finding.as_object();
            EXPECT_EQ(text_of(row, "action"), "kept") << text_of(result, "input") << ": " << text_of(row, "code");
        }
    }
    for (const auto& entry : fs::recursive_directory_iterator(root / "second"))
        if (entry.path().string().ends_with(".receipt.json")) fs::remove(entry.path());
    const auto third = sanitize((root / "second").string(), root / "third", status);
    for (const json::object& result : third)
        EXPECT_EQ(text_of(result, "sha256_out"), text_of(result, "sha256_in")) << text_of(result, "input");
}

// What LibreOffice converts differently from one time to the next: NOW() in an older table is computed as it would be in its
// program, and in one presentation the animation of some slides is written or is not.
bool is_converted_by_chance(const std::string& path) {
    return path.ends_with("/formula_stress_test.xls") || path.ends_with("/unc-+oxford2001.ppt");
}

TEST_F(Corpus, TheSameInputGivesTheSameBytes) {
    int status = 0;
    const auto again = sanitize(input, root / "again", status);
    ASSERT_EQ(again.size(), first.size());
    std::map<std::string, std::string> hashes;
    for (const json::object& result : first) hashes[text_of(result, "input")] = text_of(result, "sha256_out");
    for (const json::object& result : again) {
        const std::string path = text_of(result, "input");
        if (is_converted_by_chance(path)) continue;
        EXPECT_EQ(text_of(result, "sha256_out"), hashes[path]) << path;
    }
}

// "Benign files refused: at most 1 %."
TEST_F(Corpus, OrdinaryFilesPass) {
    if (!is_real) GTEST_SKIP() << "no corpus";
    const Tally tally = tally_of(first, input);
    ASSERT_GT(tally.ordinary, 0U);
    fmt::print("ordinary files: {}, refused: {} ({:.2f} %)\n", tally.ordinary, tally.refused.size(),
               100.0 * static_cast<double>(tally.refused.size()) / static_cast<double>(tally.ordinary));
    for (const std::string& line : tally.refused) fmt::print("  {}\n", line);
    EXPECT_LE(tally.refused.size() * 100, tally.ordinary);
}

} // namespace sekisho
