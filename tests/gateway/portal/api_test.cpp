// The API and tus, as a program uses them.
#include <fstream>

#include "rig.h"

namespace sekisho::portal::tests {

using ::testing::HasSubstr;

namespace {

const std::vector<std::string> tus{"-H", "Tus-Resumable: 1.0.0"};

std::vector<std::string> operator+(std::vector<std::string> left, const std::vector<std::string>& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

std::vector<std::string> creation(std::size_t size) {
    return tus +
           std::vector<std::string>{
               "-X",
               "POST",
               "-H",
               "Upload-Length: " + std::to_string(size),
               "-H",
               "Upload-Metadata: filename " + to_base64(as_view("報告.pdf")) + ",zone_to " + to_base64(as_view("internet"))};
}

std::vector<std::string> piece(const std::string& text, std::size_t offset, const std::string& checksum) {
    return tus + std::vector<std::string>{"-X",
                                          "PATCH",
                                          "-H",
                                          "Content-Type: application/offset+octet-stream",
                                          "-H",
                                          "Upload-Offset: " + std::to_string(offset),
                                          "-H",
                                          "Upload-Checksum: sha256 " + checksum,
                                          "--data-binary",
                                          text};
}

StoredFile delivered(const std::string& content) {
    StoredFile file;
    file.id = new_transfer_id();
    file.wanted.name = "報告 \"1\".pdf";
    file.wanted.sender.person = "p-0001";
    file.wanted.size = content.size();
    file.content = content;
    file.state = State::delivered;
    return file;
}

} // namespace

TEST_F(PortalTest, AWrongPasswordGetsNoSession) {
    const Reply wrong = curl({"-H", "Content-Type: application/json", "-d", R"({"account":"tanaka","password":"x"})"},
                             "/api/v1/session");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_FALSE(wrong.has("Set-Cookie"));
    EXPECT_THAT(wrong.body, HasSubstr("login.wrong"));
    EXPECT_EQ(curl({}, "/api/v1/transfers").status, 401);
}

TEST_F(PortalTest, AChangeWithoutTheTokenIsRefused) {
    const Login login = log_in();
    const std::vector<std::string> cookie{"-H", "Cookie: " + login.cookie};
    EXPECT_EQ(curl(cookie + creation(5), "/api/v1/uploads").status, 403);
    EXPECT_EQ(curl(cookie + std::vector<std::string>{"-X", "DELETE"}, "/api/v1/session").status, 403);
    EXPECT_TRUE(ledger().files().empty());
    EXPECT_EQ(as(login, {"-X", "DELETE"}, "/api/v1/session").status, 204);
    EXPECT_EQ(as(login, {}, "/api/v1/session").status, 401) << "the session has ended";
}

TEST_F(PortalTest, AnotherSiteCannotUseTheSession) {
    const Login login = log_in();
    EXPECT_EQ(as(login, creation(5) + std::vector<std::string>{"-H", "Origin: https://evil.example"}, "/api/v1/uploads")
                  .status,
              403);
    EXPECT_EQ(
        as(login, creation(5) + std::vector<std::string>{"-H", "Sec-Fetch-Site: cross-site"}, "/api/v1/uploads").status,
        403);
}

TEST_F(PortalTest, TusSendsAFileInPieces) {
    const Login login = log_in();
    const Reply created = as(login, creation(10), "/api/v1/uploads");
    ASSERT_EQ(created.status, 201) << created.body;
    const std::string address = created.header("Location");
    const auto sum = [](const char* text) { return to_base64(sha256(as_view(text))); };
    const Reply damaged = as(login, piece("hello", 0, sum("hullo")), address);
    EXPECT_EQ(damaged.status, 460);
    EXPECT_EQ(as(login, piece("hello", 3, sum("hello")), address).status, 409);
    const Reply first = as(login, piece("hello", 0, sum("hello")), address);
    EXPECT_EQ(first.status, 204);
    EXPECT_EQ(first.header("Upload-Offset"), "5");
    EXPECT_EQ(as(login, tus + std::vector<std::string>{"-I"}, address).header("Upload-Offset"), "5");
    EXPECT_EQ(as(login, piece("world", 5, sum("world")), address).status, 204);
    const auto files = ledger().files();
    ASSERT_EQ(files.size(), 1U);
    EXPECT_EQ(files[0].content, "helloworld");
    EXPECT_EQ(files[0].wanted.name, "報告.pdf");
    EXPECT_EQ(files[0].wanted.sender.account, "tanaka");
}

TEST_F(PortalTest, TusTakesPasswordsAndRefusesTooMany) {
    const Login login = log_in();
    const auto create = [&](const std::string& passwords) {
        const auto field = [](std::string_view text) { return to_base64(as_view(text)); };
        return as(login,
                  tus + std::vector<std::string>{"-X", "POST", "-H", "Upload-Length: 5", "-H",
                                                 "Upload-Metadata: filename " + field("a.zip") + ",zone_to " +
                                                     field("internet") + ",passwords " + field(passwords)},
                  "/api/v1/uploads");
    };
    EXPECT_EQ(create("ひみつ\nsecret\n").status, 201);
    ASSERT_EQ(ledger().files().size(), 1U);
    EXPECT_THAT(ledger().files()[0].wanted.passwords, testing::ElementsAre("ひみつ", "secret"));
    for (const std::string& bad :
         {std::string("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11"), std::string(129, 'x'), std::string("\xff\xfe")}) {
        const Reply refused = create(bad);
        EXPECT_EQ(refused.status, 422);
        EXPECT_THAT(refused.body, testing::HasSubstr("\"code\":\"upload.passwords\""));
    }
    EXPECT_EQ(ledger().files().size(), 1U);
}

TEST_F(PortalTest, TusTakesTheSizesOfPartsAndRefusesWhatIsNone) {
    const Login login = log_in();
    const auto create = [&](const std::string& parts) {
        const auto field = [](std::string_view text) { return to_base64(as_view(text)); };
        return as(login,
                  tus + std::vector<std::string>{"-X", "POST", "-H", "Upload-Length: 5", "-H",
                                                 "Upload-Metadata: filename " + field("a.zip") + ",zone_to " +
                                                     field("internet") + ",parts " + field(parts)},
                  "/api/v1/uploads");
    };
    EXPECT_EQ(create("3 2").status, 201);
    ASSERT_EQ(ledger().files().size(), 1U);
    const auto parts = ledger().files()[0].wanted.parts;
    ASSERT_EQ(parts.size(), 2U);
    EXPECT_EQ(parts[0].size, 3U);
    EXPECT_EQ(parts[1].size, 2U);
    std::string many = "1";
    for (int i = 1; i < 257; ++i) many += " 1";
    for (const std::string& bad :
         {many, std::string("3  2"), std::string("3,2"), std::string("3 -2"), std::string("99999999999999999999 2")}) {
        const Reply refused = create(bad);
        EXPECT_EQ(refused.status, 422) << bad;
        EXPECT_THAT(refused.body, testing::HasSubstr("\"code\":\"upload.parts\""));
    }
    EXPECT_EQ(ledger().files().size(), 1U);
}

TEST_F(PortalTest, TusSaysWhatItWants) {
    const Login login = log_in();
    EXPECT_EQ(as(login, {"-X", "POST", "-H", "Upload-Length: 5"}, "/api/v1/uploads").status, 412);
    const Reply options = curl({"-X", "OPTIONS"}, "/api/v1/uploads");
    EXPECT_EQ(options.status, 204);
    EXPECT_TRUE(options.has("Tus-Extension: creation,termination,expiration,checksum"));
    const Reply created = as(login, creation(5), "/api/v1/uploads");
    const auto wrong_type = tus + std::vector<std::string>{"-X", "PATCH", "-H", "Upload-Offset: 0", "-d", "hello"};
    EXPECT_EQ(as(login, wrong_type, created.header("Location")).status, 415);
    EXPECT_EQ(as(login, tus + std::vector<std::string>{"-X", "DELETE"}, created.header("Location")).status, 204);
    EXPECT_TRUE(ledger().files().empty());
}

TEST_F(PortalTest, AFileIsDownloadedWholeOrInParts) {
    const StoredFile file = delivered("0123456789");
    ledger().put(file);
    const Login login = log_in();
    const std::string address = "/api/v1/transfers/" + to_text(file.id) + "/content";
    const Reply whole = as(login, {}, address);
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body, "0123456789");
    EXPECT_THAT(whole.header("Content-Disposition"), HasSubstr("filename*=UTF-8''%E5%A0%B1%E5%91%8A%20%221%22.pdf"));
    const Reply part = as(login, {"-H", "Range: bytes=2-4"}, address);
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "234");
    EXPECT_EQ(as(login, {"-H", "Range: bytes=99-"}, address).status, 416);
    EXPECT_EQ(as(login, {}, "/transfers/" + to_text(file.id) + "/content").body, "0123456789") << "the page's link";
}

} // namespace sekisho::portal::tests
