#include "gateway/launch/process_facts.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::launch {

namespace {

std::string link_text(const std::string& path) {
    std::array<char, 512> text{};
    const ssize_t size = readlink(path.c_str(), text.data(), text.size());
    return size < 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
}

std::string base_name(std::string path) {
    constexpr std::string_view deleted = " (deleted)"; // the program was installed anew meanwhile
    if (path.ends_with(deleted)) path.resize(path.size() - deleted.size());
    return path.substr(path.rfind('/') + 1);
}

std::vector<std::string> words_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    return words;
}

std::vector<std::string> interfaces_of(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> names;
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue; // the two lines of titles
        const std::size_t start = line.find_first_not_of(' ');
        names.push_back(line.substr(start, colon - start));
    }
    return names;
}

bool is_empty_set(const std::string& digits) {
    return digits.find_first_not_of('0') == digits.npos;
}

void take_line(ProcessFacts& facts, const std::string& line) {
    std::istringstream in(line);
    std::string key;
    in >> key;
    if (key == "PPid:") in >> facts.parent;
    if (key == "Uid:") in >> facts.user;
    if (key == "Gid:") in >> facts.group;
    if (key == "Groups:")
        for (gid_t group = 0; in >> group;) facts.groups.push_back(group);
    if (key == "Seccomp:") in >> facts.seccomp;
    if (key == "NoNewPrivs:") in >> facts.no_new_privileges;
    if (key == "CapInh:" || key == "CapPrm:" || key == "CapEff:" || key == "CapBnd:" || key == "CapAmb:") {
        std::string digits;
        in >> digits;
        if (!is_empty_set(digits))
            facts.capabilities +=
                fmt::format("{}{}={}", facts.capabilities.empty() ? "" : " ", key.substr(3, 3), digits);
    }
}

} // namespace

Result<ProcessFacts> facts_of(pid_t process) {
    const std::string folder = fmt::format("/proc/{}", process);
    ProcessFacts facts;
    facts.process = process;
    facts.program = base_name(link_text(folder + "/exe"));
    std::ifstream status(folder + "/status");
    if (!status || facts.program.empty()) return fail("launch.process", "the process is gone", folder);
    for (std::string line; std::getline(status, line);) take_line(facts, line);
    facts.words = words_of(folder + "/cmdline");
    facts.network = link_text(folder + "/ns/net");
    facts.user_space = link_text(folder + "/ns/user");
    facts.interfaces = interfaces_of(folder + "/net/dev");
    return facts;
}

std::vector<ProcessFacts> all_running() {
    std::vector<ProcessFacts> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
        const std::string name = entry.path().filename();
        pid_t process = 0;
        const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), process);
        if (problem != std::errc() || end != name.data() + name.size()) continue;
        if (auto facts = facts_of(process)) found.push_back(std::move(*facts));
    }
    return found;
}

std::string own_network() {
    return link_text("/proc/self/ns/net");
}

} // namespace sekisho::launch
