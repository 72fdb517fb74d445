// Whatever goes wrong, a person is told what to do next: every code that the sources can give is looked for.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "gateway/portal/page/texts.h"
#include "gateway/portal/problem.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::portal {
namespace {

// Codes that no portal's caller ever gets: between processes of the gateway, or before a process serves.
constexpr std::string_view inside[] = {"conveyor.",       "ticket.",      "release.",       "loop.",
                                       "http.accept",     "http.lost",    "policy.invalid", "tls.certificate",
                                       "accounts.invalid", "output.stalled", "input.too-large"};

std::set<std::string> codes_in_sources() {
    const std::regex pattern("(?:fail|reject|fail_errno|because)\\(\\s*\"([a-z0-9-]+\\.[a-z0-9-]+|not-permitted)\"");
    std::set<std::string> codes;
    for (const char* room : {"gateway/portal", "gateway/ledger", "gateway/auth", "base/ipc", "base/descriptor"})
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(std::string(SEKISHO_SOURCE_DIR) + "/" + room)) {
            const std::string extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".h") continue;
            std::ifstream file(entry.path());
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            for (std::sregex_iterator hit(text.begin(), text.end(), pattern), end; hit != end; ++hit)
                codes.insert((*hit)[1]);
        }
    for (const ReasonRow& reason : all_reasons())
        if (!reason.code.empty()) codes.insert(std::string(reason.code));
    return codes;
}

bool is_inside(const std::string& code) {
    return std::ranges::any_of(inside, [&](std::string_view start) { return code.starts_with(start); });
}

TEST(Problems, EveryCodeSaysWhatToDoNextInBothLanguages) {
    const auto codes = codes_in_sources();
    ASSERT_GT(codes.size(), 80U) << "the sources were not found";
    for (const char* known : {"storage.full", "audit.unwritable", "policy.none", "http.json", "scan.infected"})
        EXPECT_TRUE(codes.contains(known)) << known;
    const std::string nothing_better = problem_of({ErrorKind::fail, "unknown", "", "", ""}, false).text;
    for (const std::string& code : codes) {
        if (is_inside(code)) continue;
        const Error error{ErrorKind::fail, code, "what happened", {}, {}};
        EXPECT_NE(problem_of(error, false).text, nothing_better) << code << " needs a row in problems.def";
        for (const bool japanese : {true, false}) {
            EXPECT_FALSE(problem_of(error, japanese).help.empty()) << code;
            const Response response = problem_response(error, japanese);
            EXPECT_EQ(response.body.find("\"help\":\"\""), std::string::npos) << response.body;
            EXPECT_NE(response.body.find("\"code\":\"" + code + "\""), std::string::npos);
        }
        EXPECT_NE(problem_of(error, true).help, problem_of(error, false).help) << code;
    }
}

TEST(Problems, ACodeThatNobodyKnowsStillSaysWhatToDo) {
    const Response response = problem_response({ErrorKind::fail, "surprise.of-tomorrow", "x", {}, {}}, false);
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body.find("\"help\":\"\""), std::string::npos) << response.body;
}

} // namespace
} // namespace sekisho::portal
