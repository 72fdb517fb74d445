// Do small files that want to become large end soon, refused, and in little memory?
#include <array>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Bomb {
    const char* name;
    std::vector<Reason> reasons; // limit.seconds counts for every one; none: delivered, and small
};

const std::vector<Bomb> bombs{
    {"zeros.zip", {Reason::limit_ratio, Reason::limit_bytes}},
    {"deep.zip", {Reason::limit_depth}},
    {"wide.zip", {Reason::limit_ratio, Reason::limit_bytes, Reason::limit_depth}},
    {"overlapping.zip", {Reason::zip_overlap, Reason::zip_headers_disagree}},
    {"flate.pdf", {Reason::limit_ratio, Reason::limit_bytes}},
    {"flate-twice.pdf", {Reason::limit_ratio, Reason::limit_bytes}},
    {"pages.pdf", {Reason::none}}, // each page once
    {"laughs.xml", {Reason::xml_dtd}},
    {"laughs.svg", {Reason::svg_dtd, Reason::xml_dtd}},
    {"laughs.docx", {Reason::ooxml_dtd}},
    {"rows.xlsx", {Reason::limit_ratio, Reason::limit_members, Reason::limit_bytes}},
    {"huge.png", {Reason::limit_pixels}},
    {"wide.png", {Reason::limit_pixels, Reason::input_damaged}},
    {"huge.jpg", {Reason::limit_pixels, Reason::input_damaged}},
    {"frames.gif", {Reason::limit_members, Reason::limit_pixels}},
    {"brackets.json", {Reason::limit_depth, Reason::json_syntax}},
};

// The highest resident set that any process below this one ever had, in KiB, looked at while one runs.
class Watch {
public:
    Watch() : m_thread([this] { look(); }) {}
    ~Watch() { stop(); }
    long stop() {
        m_stop = true;
        if (m_thread.joinable()) m_thread.join();
        return m_highest;
    }

private:
    struct Process {
        long parent = 0, highest = 0;
    };
    static Process read(const fs::path& folder) {
        Process process;
        std::ifstream status(folder / "status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("PPid:")) process.parent = std::stol(line.substr(5));
            if (line.starts_with("VmHWM:")) process.highest = std::stol(line.substr(6));
        }
        return process;
    }
    void look_once() {
        std::map<long, Process> all;
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator("/proc", failed))
            if (const std::string name = entry.path().filename();
                name.find_first_not_of("0123456789") == std::string::npos)
                all[std::stol(name)] = read(entry.path());
        std::set<long> below{getpid()};
        for (bool grew = true; grew;) {
            grew = false;
            for (const auto& [id, process] : all)
                if (below.contains(process.parent) && below.insert(id).second) grew = true;
        }
        below.erase(getpid());
        for (const long id : below) m_highest = std::max(m_highest.load(), all[id].highest);
    }
    void look() {
        while (!m_stop) {
            look_once();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    std::atomic<bool> m_stop = false;
    std::atomic<long> m_highest = 0;
    std::thread m_thread;
};

class Bombs : public testing::TestWithParam<Bomb> {
protected:
    static void SetUpTestSuite() {
        folder = fs::temp_directory_path() / fmt::format("sekisho-bombs-{}", getpid());
        fs::create_directories(folder);
        std::ofstream(folder / "limits.toml") << "seconds = 5\n";
        ASSERT_EQ(std::system(fmt::format("/usr/bin/python3 {}/tests/bombs/make_bombs.py {}", SEKISHO_SOURCE_DIR,
                                          folder.string())
                                  .c_str()),
                  0);
    }
    static void TearDownTestSuite() { fs::remove_all(folder); }
    inline static fs::path folder;
};

json::object sanitized(const fs::path& folder, const std::string& name) {
    const std::string command =
        fmt::format("{0}/sekisho sanitize {1}/{2} --out {1}/out --limits {1}/limits.toml --json", SEKISHO_BIN_DIR,
                    folder.string(), name);
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), count);
    pclose(pipe);
    std::error_code failed;
    json::value value = json::parse(output, failed);
    return failed ? json::object{} : value.as_object();
}

} // namespace

TEST_P(Bombs, EndRefusedInLittleMemory) {
    const Bomb& bomb = GetParam();
    Watch watch;
    const json::object result = sanitized(folder, bomb.name);
    const long highest = watch.stop();
    ASSERT_TRUE(result.contains("verdict")) << "the command did not end well";
    const std::string reason = result.at("reason").is_string() ? std::string(result.at("reason").as_string()) : "";
    fmt::print("{:<18} {:>9} bytes  {:<22} {:>6} ms {:>8} KiB\n", bomb.name, fs::file_size(folder / bomb.name), reason,
               result.at("millis").as_int64(), highest);
    EXPECT_NE(result.at("verdict").as_string(), "failed") << json::serialize(result);
    bool expected = reason == row_of(Reason::limit_seconds).code;
    for (const Reason one : bomb.reasons) expected = expected || row_of(one).code == reason;
    EXPECT_TRUE(expected) << reason;
#ifndef SEKISHO_SANITIZED
    EXPECT_GT(highest, 0) << "nothing was measured";
    EXPECT_LT(highest, 256 * 1024);
#endif
}

INSTANTIATE_TEST_SUITE_P(All, Bombs, testing::ValuesIn(bombs), [](const auto& info) {
    std::string name = info.param.name;
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
});

} // namespace sekisho
