#include "tests/bench/processes.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <set>
#include <sstream>
#include <sys/syscall.h>
#include <unistd.h>
#include <vector>

namespace sekisho::bench {

namespace {

struct Process {
    pid_t parent = 0;
    double cpu = 0;
    std::string name; // of its program, without "sekisho-"
};

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// proc(5): the fields after the name in parentheses begin with the third.
bool read_stat(const std::string& directory, Process& process) {
    const std::string text = content_of(directory + "/stat");
    const std::size_t end = text.rfind(')');
    if (end == std::string::npos) return false;
    std::istringstream rest(text.substr(end + 1));
    std::vector<std::string> fields;
    for (std::string field; rest >> field;) fields.push_back(field);
    if (fields.size() < 15) return false;
    process.parent = std::stoi(fields[1]);
    double ticks = 0;
    for (const std::size_t i : {11U, 12U, 13U, 14U}) ticks += std::stod(fields[i]);
    process.cpu = ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
    return true;
}

std::string words_of(const std::string& directory) {
    std::string words = content_of(directory + "/cmdline");
    for (char& c : words)
        if (c == '\0') c = ' ';
    return words;
}

std::string name_of_program(const std::string& words) {
    const std::string program = std::filesystem::path(words.substr(0, words.find(' '))).filename();
    constexpr std::string_view prefix = "sekisho-";
    return program.starts_with(prefix) ? program.substr(prefix.size()) : program;
}

std::map<pid_t, Process> all_processes() {
    std::map<pid_t, Process> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string text = entry.path().filename();
        pid_t id = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), id).ec != std::errc()) continue;
        Process process;
        if (!read_stat(entry.path(), process)) continue; // it has ended
        process.name = name_of_program(words_of(entry.path()));
        found[id] = process;
    }
    return found;
}

// A number of /proc/PID/status.
long status_number(pid_t process, const std::string& key) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key)) return std::atol(line.c_str() + key.size());
    return 0;
}

std::vector<gid_t> groups_of(pid_t process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    std::vector<gid_t> groups;
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("Groups:")) continue;
        std::istringstream rest(line.substr(7));
        for (gid_t group = 0; rest >> group;) groups.push_back(group);
    }
    return groups;
}

} // namespace

Census take_census(pid_t launcher) {
    Census census;
    const auto processes = all_processes();
    for (const auto& [id, process] : processes) {
        pid_t top = id;
        for (auto at = processes.find(top); at != processes.end() && at->second.parent != launcher;) {
            top = at->second.parent;
            at = processes.find(top);
        }
        const auto owner = processes.find(top);
        if (owner == processes.end()) continue;
        Usage& usage = census[owner->second.name];
        usage.cpu += process.cpu;
        usage.peak_kib = std::max(usage.peak_kib, status_number(id, "VmHWM:"));
        ++usage.processes;
    }
    return census;
}

std::map<std::string, double> used_between(const Census& before, const Census& after) {
    std::map<std::string, double> used;
    for (const auto& [name, usage] : after) {
        const auto then = before.find(name);
        used[name] = usage.cpu - (then == before.end() ? 0 : then->second.cpu);
    }
    return used;
}

bool is_spine(const std::string& name) {
    return name != "scanner" && name != "sanitizer" && name != "verifier" && name != "converter";
}

pid_t find_process(pid_t launcher, const std::string& name, const std::string& word) {
    for (const auto& [id, process] : all_processes())
        if (process.parent == launcher && process.name == name &&
            words_of("/proc/" + std::to_string(id)).find(word) != std::string::npos)
            return id;
    return 0;
}

bool become(pid_t process) {
    const auto groups = groups_of(process);
    const auto user = static_cast<uid_t>(status_number(process, "Uid:"));
    const auto group = static_cast<gid_t>(status_number(process, "Gid:"));
    return syscall(SYS_setgroups, groups.size(), groups.data()) == 0 &&
           syscall(SYS_setresgid, group, group, group) == 0 && syscall(SYS_setresuid, user, user, user) == 0;
}

} // namespace sekisho::bench
