// Does each verb of `sekisho policy` answer an officer's question, with the exit code that a script can rely on?
#include "tests/policy/verbs/run.h"

#include <sstream>

namespace sekisho::policy::tests {

namespace {

constexpr std::string_view tax_in = "allow \"R-030 取り込み\"\n"
                                    "  from lgwan to mynumber\n"
                                    "  when user in tax and type in office\n"
                                    "  reason \"税の事務\"\n\n";
constexpr std::string_view wall = "never \"N-001 分離\"\n"
                                  "  internet reaches mynumber\n"
                                  "  reason \"分離の原則\"\n\n";

TEST_F(Verbs, CheckSaysThatAllIsWell) {
    write("a.sekisho", policy_of(allow_office));
    const Ran ran = run("policy check a.sekisho");
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.output, "");
    EXPECT_EQ(ran.complaint, "a.sekisho: no problems (霞市 version 3; 1 rules, 0 tests, 0 proved)\n");
    EXPECT_NE(run("policy check a.sekisho --lang ja").complaint.find("問題はありません"), std::string::npos);
}

TEST_F(Verbs, CheckShowsEveryProblemWithItsPlaceAndWhatWasMeant) {
    write("a.sekisho",
          policy_of("allow \"R-010 受領\"\n  from intrenet to lgwan\n  when type in offcie\n  reason \"x\"\n"));
    const Ran ran = run("policy check a.sekisho");
    EXPECT_EQ(ran.status, 3);
    EXPECT_EQ(ran.output, "a.sekisho:8:8: error P0301: there is no zone `intrenet`\n"
                          "    8 |   from intrenet to lgwan\n"
                          "      |        ^^^^^^^^\n"
                          "      = help: did you mean `internet`?\n"
                          "a.sekisho:9:16: error P0302: there is no type or group of types `offcie`\n"
                          "    9 |   when type in offcie\n"
                          "      |                ^^^^^^\n"
                          "      = help: did you mean `office`?\n");
    EXPECT_EQ(ran.complaint, "a.sekisho: 2 problems\n");
}

TEST_F(Verbs, CheckLooksIntoWhatIsIncluded) {
    fs::create_directory(folder / "sub");
    write("sub/a.sekisho", policy_of("include \"b.sekisho\"\n"));
    write("sub/b.sekisho", "allow \"R-010 受領\"\n  from internet to lgwna\n  reason \"x\"\n");
    const Ran ran = run("policy check sub/a.sekisho");
    EXPECT_EQ(ran.status, 3);
    EXPECT_TRUE(ran.output.starts_with("sub/b.sekisho:2:20: error P0301")) << ran.output;
    fs::remove(folder / "sub/b.sekisho");
    const Ran missing = run("policy check sub/a.sekisho");
    EXPECT_EQ(missing.status, 3);
    EXPECT_TRUE(missing.output.starts_with("sub/a.sekisho:7:9: error")) << missing.output;
}

TEST_F(Verbs, CheckRefusesAPolicyThatBreaksItsNever) {
    write("a.sekisho", policy_of(std::string(allow_office) + std::string(tax_in) + std::string(wall)));
    const Ran ran = run("policy check a.sekisho");
    EXPECT_EQ(ran.status, 3);
    EXPECT_NE(ran.output.find("P0601"), std::string::npos) << ran.output;
    const auto json = parsed(run("policy check a.sekisho --json").output);
    EXPECT_EQ(json.at("valid"), false);
    EXPECT_EQ(json.at("problems").at(0).at("rule"), "N-001");
}

TEST_F(Verbs, CheckAnswersAsJsonLineByLine) {
    write("a.sekisho", policy_of(allow_office));
    write("b.sekisho", "zone internet\nallwo\n");
    const Ran ran = run("policy check --json a.sekisho b.sekisho");
    EXPECT_EQ(ran.status, 3);
    const std::size_t end = ran.output.find('\n');
    const auto good = parsed(ran.output.substr(0, end));
    EXPECT_EQ(good.at("valid"), true);
    EXPECT_EQ(good.at("version"), 3);
    const auto bad = parsed(ran.output.substr(end + 1));
    EXPECT_EQ(bad.at("problems").at(0).at("code"), "P0201");
    EXPECT_EQ(bad.at("problems").at(0).at("line"), 2);
    EXPECT_EQ(bad.at("problems").at(0).at("column"), 1);
    EXPECT_EQ(ran.complaint, "");
}

TEST_F(Verbs, CheckReadsStandardInput) {
    EXPECT_EQ(run("policy check -", policy_of(allow_office)).status, 0);
    EXPECT_EQ(run("policy check -", "nonsense").status, 3);
}

TEST_F(Verbs, AFileThatIsNotThereIsNoProblemOfThePolicy) {
    const Ran ran = run("policy check nowhere.sekisho");
    EXPECT_EQ(ran.status, 1);
    EXPECT_NE(ran.complaint.find("nowhere.sekisho"), std::string::npos);
    EXPECT_EQ(run("policy check").status, 2);
    EXPECT_EQ(run("policy check .").status, 1);
}

TEST_F(Verbs, FmtWritesTheCommonFormAndKeepsComments) {
    write("a.sekisho",
          "# 注釈\nzone   internet,lgwan\nallow \"R-010 受領\" from internet to lgwan reason \"x\" # ここも\n");
    EXPECT_EQ(run("policy fmt --check a.sekisho").status, 10);
    const Ran shown = run("policy fmt --stdout a.sekisho");
    EXPECT_EQ(shown.status, 0);
    EXPECT_EQ(run("policy fmt a.sekisho").status, 0);
    EXPECT_EQ(contents(folder / "a.sekisho"), shown.output);
    EXPECT_NE(shown.output.find("# 注釈"), std::string::npos);
    EXPECT_NE(shown.output.find("# ここも"), std::string::npos);
    EXPECT_EQ(run("policy fmt --check a.sekisho").status, 0);
    EXPECT_EQ(run("policy fmt -", "zone  a,b").output, run("policy fmt -", "zone a,  b").output);
}

TEST_F(Verbs, FmtLeavesAFileWithProblemsAsItIs) {
    const std::string text = "zone internet\n\"text that is not closed\n";
    write("a.sekisho", text);
    EXPECT_EQ(run("policy fmt a.sekisho").status, 3);
    EXPECT_EQ(contents(folder / "a.sekisho"), text);
}

// A line that ends with "user" and one that begins with the name of the user are hard to read.
TEST_F(Verbs, FmtCutsNoComparisonAndNoAttributeFromItsValue) {
    std::string given = "test \"長い\"\n given from internet to lgwan";
    for (const std::string more : {"type pdf", "size 1MB", "user \"t.yamada\"", "dept \"税務課\", \"収納課\"",
                                   "class 3B", "recipient \"k.sato\"", "recipient.dept \"総務課\"", "channel flow",
                                   "flow \"T-001\"", "findings ooxml.macro, pdf.javascript", "archive.members 10"})
        given += " " + more;
    write("a.sekisho",
          given + "\n expect refuse\nforbid \"F-1 x\" from any to any when not (findings has \"ooxml.macro\" or "
                  "findings has \"ooxml.xlm-macro\" or findings has \"pdf.javascript\") reason \"x\"\n");
    const Ran ran = run("policy fmt --stdout a.sekisho");
    ASSERT_EQ(ran.status, 0) << ran.complaint;
    std::istringstream lines(ran.output);
    for (std::string line; std::getline(lines, line);)
        for (const std::string word :
             {"user", "dept", "class", "recipient", "channel", "flow", "size", "has", "findings"})
            EXPECT_FALSE(line.ends_with(" " + word)) << ran.output;
    EXPECT_NE(ran.output.find("channel flow"), std::string::npos);
}

TEST_F(Verbs, LintNamesWhatIsInVain) {
    write("a.sekisho", policy_of(std::string(allow_office) + "allow \"R-011 同じ\"\n  from internet to lgwan\n"
                                                             "  when type is pdf and size <= 10MB\n"
                                                             "  reason \"x\"\n  until 2026-05-20\n"));
    const Ran ran = run("policy lint a.sekisho --today 2026-05-01");
    EXPECT_EQ(ran.status, 10);
    EXPECT_NE(ran.output.find("P0703"), std::string::npos) << ran.output;
    EXPECT_NE(ran.output.find("P0706"), std::string::npos) << ran.output;
    EXPECT_NE(ran.output.find("P0707"), std::string::npos) << ran.output;
    EXPECT_EQ(run("policy lint a.sekisho --today 2026-01-01").output.find("P0707"), std::string::npos);
    EXPECT_EQ(run("policy lint a.sekisho --today tomorrow").status, 2);
    EXPECT_GE(parsed(run("policy lint a.sekisho --json").output).at("remarks").as_array().size(), 2U);
}

TEST_F(Verbs, TestTellsWhichTestFailsAndWhatNoTestNotices) {
    const std::string good =
        "test \"受け取れる\"\n  given from internet to lgwan type pdf size 1MB\n  expect hold by R-010\n";
    write("a.sekisho", policy_of(std::string(allow_office) + good));
    const Ran lacking = run("policy test a.sekisho");
    EXPECT_EQ(lacking.status, 10);
    EXPECT_NE(lacking.output.find("size <= 50MB"), std::string::npos) << lacking.output;
    EXPECT_EQ(run("policy test --quick a.sekisho").status, 0);
    write("a.sekisho", policy_of(std::string(allow_office) + good +
                                 "test \"大きい\"\n  given from internet to lgwan type pdf size 51MB\n  expect refuse\n"
                                 "test \"種類\"\n  given from internet to lgwan type zip size 1MB\n  expect refuse\n"));
    EXPECT_EQ(run("policy test a.sekisho").status, 0);
    write("b.sekisho", policy_of(std::string(allow_office) +
                                 "test \"外れ\"\n  given from internet to lgwan type pdf size 1MB\n  expect refuse\n"));
    const Ran failed = run("policy test --quick b.sekisho");
    EXPECT_EQ(failed.status, 10);
    EXPECT_NE(failed.output.find("P0801"), std::string::npos);
    const auto json = parsed(run("policy test --json b.sekisho").output);
    EXPECT_EQ(json.at("failed"), 1);
    EXPECT_EQ(json.at("tests").at(0).at("got").at("outcome"), "allow");
}

// Who writes "allow" means: at once.
TEST_F(Verbs, TestTellsAllowFromHold) {
    const std::string given = "test \"受領\"\n  given from internet to lgwan type pdf size 1MB\n  expect ";
    const auto status = [&](const std::string& expected) {
        write("a.sekisho", policy_of(std::string(allow_office) + given + expected + "\n"));
        return run("policy test --quick a.sekisho").status;
    };
    EXPECT_EQ(status("allow by R-010"), 10);
    EXPECT_EQ(status("hold by R-010"), 0);
    EXPECT_EQ(status("allow by R-010 approve 1 by chief"), 0);
    EXPECT_EQ(status("hold by R-010 approve 2 by chief"), 10);
}

// What is suggested can be pasted, and then nothing is missing any more.
TEST_F(Verbs, TestSuggestsBlocksThatHelp) {
    std::string text = policy_of(std::string(allow_office) + "group x = user \"a\"\n");
    for (int round = 0; round < 5; ++round) {
        write("a.sekisho", text);
        const Ran ran = run("policy test --json a.sekisho");
        if (ran.status == 0) return;
        const auto report = parsed(ran.output);
        for (const auto& mutant : report.at("mutants").as_array())
            if (const auto* suggestion = mutant.as_object().if_contains("suggestion")) {
                text += std::string(suggestion->as_string()) + "\n";
                break;
            }
    }
    ADD_FAILURE() << run("policy test a.sekisho").output;
}

TEST_F(Verbs, ExplainSaysWhyAndWhatWouldHaveToBeDifferent) {
    write("a.sekisho", policy_of(allow_office));
    const Ran allowed = run("policy explain a.sekisho from=internet to=lgwan type=pdf size=1MB");
    EXPECT_EQ(allowed.status, 0) << allowed.complaint;
    EXPECT_NE(allowed.output.find("R-010"), std::string::npos);
    EXPECT_NE(allowed.output.find("a.sekisho:7"), std::string::npos) << allowed.output;
    const Ran refused = run("policy explain a.sekisho from=internet to=lgwan type=pdf size=60MB");
    EXPECT_EQ(refused.status, 10);
    EXPECT_NE(refused.output.find("size <= 50MB"), std::string::npos) << refused.output;
    const auto json = parsed(run("policy explain --json a.sekisho from=internet to=lgwan type=pdf size=60MB").output);
    EXPECT_EQ(json.at("decision").at("ground"), "no-rule");
    EXPECT_EQ(json.at("near_misses").at(0).at("rule"), "R-010");
    EXPECT_EQ(json.at("request").at("type"), "pdf");
}

TEST_F(Verbs, ExplainNamesTheWordThatIsWrong) {
    write("a.sekisho", policy_of(allow_office));
    const Ran zone = run("policy explain a.sekisho from=intrenet to=lgwan");
    EXPECT_EQ(zone.status, 2);
    EXPECT_NE(zone.complaint.find("did you mean `internet`?"), std::string::npos) << zone.complaint;
    EXPECT_NE(run("policy explain a.sekisho from=internet to=lgwan typ=pdf").complaint.find("`type`"),
              std::string::npos);
    EXPECT_EQ(run("policy explain a.sekisho from=internet").status, 2);
    EXPECT_EQ(run("policy explain a.sekisho from=internet to=lgwan size").status, 2);
    EXPECT_EQ(run("policy explain a.sekisho 'from=internet\"' to=lgwan").status, 2);
    write("b.sekisho", policy_of("allow nonsense\n"));
    EXPECT_EQ(run("policy explain b.sekisho from=internet to=lgwan").status, 3);
}

TEST_F(Verbs, ExplainTakesEveryKindOfWord) {
    take_profiles();
    const Ran ran =
        run("policy explain alpha.sekisho from=mynumber to=lgwan origin=mynumber type=xlsx size=5MB user=yamada "
            "dept=税務課,収納課 recipient=ito recipient.dept=総務課 class=2 channel=portal flow=none "
            "findings=ooxml.macro,ooxml.metadata dlp=none dlp.count=0 archive.depth=0 archive.members=0 "
            "level=rebuild hours=10:00 day=2026-05-01 'name=集計 表.xlsx'");
    EXPECT_EQ(ran.status, 0) << ran.output << ran.complaint;
    EXPECT_NE(ran.output.find("R-312"), std::string::npos);
}

TEST_F(Verbs, MatrixIsATableAPictureAndJson) {
    write("a.sekisho", policy_of(allow_office));
    const Ran table = run("policy matrix a.sekisho");
    EXPECT_EQ(table.status, 0);
    EXPECT_NE(table.output.find("R-010"), std::string::npos);
    EXPECT_EQ(run("policy matrix a.sekisho --svg a.svg").status, 0);
    EXPECT_TRUE(contents(folder / "a.svg").starts_with("<svg")) << contents(folder / "a.svg").substr(0, 80);
    EXPECT_EQ(parsed(run("policy matrix a.sekisho --json").output).at("zones").as_array().size(), 3U);
}

TEST_F(Verbs, PlanShowsWhatChangesAndWhatDoesNot) {
    write("a.sekisho", policy_of(allow_office));
    write("b.sekisho", "# 順序と注釈だけが違う\n" + policy_of(allow_office));
    EXPECT_EQ(run("policy plan a.sekisho a.sekisho").status, 0);
    EXPECT_NE(run("policy plan a.sekisho b.sekisho").complaint.find("written differently"), std::string::npos);
    write("c.sekisho", policy_of(std::string(allow_office) + std::string(tax_in)));
    const Ran ran = run("policy plan a.sekisho c.sekisho");
    EXPECT_EQ(ran.status, 10);
    EXPECT_NE(ran.output.find("mynumber"), std::string::npos) << ran.output;
    const auto opened = parsed(run("policy plan --json a.sekisho c.sekisho").output);
    EXPECT_EQ(opened.at("changes").at(0).at("kind"), "newly-allowed");
    EXPECT_EQ(opened.at("changes").at(0).at("before").at("outcome"), "deny");
    EXPECT_EQ(opened.at("changes").at(0).at("after").at("outcome"), "allow");
    const auto closed = parsed(run("policy plan --json c.sekisho a.sekisho").output);
    EXPECT_EQ(closed.at("changes").at(0).at("kind"), "newly-denied");
    EXPECT_EQ(run("policy plan").status, 2);
    EXPECT_EQ(run("policy plan a b c").status, 2);
}

// The witness of a change, put to `explain`, is answered as the plan says.
TEST_F(Verbs, PlanGivesAWitnessThatExplainConfirms) {
    write("a.sekisho", policy_of(allow_office));
    write("c.sekisho", policy_of(std::string(allow_office) + std::string(tax_in)));
    const auto plan = parsed(run("policy plan --json a.sekisho c.sekisho").output);
    std::string words;
    for (const auto& [key, value] : plan.at("changes").at(0).at("witness").as_object())
        words += fmt::format(" '{}={}'", std::string_view(key), std::string_view(value.as_string()));
    EXPECT_EQ(run("policy explain c.sekisho" + words).status, 0);
    EXPECT_EQ(run("policy explain a.sekisho" + words).status, 10);
}

TEST_F(Verbs, ProveShowsTheShortestPathThatBreaksANever) {
    write("a.sekisho", policy_of(std::string(allow_office) + std::string(tax_in) + std::string(wall)));
    const Ran ran = run("policy prove a.sekisho");
    EXPECT_EQ(ran.status, 10);
    EXPECT_NE(ran.output.find("internet → lgwan  R-010"), std::string::npos) << ran.output;
    EXPECT_NE(ran.output.find("lgwan → mynumber  R-030"), std::string::npos) << ran.output;
    const auto proof = parsed(run("policy prove --json a.sekisho").output).at("proofs").at(0);
    EXPECT_EQ(proof.at("verdict"), "broken");
    EXPECT_EQ(proof.at("path").as_array().size(), 2U);
    write("b.sekisho", policy_of(std::string(allow_office) + std::string(wall)));
    EXPECT_EQ(run("policy prove b.sekisho").status, 0);
    write("c.sekisho", policy_of("must \"M-001 通る\"\n  lgwan reaches internet when type is pdf\n  reason \"x\"\n"));
    EXPECT_EQ(run("policy prove c.sekisho").status, 10);
}

TEST_F(Verbs, ThePoliciesThatAreDeliveredPassThemAll) {
    take_profiles();
    for (const std::string name : {"alpha", "alpha-prime", "beta", "beta-prime", "default"})
        for (const std::string verb : {"check", "lint", "test", "prove", "matrix"}) {
            const Ran ran = run(fmt::format("policy {} {}.sekisho", verb, name));
            EXPECT_EQ(ran.status, 0) << verb << " " << name << ran.output << ran.complaint;
        }
}

TEST_F(Verbs, SpeakTheLanguageThatIsAskedFor) {
    write("a.sekisho", "nonsense\n");
    EXPECT_NE(run("policy check a.sekisho --lang ja").output.find("エラー"), std::string::npos);
    EXPECT_NE(run("--lang=ja policy check a.sekisho").output.find("エラー"), std::string::npos);
    EXPECT_EQ(run("policy check a.sekisho --lang en").output.find("エラー"), std::string::npos);
    EXPECT_EQ(run("policy check a.sekisho --lang fr").status, 2);
    EXPECT_NE(run("policy check --help --lang ja").output.find("使い方"), std::string::npos);
}

TEST_F(Verbs, TheNounAloneShowsItsVerbs) {
    const Ran alone = run("policy");
    EXPECT_EQ(alone.status, 2);
    EXPECT_NE(alone.complaint.find("policy explain"), std::string::npos);
    EXPECT_EQ(alone.complaint.find("sanitize"), std::string::npos);
    EXPECT_EQ(run("policy --help").status, 0);
    EXPECT_EQ(run("policy chekc").complaint,
              "sekisho: there is no verb policy chekc\n  Did you mean: sekisho policy check\n");
}

// Nothing is in force where no gateway runs: that is said, not guessed.
TEST_F(Verbs, WithoutAFileTheGatewayIsAsked) {
    const Ran ran = run("policy matrix --settings nowhere.toml");
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.complaint.find("FILE"), std::string::npos) << ran.complaint;
}

} // namespace

} // namespace sekisho::policy::tests
