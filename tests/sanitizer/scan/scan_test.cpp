// Does the anti-virus stage find, fail closed, say its limits, and reload without a gap?
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include <gtest/gtest.h>

#include "sanitizer/scan/service.h"

namespace sekisho::scan {

namespace {

namespace fs = std::filesystem;

// In two halves, so that no anti-virus program stops at this source file.
const std::string test_file = std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}$") + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

Descriptor file_with(std::string_view content) {
    Descriptor file = *make_memory_file("scan");
    EXPECT_TRUE(write_all(file, as_view(content)));
    return file;
}

class Scan : public testing::Test {
protected:
    void SetUp() override {
        root = fs::temp_directory_path() / ("sekisho-scan-" + std::to_string(::getpid()));
        fs::create_directories(root / "signatures");
        fs::create_directories(root / "temporary");
        fs::copy_file(fs::path(SEKISHO_SOURCE_DIR) / "gateway/scanner/signatures/sekisho.ndb",
                      root / "signatures/sekisho.ndb", fs::copy_options::overwrite_existing);
        options.directory = root / "signatures";
        options.temporary = root / "temporary";
    }
    void TearDown() override { fs::remove_all(root); }
    fs::path root;
    Options options;
};

} // namespace

TEST_F(Scan, FindsTheStandardTestFile) {
    const auto engine = *Engine::load(options);
    const auto found = engine->scan(file_with(test_file));
    EXPECT_EQ(found.verdict, Verdict::refused);
    EXPECT_EQ(found.reason, Reason::scan_infected);
    EXPECT_EQ(engine->scan(file_with("hello")).verdict, Verdict::delivered);
}

TEST_F(Scan, AnEmptySignatureDirectoryIsAFailureNotClean) {
    fs::remove(root / "signatures/sekisho.ndb");
    const auto engine = Engine::load(options);
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().code, "scan.failed");
}

TEST_F(Scan, AMissingSignatureDirectoryIsAFailure) {
    options.directory = root / "nowhere";
    EXPECT_FALSE(Engine::load(options));
}

TEST_F(Scan, AFileLargerThanTheLimitIsItsOwnVerdict) {
    options.largest_file = 1024;
    const auto engine = *Engine::load(options);
    const auto answer = engine->scan(file_with(std::string(4096, 'a')));
    EXPECT_EQ(answer.verdict, Verdict::refused);
    EXPECT_EQ(answer.reason, Reason::limit_scan);
}

TEST_F(Scan, ADescriptorThatCannotBeReadFails) {
    const auto engine = *Engine::load(options);
    EXPECT_EQ(engine->scan(Descriptor()).verdict, Verdict::failed);
}

TEST_F(Scan, NewSignaturesAreUsedWithoutRestart) {
    auto service = *Service::start(options, 2);
    const auto scan_now = [&](std::string_view content) {
        std::promise<worker::Scanned> promise;
        service->submit(file_with(content), [&](const worker::Scanned& answer) { promise.set_value(answer); });
        return promise.get_future().get();
    };
    EXPECT_EQ(scan_now("a harmless sentence that a new rule names").verdict, Verdict::delivered);
    std::ofstream(root / "signatures/more.ndb") << "Sekisho.New:0:*:" << to_hex(as_view("a new rule names")) << "\n";
    service->reload_if_changed();
    EXPECT_EQ(scan_now("a harmless sentence that a new rule names").reason, Reason::scan_infected);
    EXPECT_EQ(scan_now(test_file).reason, Reason::scan_infected);
}

TEST_F(Scan, BrokenNewSignaturesLeaveTheOldOnesInUse) {
    auto service = *Service::start(options, 1);
    std::ofstream(root / "signatures/broken.ndb") << "this is not a signature\n";
    EXPECT_FALSE(service->reload_if_changed());
    EXPECT_EQ(service->engine()->scan(file_with(test_file)).reason, Reason::scan_infected);
}

} // namespace sekisho::scan
