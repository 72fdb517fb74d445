// Whatever goes wrong on the command line, something to do next is said: every code that the sources can give is looked for.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "gateway/cli/next_step.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {
namespace {

std::set<std::string> codes_in_sources() {
    const std::regex pattern("(?:fail|reject|fail_errno)\\(\\s*\"([a-z0-9-]+(?:\\.[a-z0-9-]+)?)\"");
    std::set<std::string> codes;
    for (const char* room : {"gateway/cli", "gateway/launch", "gateway/audit", "gateway/settings", "base"})
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(std::string(SEKISHO_SOURCE_DIR) + "/" + room)) {
            const std::string extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".h") continue;
            std::ifstream file(entry.path());
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            for (std::sregex_iterator hit(text.begin(), text.end(), pattern), end; hit != end; ++hit)
                codes.insert((*hit)[1]);
        }
    return codes;
}

TEST(NextStep, EveryCodeHasOneOfItsOwnKind) {
    const auto codes = codes_in_sources();
    ASSERT_GT(codes.size(), 60U) << "the sources were not found";
    for (const std::string& code : codes) EXPECT_FALSE(next_step(code).beginning.empty()) << code;
    for (const NextStep& step : all_next_steps()) {
        EXPECT_FALSE(step.english.empty()) << step.beginning;
        EXPECT_TRUE(std::ranges::any_of(step.japanese, [](char c) { return static_cast<unsigned char>(c) > 0x7F; }))
            << step.beginning;
    }
}

TEST(NextStep, TheLongestBeginningCounts) {
    EXPECT_EQ(next_step("settings.missing").beginning, "settings.missing");
    EXPECT_EQ(next_step("settings.value").beginning, "settings.");
    EXPECT_EQ(next_step("of.tomorrow").beginning, "");
}

TEST(NextStep, IsSaidWhereTheErrorSaysNothing) {
    const auto said = [](const char* language, const Error& error) {
        setenv("LC_ALL", language, 1);
        testing::internal::CaptureStderr();
        complain(error);
        std::fflush(stderr);
        unsetenv("LC_ALL");
        return testing::internal::GetCapturedStderr();
    };
    const Error bare{ErrorKind::fail, "audit.unwritable", "no", {}, {}};
    EXPECT_NE(said("C.UTF-8", bare).find("--log DIR"), std::string::npos);
    EXPECT_NE(said("ja_JP.UTF-8", bare).find("証拠"), std::string::npos);
    const Error telling{ErrorKind::fail, "audit.unwritable", "no", {}, "Free 3 MB below /x"};
    EXPECT_EQ(said("C.UTF-8", telling).find("--log DIR"), std::string::npos);
    EXPECT_NE(said("C.UTF-8", telling).find("Free 3 MB"), std::string::npos);
    EXPECT_NE(said("ja_JP.UTF-8", telling).find("Free 3 MB"), std::string::npos);
}

} // namespace
} // namespace sekisho::cli
