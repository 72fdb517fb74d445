// Does the command tell people what it can do, and what to type next?
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/arguments.h"
#include "gateway/cli/help.h"
#include "gateway/cli/sanitize/limits_file.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {

namespace {

namespace fs = std::filesystem;

struct Ran {
    int status = 0;
    std::string output; // standard output and standard error together
};

Ran run(const std::string& arguments) {
    const std::string command = fmt::format("LC_ALL=C.UTF-8 {}/sekisho {} 2>&1", SEKISHO_BIN_DIR, arguments);
    Ran ran;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe))
        ran.output.append(buffer.data(), count);
    ran.status = WEXITSTATUS(pclose(pipe));
    return ran;
}

std::string temporary_file(const std::string& content) {
    const std::string path = fs::temp_directory_path() / fmt::format("sekisho-cli-{}", getpid());
    std::ofstream(path) << content;
    return path;
}

} // namespace

TEST(Cli, EveryVerbAndOptionStandsInTheManual) {
    const Bytes bytes = *read_file(std::string(SEKISHO_SOURCE_DIR) + "/gateway/cli/sekisho.1.scd", 1 << 20);
    const std::string manual(as_text(bytes));
    for (const VerbRow& verb : all_verbs()) {
        EXPECT_NE(manual.find(fmt::format("*{}*", verb.name)), std::string::npos) << verb.name;
        for (const OptionRow& option : verb.options)
            EXPECT_NE(manual.find(fmt::format("*{}*", option.name)), std::string::npos)
                << verb.name << " " << option.name;
    }
}

TEST(Cli, EveryVerbHasHelpInBothLanguages) {
    for (const VerbRow& verb : all_verbs()) {
        EXPECT_FALSE(verb.english.empty());
        EXPECT_FALSE(verb.japanese.empty());
        const Ran ran = run(fmt::format("{} --help", verb.name));
        EXPECT_EQ(ran.status, 0);
        EXPECT_NE(ran.output.find(fmt::format("sekisho {}", verb.name)), std::string::npos);
    }
}

TEST(Cli, AnUnknownVerbNamesTheNearestOne) {
    const Ran ran = run("sanitise a.pdf");
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.output, "sekisho: there is no verb sanitise\n  Did you mean: sekisho sanitize\n");
}

TEST(Cli, AnUnknownOptionNamesTheNearestOne) {
    const Ran ran = run("sanitize a.pdf --ouf x");
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.output, "sekisho: there is no option --ouf\n  Did you mean --out?\n");
}

TEST(Cli, AMissingValueOrOperandIsAUsageError) {
    EXPECT_EQ(run("sanitize --out").status, 2);
    EXPECT_EQ(run("sanitize --out d").output,
              "sekisho: no input is named\n  Write: sekisho sanitize FILE... --out DIR\n");
    EXPECT_EQ(run("sanitize a --out d --level best").status, 2);
    EXPECT_EQ(run("sanitize a --out d --jobs none").status, 2);
}

TEST(Cli, NoWordAtAllIsAUsageErrorWithHelp) {
    const Ran ran = run("");
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.output.find("sanitize"), std::string::npos);
}

TEST(Cli, ALimitsFileIsReadAndItsMistakesAreShownWithTheirPlace) {
    const auto limits = limits_of_file(temporary_file("pages = 500\nratio = 200\n"));
    ASSERT_TRUE(limits);
    EXPECT_EQ(limits->pages, 500U);
    EXPECT_EQ(limits->ratio, 200U);
    const auto misspelt = limits_of_file(temporary_file("pages = 500\npags = 2\n"));
    ASSERT_FALSE(misspelt);
    EXPECT_TRUE(misspelt.error().where.ends_with(":2:8")) << misspelt.error().where;
    EXPECT_EQ(misspelt.error().help, "Did you mean `pages`?");
    EXPECT_FALSE(limits_of_file(temporary_file("pages = 0\n"))) << "below the row's least";
    EXPECT_FALSE(limits_of_file(temporary_file("pages = \"many\"\n")));
    EXPECT_FALSE(limits_of_file(temporary_file("pages = \n")));
    EXPECT_EQ(run(fmt::format("sanitize /etc/hostname --out /tmp --limits {}", temporary_file("pags = 2\n"))).status,
              3);
    fs::remove(temporary_file(""));
}

TEST(Cli, ADoubleDashEndsTheOptions) {
    const std::array<std::string, 3> words{"--json", "--", "--out"};
    const std::array options{OptionRow{"--json", "", "", ""}};
    const auto arguments = Arguments::parse(words, options);
    ASSERT_TRUE(arguments);
    EXPECT_TRUE(arguments->flag("--json"));
    EXPECT_EQ(arguments->operands(), std::vector<std::string>{"--out"});
}

} // namespace sekisho::cli
