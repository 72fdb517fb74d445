// Receiving: pieces, checksums, space, and the writer that does not let go.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/ledger/journal.h"
#include "tests/gateway/ledger/rig.h"

namespace sekisho::tests {
namespace {

using namespace std::chrono_literals;

class Upload : public testing::Test {
protected:
    void start(Settings settings = {}, bool will_accept = true) {
        rig = std::make_unique<Rig>(std::move(settings));
        rig->start_release();
        rig->start_ledger();
        if (will_accept)
            rig->wait_until_accepting();
        else
            std::this_thread::sleep_for(300ms);
        internet = std::make_unique<Client>(rig->portal("internet"));
    }
    std::unique_ptr<Rig> rig;
    std::unique_ptr<Client> internet;
    Person tanaka = person("tanaka");
};

ledger::AppendUpload with_checksum(ledger::Checksum kind, Bytes value) {
    ledger::AppendUpload piece;
    piece.checksum = kind;
    piece.checksum_value = std::move(value);
    return piece;
}

TEST_F(Upload, SmallContentNeedsNoFileAndOutlivesARestart) {
    start();
    const auto id = send(*internet, tanaka, "a short letter");
    ASSERT_TRUE(id) << to_line(id.error());
    for (const char* folder : {"ledger/incoming", "ledger/input"})
        EXPECT_TRUE(std::filesystem::is_empty(rig->path(folder))) << folder;
    rig->stop_ledger();
    rig->start_ledger();
    rig->wait_until_accepting();
    Client conveyor = rig->conveyor();
    ASSERT_TRUE(convey(conveyor, rig->key));
    ASSERT_TRUE(becomes(*internet, tanaka, *id, State::delivered));
    Client lgwan = rig->portal("lgwan");
    EXPECT_EQ(fetch(lgwan, tanaka, *id).value_or("nothing"), "clean:a short letter");
    rig->stop_ledger();
    auto journal = ledger::Journal::open(rig->path("journal.sqlite"));
    ASSERT_TRUE(journal) << to_line(journal.error());
    const auto transfer = journal->find(*id);
    ASSERT_TRUE(transfer && *transfer);
    const auto content = journal->content(**transfer);
    ASSERT_TRUE(content);
    EXPECT_FALSE(*content) << "what was delivered is still kept as it came";
}

TEST_F(Upload, GoesOnWhereItEndedAlsoAfterARestart) {
    start();
    const auto created = create(*internet, tanaka, 10);
    ASSERT_TRUE(created);
    const auto first = append(*internet, tanaka, created->id, 0, "0123");
    ASSERT_TRUE(first) << to_line(first.error());
    EXPECT_EQ(first->offset, 4U);
    EXPECT_FALSE(first->complete);
    EXPECT_EQ(append(*internet, tanaka, created->id, 3, "x").error().code, "upload.offset");
    rig->stop_ledger();
    // Bytes behind the acknowledged ones were never synced by anybody.
    std::ofstream(rig->path("ledger/incoming/" + to_text(created->id)), std::ios::app) << "garbage";
    rig->start_ledger();
    rig->wait_until_accepting();
    EXPECT_EQ(internet->call<ledger::UploadState>(ledger::UploadStatus{tanaka, created->id})->offset, 4U);
    const auto last = append(*internet, tanaka, created->id, 4, "456789");
    ASSERT_TRUE(last) << to_line(last.error());
    EXPECT_TRUE(last->complete);
    Client conveyor = rig->conveyor();
    const auto work = lease(conveyor);
    ASSERT_TRUE(work) << to_line(work.error());
    EXPECT_EQ(work->input, "0123456789");
    // The client that lost the answer asks again.
    EXPECT_TRUE(append(*internet, tanaka, created->id, 10, "")->complete);
}

TEST_F(Upload, APieceWithAWrongChecksumIsDropped) {
    start();
    const auto created = create(*internet, tanaka, 6);
    const Bytes good = *from_hex("a9993e364706816aba3e25717850c26c9cd0d89d"); // SHA-1 of "abc" (FIPS 180-4)
    const auto wrong = append(*internet, tanaka, created->id, 0, "abd", with_checksum(ledger::Checksum::sha1, good));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "upload.checksum");
    EXPECT_EQ(internet->call<ledger::UploadState>(ledger::UploadStatus{tanaka, created->id})->offset, 0U);
    EXPECT_EQ(append(*internet, tanaka, created->id, 0, "abc", with_checksum(ledger::Checksum::sha1, good))->offset,
              3U);
    const Digest digest = sha256(as_view("def"));
    const auto cut = with_checksum(ledger::Checksum::sha256, Bytes(digest.begin(), digest.end()));
    EXPECT_FALSE(append(*internet, tanaka, created->id, 3, "de", cut));
    EXPECT_TRUE(append(*internet, tanaka, created->id, 3, "def", cut)->complete);
}

TEST_F(Upload, MoreThanWasAnnouncedIsRefusedAndNothingOfItStays) {
    start();
    const auto created = create(*internet, tanaka, 4);
    EXPECT_EQ(append(*internet, tanaka, created->id, 0, "12345").error().code, "upload.too-long");
    EXPECT_EQ(internet->call<ledger::UploadState>(ledger::UploadStatus{tanaka, created->id})->offset, 0U);
    EXPECT_TRUE(append(*internet, tanaka, created->id, 0, "1234")->complete);
    EXPECT_FALSE(create(*internet, tanaka, 0));
}

TEST_F(Upload, AWriterThatKeepsItsPipeCannotChangeTheFile) {
    start({{"pipe_idle", "300"}});
    const auto created = create(*internet, tanaka, 5);
    auto pipe = *make_pipe();
    ASSERT_TRUE(write_all(pipe.write_end, as_view("hello")));
    const int read_end = pipe.read_end.get();
    const auto state = internet->call<ledger::UploadState>(
        ledger::AppendUpload{tanaka, created->id, 0, ledger::Checksum::none, {}}, {&read_end, 1});
    ASSERT_TRUE(state) << to_line(state.error());
    EXPECT_TRUE(state->complete);
    EXPECT_TRUE(write_all(pipe.write_end, as_view("evil!"))); // our own read end still holds the pipe open
    Client conveyor = rig->conveyor();
    EXPECT_EQ(lease(conveyor)->input, "hello");
}

TEST_F(Upload, AFileInsteadOfAPipeIsRefused) {
    start();
    const auto created = create(*internet, tanaka, 5);
    const Descriptor file(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
    const int number = file.get();
    const auto refused = internet->call<ledger::UploadState>(
        ledger::AppendUpload{tanaka, created->id, 0, ledger::Checksum::none, {}}, {&number, 1});
    EXPECT_EQ(refused.error().code, "upload.pipe");
}

TEST_F(Upload, NamesAreCleaned) {
    start();
    const std::vector<std::pair<std::string, std::string>> names{
        {"../../etc/passwd", "passwd"},
        {"a\\b\\報告.txt", "報告.txt"},
        {"\xE2\x80\xAE"
         "fdp.exe",
         "fdp.exe"},
        {"con.txt", "_con.txt"},
        {"...", "_"},
        {"a\x01<b>.txt", "a_b_.txt"},
        {std::string(400, 'x') + ".pdf", std::string(236, 'x') + ".pdf"}};
    for (const auto& [given, cleaned] : names) {
        const auto created = create(*internet, tanaka, 5, given);
        ASSERT_TRUE(created);
        EXPECT_EQ(detail(*internet, tanaka, created->id)->summary.name, cleaned);
    }
}

TEST_F(Upload, WithoutTheReserveNothingIsAccepted) {
    start({{"reserve", std::to_string(1ULL << 60)}}, false);
    const auto refused = create(*internet, tanaka, 5);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "storage.full");
    EXPECT_EQ(refused.error().kind, ErrorKind::fail);
    EXPECT_EQ(rig->health().reason, "no-space");
}

TEST_F(Upload, WhatIsPromisedToOthersIsNotPromisedAgain) {
    start();
    const std::uint64_t free = rig->health().free_bytes;
    rig->stop_ledger();
    rig->settings["reserve"] = std::to_string(free - (250U << 20));
    rig->start_ledger();
    rig->wait_until_accepting();
    EXPECT_TRUE(create(*internet, tanaka, 190'000'000));
    EXPECT_EQ(create(*internet, tanaka, 190'000'000).error().code, "storage.full");
}

TEST_F(Upload, WithoutAPolicyNothingIsAccepted) {
    start();
    for (const char* signers : {"", "these are no signers"}) {
        rig->stop_ledger();
        std::ofstream(rig->path("signers")) << signers;
        rig->start_ledger();
        std::this_thread::sleep_for(300ms);
        EXPECT_EQ(rig->health().reason, "no-policy");
        EXPECT_EQ(create(*internet, tanaka, 5).error().code, "policy.none");
    }
    EXPECT_GE(rig->audit->count("policy.missing"), 2U);
}

// Runs `test` in a process of its own that has a small file system at `root`; false if that is not possible here.
bool on_small_disk(const std::string& root, const char* size, const std::function<void()>& test) {
    const pid_t child = fork();
    if (child == 0) {
        const std::string options = std::string("size=") + size;
        if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
            mount("tmpfs", root.c_str(), "tmpfs", 0, options.c_str()) != 0)
            _exit(77);
        test();
        _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77) return false;
    EXPECT_EQ(status, 0);
    return true;
}

