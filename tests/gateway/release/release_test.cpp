// Everything must be right at once; each single thing that is wrong stops the move, with a code of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/release/checks.h"
#include "gateway/release/service.h"
#include "gateway/ticket/ticket.h"

namespace sekisho::release {
namespace {

namespace fs = std::filesystem;

class ReleaseTest : public testing::Test {
protected:
    ReleaseTest() {
        std::string name = (fs::temp_directory_path() / "sekisho-release-XXXXXX").string();
        root = mkdtemp(name.data());
        for (const char* folder : {"staging", "egress/lgwan", "egress/mynumber"})
            fs::create_directories(root + "/" + folder);
        request = good_request();
        stage(output);
    }
    ~ReleaseTest() override { fs::remove_all(root); }

    StageReceipt receipt(Stage stage, const Digest& in, const Digest& out, std::uint64_t bytes_in,
                         std::uint64_t bytes_out) {
        StageReceipt made;
        made.stage = stage;
        made.verdict = Verdict::delivered;
        made.digest_in = in;
        made.digest_out = out;
        made.bytes_in = bytes_in;
        made.bytes_out = bytes_out;
        made.type_in = made.type_out = Type::pdf;
        return made;
    }
    Release good_request() {
        const Digest in = sha256(as_view("input"));
        const Digest out = sha256(as_view(output));
        Release made;
        made.id = new_transfer_id();
        made.epoch = 3;
        made.zone_from = "internet";
        made.zone_to = "lgwan";
        made.digest_in = in;
        made.receipts = {receipt(Stage::scan, in, in, 5, 5), receipt(Stage::sanitize, in, out, 5, output.size()),
                         receipt(Stage::verify, out, out, output.size(), output.size())};
        made.ticket = {made.id,        made.epoch,   in,       out, output.size(), Type::pdf, Level::rebuild,
                       made.zone_from, made.zone_to, now + 60, {}};
        sign_ticket(made.ticket, key);
        made.deliver = true;
        made.policy_digest = "digest";
        made.approvals_needed = made.approvals_given = 1;
        return made;
    }
    std::string staged_path() const {
        return root + "/staging/" + to_text(request.id) + "." + std::to_string(request.epoch);
    }
    std::string delivered_path() const { return root + "/egress/lgwan/" + to_text(request.id); }
    void stage(const std::string& content) { std::ofstream(staged_path(), std::ios::trunc) << content; }
    Service service() {
        return Service({root + "/staging", root + "/egress", key.public_key()}, [this] { return now; });
    }
    std::string code_of(const Release& asked) {
        const auto released = service().release(asked);
        return released ? "released" : released.error().code;
    }
    bool anything_delivered() const {
        return std::ranges::any_of(fs::recursive_directory_iterator(root + "/egress"),
                                   [](const auto& entry) { return entry.is_regular_file(); });
    }

    std::int64_t now = 1'800'000'000;
    const std::string output = "the clean file";
    SigningKey key = SigningKey::generate();
    std::string root;
    Release request;
};

TEST_F(ReleaseTest, MovesWhatIsRightAndSaysSoAgain) {
    EXPECT_EQ(code_of(request), "released");
    EXPECT_FALSE(fs::exists(staged_path()));
    std::ifstream file(delivered_path());
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), output);
    now += 1'000'000; // a ledger that crashed asks again, long after the ticket
    EXPECT_EQ(code_of(request), "released");
}

struct Tampering {
    const char* code;
    std::function<void(Release&)> change;
    bool sign_again = false; // even a verifier's signature does not help
};

