#include "gateway/launch/open_sockets.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::launch {

namespace {

// Where a table keeps what we want, counted from 0 in its blank-separated columns.
struct TableRow {
    const char* family;
    std::size_t inode;
    std::size_t place;
    std::size_t state; // 0: has none
};

constexpr std::array tables{
    TableRow{"tcp", 9, 1, 3},    TableRow{"tcp6", 9, 1, 3},    TableRow{"udp", 9, 1, 0},
    TableRow{"udp6", 9, 1, 0},   TableRow{"raw", 9, 1, 0},     TableRow{"raw6", 9, 1, 0},
    TableRow{"packet", 8, 8, 0}, TableRow{"netlink", 9, 9, 0}, TableRow{"unix", 6, 7, 3},
};

using Known = std::map<std::string, OpenSocket>; // by inode

std::vector<std::string> columns_of(const std::string& line) {
    std::istringstream in(line);
    std::vector<std::string> columns;
    for (std::string column; in >> column;) columns.push_back(column);
    return columns;
}

bool is_listening(const TableRow& table, const std::vector<std::string>& columns) {
    if (table.state == 0) return false;
    if (std::string_view(table.family) != "unix") return columns[table.state] == "0A"; // TCP_LISTEN
    // SO_ACCEPTCON in column 3; SO_ACCEPTCON is 0x10000.
    return columns[table.state] == "00010000";
}

void read_table(const std::string& folder, const TableRow& table, Known& known) {
    std::ifstream file(folder + '/' + table.family);
    std::string line;
    std::getline(file, line); // titles
    while (std::getline(file, line)) {
        const auto columns = columns_of(line);
        if (columns.size() <= table.inode) continue;
        const std::string place =
            columns.size() > table.place && table.place != table.inode ? columns[table.place] : "";
        known[columns[table.inode]] = {table.family, place, is_listening(table, columns)};
    }
}

std::vector<std::string> inodes_of(pid_t process) {
    std::vector<std::string> inodes;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(fmt::format("/proc/{}/fd", process), error)) {
        const std::string target = std::filesystem::read_symlink(entry.path(), error).string();
        constexpr std::string_view prefix = "socket:[";
        if (target.starts_with(prefix))
            inodes.push_back(target.substr(prefix.size(), target.size() - prefix.size() - 1));
    }
    return inodes;
}

} // namespace

SocketTables::SocketTables(const std::vector<pid_t>& processes) {
    for (const TableRow& table : tables) {
        read_table("/proc/self/net", table, m_known);
        for (const pid_t process : processes) read_table(fmt::format("/proc/{}/net", process), table, m_known);
    }
}

std::vector<OpenSocket> SocketTables::of(pid_t process) const {
    std::vector<OpenSocket> open;
    for (const std::string& inode : inodes_of(process)) {
        const auto found = m_known.find(inode);
        open.push_back(found == m_known.end() ? OpenSocket{"unknown", inode, false} : found->second);
    }
    return open;
}

std::string place_of(const std::string& address, unsigned port) {
    std::array<std::uint32_t, 4> words{};
    std::string out;
    const std::size_t count = inet_pton(AF_INET, address.c_str(), words.data()) == 1    ? 1
                              : inet_pton(AF_INET6, address.c_str(), words.data()) == 1 ? 4
                                                                                        : 0;
    for (std::size_t i = 0; i < count; ++i) out += fmt::format("{:08X}", words[i]);
    return fmt::format("{}:{:04X}", out, port);
}

} // namespace sekisho::launch