TEST(SmallDisk, AFullDiskRefusesAndLosesNothing) {
    std::string root = (std::filesystem::temp_directory_path() / "sekisho-disk-XXXXXX").string();
    ASSERT_NE(mkdtemp(root.data()), nullptr);
    const bool could = on_small_disk(root, "24m", [&] {
        Rig rig(Settings{{"reserve", "1"}}, root);
        rig.start_release();
        rig.start_ledger();
        rig.wait_until_accepting();
        Client internet = rig.portal("internet");
        const Person tanaka = person("tanaka");
        const auto kept = send(internet, tanaka, std::string(1 << 20, 'k'));
        EXPECT_TRUE(kept);
        const auto created = create(internet, tanaka, 12 << 20);
        EXPECT_TRUE(created);
        // Somebody else fills the disk while the file comes.
        auto pipe = *make_pipe();
        std::thread writer([&] {
            static_cast<void>(write_all(pipe.write_end, as_view(std::string(4 << 20, 'x'))));
            std::ofstream(root + "/filler") << std::string(24 << 20, 'f');
            static_cast<void>(write_all(pipe.write_end, as_view(std::string(8 << 20, 'x'))));
            pipe.write_end.close();
        });
        const int read_end = pipe.read_end.get();
        const auto refused = internet.call<ledger::UploadState>(
            ledger::AppendUpload{tanaka, created->id, 0, ledger::Checksum::none, {}}, {&read_end, 1});
        pipe.read_end.close();
        writer.join();
        EXPECT_FALSE(refused);
        EXPECT_EQ(refused.error().code, "storage.full");
        EXPECT_EQ(std::filesystem::file_size(root + "/ledger/incoming/" + to_text(created->id)), 0U);
        EXPECT_EQ(append(internet, tanaka, created->id, 0, std::string(12 << 20, 'x')).error().code, "storage.full");
        std::filesystem::remove(root + "/filler");
        const auto again = append(internet, tanaka, created->id, 0, std::string(12 << 20, 'x'));
        EXPECT_TRUE(again && again->complete);
        Client conveyor = rig.conveyor();
        EXPECT_EQ(lease(conveyor)->lease.id, *kept);
    });
    std::filesystem::remove_all(root);
    if (!could) GTEST_SKIP() << "no private mount here";
}

