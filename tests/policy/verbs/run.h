// Runs `sekisho policy ...` on policies in a folder of its own.
#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace sekisho::policy::tests {

namespace fs = std::filesystem;

inline std::string contents(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

struct Ran {
    int status = 0;
    std::string output;    // standard output
    std::string complaint; // standard error
};

class Verbs : public testing::Test {
protected:
    Verbs() {
        std::string pattern = (fs::temp_directory_path() / "sekisho-verbs-XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~Verbs() override { fs::remove_all(folder); }

    // In the folder, in English unless the words say otherwise.
    Ran run(const std::string& words, const std::string& input = "") {
        write("input", input);
        const std::string command = fmt::format(
            "cd '{}' && env -u SEKISHO_LANG LC_ALL=C.UTF-8 TZ=Asia/Tokyo {}/sekisho {} <input >output 2>complaint",
            folder.string(), SEKISHO_BIN_DIR, words);
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(folder / "output"),
                contents(folder / "complaint")};
    }

    void write(const std::string& name, const std::string& text) {
        std::ofstream(folder / name, std::ios::binary) << text;
    }
    // Of one line.
    static boost::json::value parsed(const std::string& line) {
        boost::system::error_code error;
        auto value = boost::json::parse(line, error);
        EXPECT_FALSE(error) << line;
        return value;
    }
    void take_profiles() {
        for (const auto& entry : fs::directory_iterator(SEKISHO_SOURCE_DIR "/policy/profiles"))
            if (entry.path().extension() == ".sekisho") fs::copy(entry.path(), folder / entry.path().filename());
    }

    fs::path folder;
};

inline constexpr std::string_view head = "policy \"霞市\" version 3\n"
                                         "zone internet, lgwan, mynumber\n"
                                         "types office = pdf docx\n"
                                         "group tax = dept \"税務課\"\n"
                                         "group chief = role \"課長\"\n\n";
inline constexpr std::string_view allow_office = "allow \"R-010 受領\"\n"
                                                 "  from internet to lgwan\n"
                                                 "  when type in office and size <= 50MB\n"
                                                 "  require rebuild, approve 1 by chief\n"
                                                 "  reason \"申請書\"\n\n";

inline std::string policy_of(std::string_view rules) {
    return std::string(head) + std::string(rules);
}

} // namespace sekisho::policy::tests