TEST_F(ReleaseTest, EachSingleTamperingIsRefused) {
    const std::vector<Tampering> all{
        {"release.zone", [](auto& r) { r.zone_to = "../lgwan"; }},
        {"release.zone", [](auto& r) { r.zone_to = "internet"; }},
        {"release.verdict", [](auto& r) { r.deliver = false; }},
        {"release.verdict", [](auto& r) { r.policy_digest.clear(); }},
        {"release.approvals", [](auto& r) { r.approvals_given = 0; }},
        {"release.receipt-missing", [](auto& r) { r.receipts.clear(); }},
        {"release.receipt-missing", [](auto& r) { r.receipts.erase(r.receipts.begin()); }},
        {"release.receipt-missing", [](auto& r) { r.receipts.erase(r.receipts.begin() + 1); }},
        {"release.receipt-missing", [](auto& r) { r.receipts.pop_back(); }},
        {"release.order", [](auto& r) { std::swap(r.receipts[0], r.receipts[1]); }},
        {"release.order", [](auto& r) { r.receipts[2].stage = Stage::scan; }},
        {"release.stage", [](auto& r) { r.receipts[0].verdict = Verdict::refused; }},
        {"release.stage", [](auto& r) { r.receipts[1].verdict = Verdict::failed; }},
        {"release.stage", [](auto& r) { r.receipts[2].reason = Reason::internal; }},
        {"release.chain", [](auto& r) { r.digest_in[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[0].digest_in[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[0].digest_out[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[1].digest_in[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[1].digest_out[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[2].digest_in[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.receipts[2].digest_out[0] ^= 1; }},
        {"release.chain", [](auto& r) { r.ticket.digest_out[0] ^= 1; }, true},
        {"ticket.input", [](auto& r) { r.ticket.digest_in[0] ^= 1; }, true},
        {"ticket.transfer", [](auto& r) { r.ticket.transfer[0] ^= 1; }, true},
        {"ticket.transfer", [](auto& r) { r.id[0] ^= 1; }},
        {"ticket.epoch", [](auto& r) { ++r.ticket.epoch; }, true},
        {"ticket.epoch", [](auto& r) { ++r.epoch; }},
        {"ticket.zones", [](auto& r) { r.zone_to = "mynumber"; }},
        {"ticket.zones", [](auto& r) { r.ticket.zone_from = "mynumber"; }, true},
        {"release.type", [](auto& r) { r.ticket.type = Type::docx; }, true},
        {"release.type", [](auto& r) { r.receipts[1].type_out = Type::docx; }},
        {"release.type", [](auto& r) { r.ticket.level = Level::flatten; }, true},
        {"release.size", [](auto& r) { ++r.ticket.bytes_out; }, true},
        {"ticket.signature", [](auto& r) { r.ticket.signature[5] ^= 1; }},
        {"ticket.signature", [](auto& r) { ++r.ticket.not_after; }},
        {"ticket.signature", [](auto& r) { sign_ticket(r.ticket, SigningKey::generate()); }},
        {"ticket.expired", [](auto& r) { r.ticket.not_after = 1'700'000'000; }, true},
    };
    for (const Tampering& tampering : all) {
        Release changed = request;
        tampering.change(changed);
        if (tampering.sign_again) sign_ticket(changed.ticket, key);
        EXPECT_EQ(code_of(changed), tampering.code);
        EXPECT_FALSE(anything_delivered()) << tampering.code;
        EXPECT_TRUE(fs::exists(staged_path()));
    }
    EXPECT_EQ(code_of(request), "released"); // nothing else was wrong
}

TEST_F(ReleaseTest, OtherBytesAreNotMoved) {
    stage("the dirty file");
    EXPECT_EQ(code_of(request), "release.bytes-differ");
    stage(output + "!");
    EXPECT_EQ(code_of(request), "release.bytes-differ");
    fs::remove(staged_path());
    EXPECT_EQ(code_of(request), "release.staged-missing");
    EXPECT_FALSE(anything_delivered());
}

TEST_F(ReleaseTest, ALinkOrAPipeIsNotMoved) {
    fs::rename(staged_path(), root + "/staging/real");
    fs::create_symlink(root + "/staging/real", staged_path());
    EXPECT_NE(code_of(request), "released");
    fs::remove(staged_path());
    fs::create_hard_link(root + "/staging/real", staged_path()); // somebody keeps another name for it
    EXPECT_EQ(code_of(request), "release.bytes-differ");
    fs::remove(staged_path());
    ASSERT_EQ(mkfifo(staged_path().c_str(), 0600), 0);
    EXPECT_NE(code_of(request), "released");
    EXPECT_FALSE(anything_delivered());
}

TEST_F(ReleaseTest, SomethingElseAtThePlaceIsNeverOverwritten) {
    std::ofstream(delivered_path()) << "another file";
    EXPECT_EQ(code_of(request), "release.occupied");
    EXPECT_TRUE(fs::exists(staged_path()));
}

TEST_F(ReleaseTest, ATicketIsGoodForOnePlaceOnly) {
    ASSERT_EQ(code_of(request), "released");
    stage(output); // the same bytes once more, under the same ticket
    Release elsewhere = request;
    elsewhere.zone_to = "mynumber";
    EXPECT_EQ(code_of(elsewhere), "ticket.zones");
    Release another = request;
    another.id = new_transfer_id();
    EXPECT_EQ(code_of(another), "ticket.transfer");
    EXPECT_TRUE(fs::is_empty(root + "/egress/mynumber"));
}

TEST_F(ReleaseTest, DeletesOnlyWhatItIsTold) {
    ASSERT_EQ(code_of(request), "released");
    EXPECT_FALSE(service().remove({request.id, "../staging"}));
    EXPECT_TRUE(service().remove({request.id, "mynumber"}));
    EXPECT_TRUE(fs::exists(delivered_path()));
    EXPECT_TRUE(service().remove({request.id, "lgwan"}));
    EXPECT_FALSE(fs::exists(delivered_path()));
    EXPECT_TRUE(service().remove({request.id, "lgwan"}));
}

// One person can read all of it in one sitting, and it holds no parser.
TEST(ReleaseSize, StaysBelowEightHundredLines) {
    std::size_t lines = 0;
    for (const auto& entry : fs::directory_iterator(SEKISHO_SOURCE_DIR "/gateway/release")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);) {
            ++lines;
            EXPECT_EQ(line.find("#include \"sanitizer/formats"), std::string::npos);
            EXPECT_EQ(line.find("#include \"sanitizer/verify"), std::string::npos);
        }
    }
    EXPECT_GT(lines, 100U);
    EXPECT_LT(lines, 800U);
}

} // namespace
} // namespace sekisho::release
