// What a hostile file name or comment can do to a page, and what every page must have.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/portal/page/html.h"
#include "gateway/portal/page/page.h"

namespace sekisho::portal {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view hostile = "\"><script>alert('x')</script><img src=x onerror=alert(1)>&\x80\xE2\x80\xAE.pdf";

Person tanaka(std::string display = "田中 太郎") {
    return {"tanaka", "p-0001", std::move(display), {}};
}

Context context_for(const Person* person, bool japanese) {
    Context context;
    context.japanese = japanese;
    context.zone = {"lgwan", "LGWAN接続系", "LGWAN"};
    context.rank = 1;
    context.zones = {{"internet", "インターネット接続系", "Internet"}, {"mynumber", "個人番号利用事務系", "My Number"}};
    context.person = person;
    context.csrf = "0123456789abcdef0123456789abcdef";
    context.path = "/";
    return context;
}

ledger::Summary summary_of(State state, std::string text) {
    ledger::Summary summary;
    summary.id.fill(0xAB);
    summary.state = state;
    summary.name = text;
    summary.zone_from = "internet";
    summary.zone_to = "lgwan";
    summary.sender = text;
    summary.recipient = "p-0001";
    summary.bytes_in = 1'572'864;
    summary.created = summary.changed = 1'770'000'000'000;
    if (state == State::refused) summary.reason = Reason::type_empty;
    return summary;
}

// What a QR code may say at worst: the wire lets nothing but visible ASCII through.
constexpr const char* detail_text = "mailto:a\"><script>alert(1)</script>&x='y'";

FindingRecord finding_on_page(std::uint32_t page) {
    FindingRecord record;
    record.entry.finding = static_cast<Finding>(1);
    record.entry.path.length = 1;
    record.entry.path.steps[0] = {Place::page, page};
    record.entry.count = 2;
    record.entry.detail = detail_text;
    return record;
}

ledger::TransferDetail detail_of(State state, const std::string& text) {
    ledger::TransferDetail detail;
    detail.summary = summary_of(state, text);
    detail.comment = text;
    detail.message = text;
    detail.rules = text;
    detail.approvals.push_back({text, false, text, 1'770'000'000'000});
    detail.may_approve = state == State::held;
    StageReceipt stage;
    stage.stage = Stage::sanitize;
    stage.verdict = Verdict::delivered;
    stage.findings.push_back(finding_on_page(3));
    detail.stages.push_back(stage);
    return detail;
}

ledger::TransferList every_state(const std::string& text) {
    ledger::TransferList list;
    for (int i = 0; i < static_cast<int>(State::count); ++i)
        list.transfers.push_back(summary_of(static_cast<State>(i), text));
    list.next = 7;
    return list;
}

// Every page there is, with `text` wherever somebody else chooses the words.
std::vector<std::string> pages_with(std::string_view words, bool japanese) {
    const std::string text(words);
    const Person person = tanaka(text);
    Context context = context_for(&person, japanese);
    context.problems = {{text, text, text, text}};
    context.typed = {{"account", text}, {"recipient", text}, {"comment", text}, {"reason", text}, {"zone_to", text}};
    context.path = "/transfers/" + text;
    const Context stranger = [&] {
        Context none = context;
        none.person = nullptr;
        return none;
    }();
    std::vector<std::string> pages{login_page(stranger), error_page(stranger), error_page(context)};
    pages.push_back(send_page(context, every_state(text)));
    for (const auto box : {ledger::Box::inbox, ledger::Box::approval, ledger::Box::history})
        pages.push_back(list_page(context, box, every_state(text)));
    for (int i = 0; i < static_cast<int>(State::count); ++i)
        pages.push_back(detail_page(context, detail_of(static_cast<State>(i), text)));
    return pages;
}

// Start and end tags in their order; void elements aside, they must nest.
void expect_well_nested(const std::string& page) {
    static const std::set<std::string> empty_ones{"meta", "link", "input", "br"};
    const std::regex tag("<(/?)([a-z0-9]+)((?:\\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\\s*>");
    std::vector<std::string> open;
    std::string rest = std::regex_replace(page.substr(page.find('\n')), tag, "");
    EXPECT_EQ(rest.find('<'), std::string::npos) << "not a tag: " << rest.substr(rest.find('<'), 60);
    for (std::sregex_iterator it(page.begin(), page.end(), tag), end; it != end; ++it) {
        const std::string name = (*it)[2];
        if (empty_ones.contains(name)) continue;
        if ((*it)[1].length() == 0) {
            open.push_back(name);
            continue;
        }
        ASSERT_FALSE(open.empty()) << "</" << name << "> closes nothing";
        ASSERT_EQ(open.back(), name);
        open.pop_back();
    }
    EXPECT_TRUE(open.empty());
}

TEST(PortalPage, WhereACodeLeadsIsShownAndNotLinked) {
    Context context = context_for(nullptr, false);
    const Person person = tanaka("x");
    context.person = &person;
    auto detail = detail_of(State::held, "x");
    detail.stages.at(0).findings.at(0).entry.detail = "https://a/\"><script>";
    const std::string page = detail_page(context, detail);
    EXPECT_THAT(page, HasSubstr("translate=\"no\">https://a/&quot;&gt;&lt;script&gt;</bdi>"));
    EXPECT_THAT(page, Not(HasSubstr("href=\"https://a/")));
}

TEST(PortalPage, HostileTextNeverBecomesMarkup) {
    for (const bool japanese : {true, false})
        for (const std::string& page : pages_with(hostile, japanese)) {
            EXPECT_THAT(page, Not(HasSubstr("<script>")));
            EXPECT_THAT(page, Not(HasSubstr("<img")));
            EXPECT_THAT(page, Not(HasSubstr("\xE2\x80\xAE"))) << "a bidirectional override can disguise an extension";
            EXPECT_THAT(page, Not(HasSubstr("\x80\xE2"))) << "ill-formed UTF-8";
            expect_well_nested(page);
        }
}

TEST(PortalPage, NothingRunsOrLooksInline) {
    const std::regex handler("\\son[a-z]+\\s*=\\s*\"", std::regex::icase);
    for (const bool japanese : {true, false})
        for (const std::string& page : pages_with("report.pdf", japanese)) {
            EXPECT_FALSE(std::regex_search(page, handler));
            EXPECT_THAT(page, Not(HasSubstr("style=")));
            EXPECT_THAT(page, Not(HasSubstr("<style")));
            EXPECT_THAT(page, Not(HasSubstr("javascript:")));
            EXPECT_THAT(page, Not(HasSubstr("http://")));
            EXPECT_THAT(page, Not(HasSubstr("https://"))) << "a page must not depend on another site";
            const std::regex script("<script(?! src=\"/assets/[a-z0-9.-]+\" defer></script>)");
            EXPECT_FALSE(std::regex_search(page, script));
        }
}

TEST(PortalPage, EveryTextIsThereInBothLanguages) {
    std::set<std::string_view> ids;
    for (const TextRow& row : all_texts()) {
        EXPECT_TRUE(ids.insert(row.id).second) << row.id;
        EXPECT_FALSE(row.japanese.empty()) << row.id;
        EXPECT_FALSE(row.english.empty()) << row.id;
    }
    std::set<std::string_view> codes;
    for (const ProblemRow& row : all_problems()) {
        EXPECT_TRUE(codes.insert(row.code).second) << row.code;
        for (const auto text : {row.japanese, row.english, row.help_japanese, row.help_english})
            EXPECT_FALSE(text.empty()) << row.code;
    }
}

TEST(PortalPage, AnEnglishPageHasNoJapaneseButTheLanguageSwitchAndNames) {
    for (std::string page : pages_with("report.pdf", false)) {
        page = std::regex_replace(page, std::regex("<a class=\"language\"[^>]*>[^<]*</a>"), "");
        const auto kana = std::ranges::search(page, std::string_view("\xE3\x81")); // hiragana begin with E3 81
        EXPECT_TRUE(kana.empty()) << page.substr(static_cast<std::size_t>(kana.begin() - page.begin()), 60);
        EXPECT_THAT(page, HasSubstr("<html lang=\"en\""));
    }
}

TEST(PortalPage, EveryPageHasItsLandmarks) {
    for (const std::string& page : pages_with("report.pdf", true)) {
        EXPECT_THAT(page, HasSubstr("<html lang=\"ja\" class=\"zone-1\">"));
        EXPECT_THAT(page, HasSubstr("<a class=\"skip\" href=\"#main\">"));
        EXPECT_THAT(page, HasSubstr("<main id=\"main\""));
        EXPECT_THAT(page, HasSubstr("LGWAN接続系"));
        EXPECT_THAT(page, HasSubstr("role=\"status\""));
        EXPECT_EQ(page.find("<h1>"), page.rfind("<h1>"));
    }
}

TEST(PortalPage, EveryFieldHasALabelAndEveryIdIsUnique) {
    for (const std::string& page : pages_with("report.pdf", true)) {
        const std::regex field("<(?:input|select|textarea)(?![^>]*type=\"hidden\")[^>]* id=\"([a-z_]+)\"");
        for (std::sregex_iterator it(page.begin(), page.end(), field), end; it != end; ++it)
            EXPECT_THAT(page, HasSubstr("<label for=\"" + (*it)[1].str() + "\">"));
        std::set<std::string> ids;
        const std::regex id(" id=\"([^\"]+)\"");
        for (std::sregex_iterator it(page.begin(), page.end(), id), end; it != end; ++it)
            EXPECT_TRUE(ids.insert((*it)[1].str()).second) << (*it)[1].str();
    }
}

TEST(PortalPage, TheMenuSaysWhereOneIs) {
    const Person person = tanaka();
    const Context context = context_for(&person, true);
    EXPECT_THAT(send_page(context, {}), HasSubstr("<a href=\"/\" aria-current=\"page\">送信</a>"));
    EXPECT_THAT(list_page(context, ledger::Box::inbox, {}),
                HasSubstr("<a href=\"/inbox\" aria-current=\"page\">受取</a>"));
}

TEST(PortalPage, EachStateHasItsWord) {
    const Person person = tanaka();
    const Context context = context_for(&person, true);
    constexpr std::array<std::pair<State, std::string_view>, 6> words{{{State::uploading, "送信中"},
                                                                       {State::received, "無害化中"},
                                                                       {State::held, "承認待ち"},
                                                                       {State::delivered, "受取可"},
                                                                       {State::refused, "差戻し"},
                                                                       {State::sent_back, "差戻し"}}};
    for (const auto& [state, word] : words) {
        ledger::TransferList list;
        list.transfers.push_back(summary_of(state, "report.pdf"));
        EXPECT_THAT(send_page(context, list), HasSubstr(">" + std::string(word)));
    }
}

TEST(PortalPage, WhatWasReturnedSaysWhyAndWhatToDo) {
    const Person person = tanaka();
    for (const bool japanese : {true, false}) {
        const Context context = context_for(&person, japanese);
        const ReasonRow& row = row_of(Reason::type_empty);
        const std::string page = detail_page(context, detail_of(State::refused, "report.pdf"));
        EXPECT_THAT(page, HasSubstr(escaped(japanese ? row.japanese : row.english)));
        EXPECT_THAT(page, HasSubstr(escaped(japanese ? row.help_japanese : row.help_english)));
    }
    const Context context = context_for(&person, true);
    ledger::TransferDetail detail = detail_of(State::sent_back, "report.pdf");
    detail.approvals[0].reason = "住所を消してください";
    EXPECT_THAT(detail_page(context, detail), HasSubstr("住所を消してください"));
}

TEST(PortalPage, WhatWasRemovedIsSaidInWordsWithPlaceAndNumber) {
    const Person person = tanaka();
    const std::string page = detail_page(context_for(&person, true), detail_of(State::delivered, "report.pdf"));
    EXPECT_THAT(page, HasSubstr(escaped(row_of(static_cast<Finding>(1)).japanese)));
    EXPECT_THAT(page, HasSubstr("ページ 3"));
    EXPECT_THAT(page, HasSubstr("除去"));
    EXPECT_THAT(page, HasSubstr("<strong>2</strong>"));
}

TEST(PortalPage, OnlyTheRecipientIsOfferedTheFile) {
    const Person person = tanaka();
    Person other = person;
    other.person = "p-0002";
    const auto detail = detail_of(State::delivered, "report.pdf");
    EXPECT_THAT(detail_page(context_for(&person, true), detail), HasSubstr("/content\">"));
    EXPECT_THAT(detail_page(context_for(&other, true), detail), Not(HasSubstr("/content\"")));
}

TEST(PortalPage, APasswordIsAskedForOnlyWhenTheSessionIsNotFresh) {
    const Person person = tanaka();
    Context context = context_for(&person, true);
    const auto detail = detail_of(State::held, "report.pdf");
    EXPECT_THAT(detail_page(context, detail), HasSubstr("type=\"password\""));
    context.fresh = true;
    EXPECT_THAT(detail_page(context, detail), Not(HasSubstr("type=\"password\"")));
}

TEST(PortalPage, FieldsComeBeforeFilesInTheSendForm) {
    const Person person = tanaka();
    const std::string page = send_page(context_for(&person, true), {});
    const std::size_t file = page.find("type=\"file\"");
    for (const char* name :
         {"name=\"csrf\" value=\"0123", "name=\"zone_to\"", "name=\"recipient\"", "name=\"comment\""})
        EXPECT_LT(page.find(name), file) << name;
    EXPECT_NE(page.find("name=\"csrf\" value=\"0123"), std::string::npos);
}

TEST(PortalPage, AProblemOfAnUnknownCodeStillSaysWhatToDo) {
    const Problem problem = problem_of(Error{ErrorKind::fail, "peer.unreachable", "x", {}, {}}, true);
    EXPECT_FALSE(problem.text.empty());
    EXPECT_FALSE(problem.help.empty());
    EXPECT_TRUE(problem.detail.empty()) << "inner words are not for people";
    EXPECT_EQ(problem_of(reject("policy.refused", "規則の言葉").error(), true).detail, "規則の言葉");
}

TEST(PortalPage, AssetsAreFoundByTheNamesThatPagesUse) {
    const std::string page = login_page(context_for(nullptr, true));
    const std::regex address("/assets/([a-z0-9.-]+)");
    int count = 0;
    for (std::sregex_iterator it(page.begin(), page.end(), address), end; it != end; ++it, ++count) {
        const Asset* asset = find_asset((*it)[1].str());
        ASSERT_TRUE(asset) << (*it)[1].str();
        EXPECT_FALSE(asset->bytes.empty());
    }
    EXPECT_EQ(count, 3);
    EXPECT_FALSE(find_asset("portal.js"));
    EXPECT_FALSE(find_asset("../page.h"));
}

TEST(PortalPage, SizesAndTimesReadWell) {
    EXPECT_EQ(size_text(1'572'864, true), "1.5 MB (1,572,864 バイト)");
    EXPECT_EQ(size_text(999, false), "999 bytes");
    EXPECT_EQ(local_time_text(0), "1970-01-01 09:00");
    EXPECT_EQ(time_text(1500), "1970-01-01T00:00:01.500Z");
}

// Writes every page to a folder, for a look with a browser.
TEST(PortalPage, CanBeLookedAt) {
    const char* folder = std::getenv("SEKISHO_PAGES");
    if (!folder) GTEST_SKIP() << "SEKISHO_PAGES is not set";
    const auto pages = pages_with("令和8年度_予算要求書（案）.pdf", true);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        std::ofstream(std::string(folder) + "/" + std::to_string(i) + ".html") << pages[i];
    }
    std::filesystem::create_directories(std::string(folder) + "/assets");
    for (const Asset& asset : all_assets())
        std::ofstream(std::string(folder) + "/assets/" + std::string(asset.name)) << as_text(asset.bytes);
}

} // namespace

} // namespace sekisho::portal
