// The units of systemd/ say the same as the process table.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <sys/wait.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gateway/launch/table.h"

using namespace sekisho;

namespace {

const std::string folder = SEKISHO_SOURCE_DIR "/systemd/";

// Values of each key, in order.
class Unit {
public:
    explicit Unit(const std::string& path) : m_file(path) {
        for (std::string line; std::getline(m_file, line);) {
            const std::size_t equals = line.find('=');
            if (line.starts_with('#') || equals == line.npos) continue;
            m_values[line.substr(0, equals)].push_back(line.substr(equals + 1));
        }
    }
    bool there() const { return !m_values.empty(); }
    std::string value(const std::string& key) const {
        const auto found = m_values.find(key);
        return found == m_values.end() ? "(not set)" : found->second.back();
    }
    std::multiset<std::string> words(const std::string& key) const {
        std::multiset<std::string> words;
        const auto found = m_values.find(key);
        if (found == m_values.end()) return words;
        for (const std::string& value : found->second) {
            std::istringstream in(value);
            for (std::string word; in >> word;) words.insert(word);
        }
        return words;
    }

private:
    std::ifstream m_file;
    std::map<std::string, std::vector<std::string>> m_values;
};

std::string stem(const ProcessRow& row) {
    return fmt::format("{}sekisho-{}{}", folder, row.name, row.has(per_zone) ? "@" : "");
}

std::string text_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class Units : public testing::TestWithParam<std::size_t> {
protected:
    const ProcessRow& row() const { return all_processes()[GetParam()]; }
    bool may(SyscallGroup group) const { return std::ranges::find(row().groups, group) != row().groups.end(); }
};

} // namespace

TEST_P(Units, ServiceHasTheRowsUserGroupsAndProgram) {
    const Unit unit(stem(row()) + ".service");
    ASSERT_TRUE(unit.there());
    const std::string user = fmt::format("sekisho-{}{}", row().name, row().has(per_zone) ? "-%i" : "");
    EXPECT_EQ(unit.value("User"), user);
    EXPECT_EQ(unit.value("Group"), user);
    std::multiset<std::string> groups;
    for (const std::string_view peer : row().calls) groups.insert(peers_group(peer));
    EXPECT_EQ(unit.words("SupplementaryGroups"), groups);
    EXPECT_EQ(unit.value("ExecStart"), fmt::format("/usr/lib/sekisho/{} --settings /etc/sekisho/sekisho.toml{}",
                                                   row().program(), row().has(per_zone) ? " --zone %i" : ""));
    EXPECT_EQ(unit.value("Type"), "notify");
    EXPECT_EQ(unit.value("CapabilityBoundingSet"), "");
    EXPECT_EQ(unit.value("NoNewPrivileges"), "yes");
    EXPECT_EQ(unit.value("PrivateUsers"), "(not set)"); // callers' user ids would be hidden
}

TEST_P(Units, ServiceHasTheRowsNetwork) {
    const Unit unit(stem(row()) + ".service");
    EXPECT_EQ(unit.value("PrivateNetwork"), row().network == Network::none ? "yes" : "(not set)");
    EXPECT_EQ(unit.value("NetworkNamespacePath"),
              row().network == Network::zone ? "/run/netns/sekisho-%i" : "(not set)");
    EXPECT_EQ(unit.value("RestrictAddressFamilies"),
              may(SyscallGroup::connect_inet) ? "AF_UNIX AF_INET AF_INET6" : "AF_UNIX");
}

TEST_P(Units, ServiceWritesWhereTheRowDoes) {
    const Unit unit(stem(row()) + ".service");
    std::multiset<std::string> wanted;
    for (const std::string_view path : row().writable)
        wanted.insert("/var/lib/sekisho" + std::string(path.substr(std::string_view("{state}").size())));
    EXPECT_EQ(unit.words("ReadWritePaths"), wanted);
    EXPECT_EQ(unit.value("ProtectSystem"), "strict");
}

TEST_P(Units, SocketsAreTheRows) {
    const Unit unit(stem(row()) + ".socket");
    EXPECT_EQ(unit.there(), row().has(serves) || row().has(listens));
    if (row().has(serves)) {
        EXPECT_EQ(unit.value("ListenSequentialPacket"), fmt::format("/run/sekisho/{}.sock", row().name));
        EXPECT_EQ(unit.value("SocketUser"), fmt::format("sekisho-{}", row().name));
        EXPECT_EQ(unit.value("SocketGroup"), peers_group(row().name));
        EXPECT_EQ(unit.value("SocketMode"), "0660");
        EXPECT_EQ(unit.value("FileDescriptorName"), "socket");
    } else if (row().has(listens)) {
        EXPECT_EQ(unit.value("FileDescriptorName"), "tls");
        EXPECT_EQ(unit.value("NetworkNamespacePath"), "/run/netns/sekisho-%i");
    }
}

// Ten times the exposure that systemd-analyze computes.
TEST_P(Units, ExposureIsLow) {
    if (std::system("command -v systemd-analyze >/dev/null") != 0) GTEST_SKIP() << "needs systemd";
    const int threshold = row().network == Network::none ? 5 : 13;
    const std::string command =
        fmt::format("systemd-analyze security --offline=yes --no-pager --threshold={} '{}.service' >/dev/null 2>&1",
                    threshold, stem(row()));
    EXPECT_EQ(WEXITSTATUS(std::system(command.c_str())), 0) << row().name;
}

INSTANTIATE_TEST_SUITE_P(, Units, testing::Range(std::size_t{0}, all_processes().size()), [](const auto& info) {
    std::string name(all_processes()[info.param].name);
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(UnitFiles, NoUnitWithoutARow) {
    std::size_t services = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        services += entry.path().extension() == ".service" ? 1 : 0;
    EXPECT_EQ(services, all_processes().size());
}

TEST(UnitFiles, UsersAndFoldersAreTheTables) {
    const std::string users = text_of(folder + "sysusers.d/sekisho.conf");
    const auto settings = Settings::parse("[[zone]]\nname=\"internet\"\naddress=\"127.0.0.1\"\n"
                                          "[[zone]]\nname=\"lgwan\"\naddress=\"127.0.0.2\"\n"
                                          "[[zone]]\nname=\"mynumber\"\naddress=\"127.0.0.3\"\n",
                                          "x.toml");
    ASSERT_TRUE(settings);
    for (const Instance& instance : all_instances(*settings)) {
        EXPECT_NE(users.find(fmt::format("u {} {} ", instance.user(), instance.user_id())), std::string::npos)
            << instance.name();
        for (const std::string_view peer : instance.row->calls)
            EXPECT_NE(users.find(fmt::format("m {} {}\n", instance.user(), peers_group(peer))), std::string::npos)
                << instance.name();
    }
    const std::string folders = text_of(folder + "tmpfiles.d/sekisho.conf");
    const auto user_of = [](std::string_view name, const Zone& zone) {
        const ProcessRow* row = process_row(name);
        return row ? Instance{row, row->has(per_zone) ? &zone : nullptr}.user() : std::string(name);
    };
    for (const DirectoryRow& row : all_directories())
        for (const Zone& zone : settings->zones())
            EXPECT_NE(folders.find(fmt::format("d {} {:04o} {} {}\n", expanded(row.path, *settings, &zone), row.mode,
                                               user_of(row.owner, zone), user_of(row.group, zone))),
                      std::string::npos)
                << row.path;
}