TEST(SmallDisk, AReadOnlySpoolStopsIntake) {
    std::string root = (std::filesystem::temp_directory_path() / "sekisho-disk-XXXXXX").string();
    ASSERT_NE(mkdtemp(root.data()), nullptr);
    const bool could = on_small_disk(root, "24m", [&] {
        // A mount of its own, because the journal stays open for writing.
        std::filesystem::create_directory(root + "/ledger");
        const std::string spool = root + "/ledger";
        if (mount("tmpfs", spool.c_str(), "tmpfs", 0, "size=8m") != 0) _exit(77);
        Rig rig(Settings{{"reserve", "1"}}, root);
        rig.start_ledger();
        rig.wait_until_accepting();
        Client internet = rig.portal("internet");
        EXPECT_TRUE(send(internet, person("tanaka"), "before"));
        const auto created = create(internet, person("tanaka"), 5);
        if (mount("none", spool.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) != 0) _exit(77);
        EXPECT_EQ(create(internet, person("tanaka"), 5).error().code, "storage.unwritable");
        EXPECT_EQ(append(internet, person("tanaka"), created->id, 0, "hello").error().code, "storage.unwritable");
        EXPECT_EQ(rig.health().reason, "spool-unwritable");
        if (mount("none", spool.c_str(), nullptr, MS_REMOUNT | MS_BIND, nullptr) != 0) _exit(77);
        EXPECT_TRUE(append(internet, person("tanaka"), created->id, 0, "hello"));
        EXPECT_TRUE(send(internet, person("tanaka"), "after"));
    });
    std::filesystem::remove_all(root);
    if (!could) GTEST_SKIP() << "no private mount here";
}

} // namespace
} // namespace sekisho::tests
