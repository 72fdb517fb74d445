// The pages and forms, as a browser without script uses them.
#include <filesystem>
#include <fstream>

#include "rig.h"

namespace sekisho::portal::tests {

using ::testing::HasSubstr;
using ::testing::Not;

namespace {

void write(const std::string& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
}

StoredFile held() {
    StoredFile file;
    file.id = new_transfer_id();
    file.wanted.name = "予算.xlsx";
    file.wanted.sender = {"tanaka", "p-0001", "田中", {}};
    file.wanted.zone_to = "internet";
    file.wanted.comment = "至急";
    file.wanted.size = 5;
    file.state = State::held;
    return file;
}

} // namespace

TEST_F(PortalTest, AStrangerIsSentToTheLogInPage) {
    for (const char* path : {"/", "/inbox", "/approval", "/history", "/transfers/00"}) {
        const Reply reply = curl({"-H", "Accept: text/html"}, path);
        EXPECT_EQ(reply.status, 303) << path;
        EXPECT_EQ(reply.header("Location"), "/login") << path;
    }
}

TEST_F(PortalTest, TheLogInFormGivesASession) {
    const Reply wrong = curl({"--data-urlencode", "account=<b>", "-d", "password=x"}, "/login");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_THAT(wrong.body, HasSubstr("アカウントまたはパスワードが違います"));
    EXPECT_THAT(wrong.body, HasSubstr("value=\"&lt;b&gt;\"")) << "what was typed stays, escaped";
    const Reply right = curl({"-d", "account=tanaka", "--data-urlencode", "password=correct horse"}, "/login");
    EXPECT_EQ(right.status, 303);
    const std::string cookie = right.header("Set-Cookie");
    EXPECT_THAT(cookie, HasSubstr("__Host-sekisho="));
    for (const char* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"})
        EXPECT_THAT(cookie, HasSubstr(part));
    EXPECT_EQ(curl({"-d", "account=tanaka", "-d", "password=x", "-H", "Origin: https://evil.example"}, "/login").status,
              403);
}

// With Referrer-Policy: no-referrer browsers send "Origin: null" with a form of the same site (Fetch, 3.2.6).
TEST_F(PortalTest, AFormOfThePageItselfIsTakenThoughItsOriginIsNull) {
    const std::vector<std::string> form{"-d", "account=tanaka", "--data-urlencode", "password=correct horse",
                                        "-H", "Origin: null"};
    auto own = form;
    own.insert(own.end(), {"-H", "Sec-Fetch-Site: same-origin"});
    EXPECT_EQ(curl(own, "/login").status, 303);
    auto other = form;
    other.insert(other.end(), {"-H", "Sec-Fetch-Site: cross-site"});
    EXPECT_EQ(curl(other, "/login").status, 403);
    EXPECT_EQ(curl(form, "/login").status, 403) << "a browser that does not say which site";
}

TEST_F(PortalTest, LoggingOutNeedsTheTokenAndEndsTheSession) {
    const Login login = log_in();
    EXPECT_EQ(as(login, {"-d", "csrf=wrong", "-H", "Accept: text/html"}, "/logout").status, 403);
    EXPECT_EQ(as(login, {}, "/").status, 200);
    const Reply out = as(login, {"-d", "csrf=" + login.csrf}, "/logout");
    EXPECT_EQ(out.status, 303);
    EXPECT_THAT(out.header("Set-Cookie"), HasSubstr("Max-Age=0"));
    EXPECT_EQ(as(login, {}, "/").status, 303);
}

TEST_F(PortalTest, TheSendFormTakesSeveralFiles) {
    const Login login = log_in();
    const std::string first(300'000, 'a');
    const std::string second = "two\r\n--not the boundary\r\n";
    write(folder() + "/one.bin", first);
    write(folder() + "/two.bin", second);
    const Reply reply = as(login,
                           {"-F", "csrf=" + login.csrf, "-F", "zone_to=internet", "-F", "recipient=", "-F",
                            "comment=至急 <b>", "-F", "file=@" + folder() + "/one.bin;filename=\"一.pdf\"", "-F",
                            "file=@" + folder() + "/two.bin;filename=\"二.pdf\""},
                           "/send");
    EXPECT_EQ(reply.status, 303) << reply.body;
    EXPECT_EQ(reply.header("Location"), "/?done=sent");
    const auto files = ledger().files();
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].content, first);
    EXPECT_EQ(files[1].content, second);
    EXPECT_EQ(files[1].wanted.name, "二.pdf");
    EXPECT_EQ(files[0].wanted.zone_to, "internet");
    EXPECT_EQ(files[0].wanted.comment, "至急 <b>");
    const Reply page = as(login, {}, "/?done=sent");
    EXPECT_THAT(page.body, HasSubstr("ファイルを受け付けました"));
    EXPECT_THAT(page.body, HasSubstr("二.pdf"));
    EXPECT_THAT(page.body, HasSubstr("山田 &lt;太郎&gt;"));
}

TEST_F(PortalTest, TheSendFormPutsTheSetsOfOneFormTogether) {
    const Login login = log_in();
    std::vector<std::string> form{"-F", "csrf=" + login.csrf, "-F", "zone_to=internet"};
    const auto add = [&](const std::string& name, const std::string& content) {
        write(folder() + "/" + name, content);
        form.insert(form.end(), {"-F", "file=@" + folder() + "/" + name});
    };
    add("a.zip.002", "two");
    add("memo.txt", "memo");
    add("b.zip", "end");
    add("a.zip.001", "PK\3\4 one ");
    add("b.z01", "start ");
    add("c.7z.003", "7z\xbc\xaf\x27\x1c three");
    add("c.7z.001", "7z\xbc\xaf\x27\x1c one");
    const Reply reply = as(login, form, "/send");
    EXPECT_EQ(reply.status, 303) << reply.body;
    std::map<std::string, std::string> sent;
    for (const auto& file : ledger().files()) {
        std::string& text = sent[file.wanted.name] = file.content;
        for (const auto& part : file.wanted.parts) text += "+" + std::to_string(part.size);
    }
    const std::map<std::string, std::string> wanted{{"memo.txt", "memo"},
                                                    {"a.zip", "PK\3\4 one two+9+3"},
                                                    {"b.zip", "start end+6+3"},
                                                    {"c.7z.003", "7z\xbc\xaf\x27\x1c three"},
                                                    {"c.7z.001", "7z\xbc\xaf\x27\x1c one"}};
    EXPECT_EQ(sent, wanted);
}

TEST_F(PortalTest, PasswordsGoToTheLedgerAndIntoNoPage) {
    const Login login = log_in();
    EXPECT_THAT(as(login, {}, "/").body, HasSubstr("ファイルのパスワード（暗号化されている場合）"));
    write(folder() + "/one.bin", "one");
    const auto send = [&](const std::string& passwords, const std::string& name) {
        return as(login,
                  {"-F", "csrf=" + login.csrf, "-F", "zone_to=internet", "-F", "comment=覚え書き", "-F",
                   "passwords=" + passwords, "-F", "file=@" + folder() + "/one.bin;filename=" + name},
                  "/send");
    };
    EXPECT_EQ(send("ひみつ\r\n\r\n two words \nx", "a.zip").status, 303);
    ASSERT_EQ(ledger().files().size(), 1U);
    EXPECT_THAT(ledger().files()[0].wanted.passwords, testing::ElementsAre("ひみつ", " two words ", "x"));
    const Reply wrong = send("hush-hush", "forbidden.exe");
    EXPECT_NE(wrong.status, 303);
    EXPECT_THAT(wrong.body, HasSubstr("覚え書き"));
    EXPECT_THAT(wrong.body, Not(HasSubstr("hush-hush")));
    const Reply many = send("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\nhush-hush", "a.zip");
    EXPECT_EQ(many.status, 422);
    EXPECT_THAT(many.body, HasSubstr("ファイルのパスワードを読み取れませんでした"));
    EXPECT_THAT(many.body, Not(HasSubstr("hush-hush")));
    EXPECT_EQ(send(std::string(129, 'x'), "a.zip").status, 422);
}

TEST_F(PortalTest, AFormWithoutTheTokenSendsNothing) {
    const Login login = log_in();
    write(folder() + "/one.bin", "one");
    const std::string file = "file=@" + folder() + "/one.bin";
    EXPECT_EQ(as(login, {"-F", "zone_to=internet", "-F", file}, "/send").status, 403);
    EXPECT_EQ(as(login, {"-F", file, "-F", "csrf=" + login.csrf}, "/send").status, 403) << "the token comes too late";
    EXPECT_TRUE(ledger().files().empty());
}

TEST_F(PortalTest, WhatIsWrongWithOneFileIsSaidAndTheOthersAreSent) {
    const Login login = log_in();
    write(folder() + "/one.bin", "one");
    const Reply reply = as(login,
                           {"-F", "csrf=" + login.csrf, "-F", "zone_to=internet", "-F", "comment=覚え書き", "-F",
                            "file=@" + folder() + "/one.bin;filename=forbidden.exe", "-F",
                            "file=@" + folder() + "/one.bin;filename=good.txt"},
                           "/send");
    EXPECT_EQ(reply.status, 403);
    EXPECT_THAT(reply.body, HasSubstr("forbidden.exe"));
    EXPECT_THAT(reply.body, HasSubstr("実行形式は送れません")) << "the policy's own words";
    EXPECT_THAT(reply.body, HasSubstr("次にすること"));
    EXPECT_THAT(reply.body, HasSubstr("覚え書き")) << "what was typed stays";
    ASSERT_EQ(ledger().files().size(), 1U);
    EXPECT_EQ(ledger().files()[0].wanted.name, "good.txt");
}

TEST_F(PortalTest, AFormWithoutAFileOrWithOneThatIsTooLargeSaysSo) {
    const Login login = log_in();
    const Reply none = as(login, {"-F", "csrf=" + login.csrf, "-F", "zone_to=internet"}, "/send");
    EXPECT_EQ(none.status, 422);
    EXPECT_THAT(none.body, HasSubstr("ファイルが選ばれていません"));
    std::filesystem::path large = folder() + "/large.bin";
    write(large, "");
    std::filesystem::resize_file(large, (64ULL << 20) + 1);
    const Reply too_large =
        as(login, {"-F", "csrf=" + login.csrf, "-F", "zone_to=internet", "-F", "file=@" + large.string()}, "/send");
    EXPECT_EQ(too_large.status, 413);
    EXPECT_THAT(too_large.body, HasSubstr("64MBを超えるファイル"));
    EXPECT_TRUE(ledger().files().empty());
}

TEST_F(PortalTest, ApprovingAsksForThePasswordAgain) {
    const StoredFile file = held();
    ledger().put(file);
    const Login login = log_in("sato");
    const std::string address = "/transfers/" + to_text(file.id);
    EXPECT_THAT(as(login, {}, address).body, HasSubstr("type=\"password\""));
    const std::vector<std::string> yes{"-d", "csrf=" + login.csrf, "-d", "approve=yes"};
    const Reply without = as(login, yes, address + "/decide");
    EXPECT_EQ(without.status, 403);
    EXPECT_THAT(without.body, HasSubstr("もう一度パスワードが必要です"));
    EXPECT_TRUE(ledger().decisions().empty());
    auto with = yes;
    with.insert(with.end(), {"--data-urlencode", "password=correct horse"});
    EXPECT_EQ(as(login, with, address + "/decide").header("Location"), "/approval?done=approved");
    ASSERT_EQ(ledger().decisions().size(), 1U);
    EXPECT_TRUE(ledger().decisions()[0].approve);
}

TEST_F(PortalTest, SendingBackNeedsAReason) {
    const StoredFile file = held();
    ledger().put(file);
    const Login login = log_in("sato");
    const std::string address = "/transfers/" + to_text(file.id) + "/decide";
    const std::vector<std::string> no{"-d",         "csrf=" + login.csrf, "-d",
                                      "approve=no", "--data-urlencode",   "password=correct horse"};
    const Reply without = as(login, no, address);
    EXPECT_EQ(without.status, 422);
    EXPECT_THAT(without.body, HasSubstr("差し戻すには理由が必要です"));
    auto with = no;
    with.insert(with.end(), {"--data-urlencode", "reason=住所を消してください"});
    EXPECT_EQ(as(login, with, address).status, 303);
    ASSERT_EQ(ledger().decisions().size(), 1U);
    EXPECT_EQ(ledger().decisions()[0].reason, "住所を消してください");
    EXPECT_EQ(as(login, {"-d", "csrf=x", "-d", "approve=yes"}, address).status, 403);
}

TEST_F(PortalTest, TheLanguageIsChosenAndRemembered) {
    EXPECT_THAT(curl({}, "/login").body, HasSubstr("<html lang=\"ja\""));
    const Reply english = curl({}, "/login?lang=en");
    EXPECT_THAT(english.body, HasSubstr("<html lang=\"en\""));
    EXPECT_THAT(english.header("Set-Cookie"), HasSubstr("sekisho-lang=en"));
    EXPECT_THAT(curl({"-H", "Cookie: sekisho-lang=en"}, "/login").body, HasSubstr("<html lang=\"en\""));
    EXPECT_THAT(curl({"-H", "Accept-Language: en-GB"}, "/login").body, HasSubstr("<html lang=\"en\""));
}

} // namespace sekisho::portal::tests
