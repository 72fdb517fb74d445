#include "gateway/launch/census.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/launch/open_sockets.h"
#include "gateway/launch/status_file.h"

namespace sekisho::launch {

namespace {

constexpr int seccomp_filter = 2;

std::string whole_path(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> whole(realpath(path.c_str(), nullptr), std::free);
    return whole ? whole.get() : path;
}

std::string flag_value(const ProcessFacts& facts, std::string_view flag) {
    const auto found = std::ranges::find(facts.words, flag);
    return found == facts.words.end() || found + 1 == facts.words.end() ? "" : *(found + 1);
}

bool belongs_to(const ProcessFacts& facts, const Instance& instance, const Settings& settings) {
    return facts.program == instance.row->program() &&
           flag_value(facts, "--zone") == (instance.zone ? instance.zone->name : "") &&
           whole_path(flag_value(facts, "--settings")) == whole_path(settings.path());
}

// A zygote and its workers have the same program and words; the one whose parent is none of them is the process.
std::vector<const ProcessFacts*> of_instance(const std::vector<ProcessFacts>& running, const Instance& instance,
                                             const Settings& settings) {
    std::vector<const ProcessFacts*> all;
    std::set<pid_t> ids;
    for (const ProcessFacts& facts : running) {
        if (!belongs_to(facts, instance, settings)) continue;
        all.push_back(&facts);
        ids.insert(facts.process);
    }
    std::ranges::stable_partition(all, [&](const ProcessFacts* facts) { return !ids.contains(facts->parent); });
    return all;
}

Item user_item(const ProcessFacts& facts, const Instance& instance) {
    const std::string wanted = fmt::format("{}:{}", instance.user_id(), instance.group_id());
    const std::string found = fmt::format("{}:{}", facts.user, facts.group);
    return {"user", found, fmt::format("{} ({})", wanted, instance.user()), found == wanted};
}

Item groups_item(const ProcessFacts& facts, const Instance& instance) {
    std::vector<gid_t> wanted = groups_of(*instance.row);
    std::vector<gid_t> found = facts.groups;
    std::erase(found, instance.group_id()); // systemd lists a process's own group, too
    std::ranges::sort(wanted);
    std::ranges::sort(found);
    return {"groups", fmt::format("{}", fmt::join(found, ",")), fmt::format("{}", fmt::join(wanted, ",")),
            found == wanted};
}

bool only_loopback(const ProcessFacts& facts) {
    return std::ranges::all_of(facts.interfaces, [](const std::string& name) { return name == "lo"; });
}

// `others` are the namespaces of processes that may not share this one's.
Item network_item(const ProcessFacts& facts, const Instance& instance, const std::set<std::string>& others,
                  bool isolated) {
    const bool own = facts.network != own_network();
    const std::string found =
        fmt::format("{} {}{}", own ? "own" : "host", facts.network, others.contains(facts.network) ? " shared" : "");
    switch (instance.row->network) {
    case Network::none:
        return {"network", found, "own, without interfaces",
                own && only_loopback(facts) && !others.contains(facts.network)};
    case Network::zone:
        if (!isolated)
            return {"network", found, "of the management: started without --isolate", !own && !others.contains(facts.network),
                    "not isolated: the zones share this machine's network"};
        return {"network", found, "own, of its zone alone", own && !others.contains(facts.network)};
    default:
        return {"network", found, "of the management", !others.contains(facts.network)};
    }
}

bool is_allowed(const OpenSocket& socket, const Instance& instance, const Settings& settings) {
    const ProcessRow& row = *instance.row;
    const auto may = [&](SyscallGroup group) { return std::ranges::find(row.groups, group) != row.groups.end(); };
    if (socket.family == "unix" && socket.listening)
        return row.has(serves) && socket.place == socket_path(row.name, settings);
    if (socket.family == "unix") return true; // what it may connect to is decided by groups and system calls
    if (!socket.family.starts_with("tcp") && !socket.family.starts_with("udp")) return false;
    if (may(SyscallGroup::connect_inet)) return !socket.listening;
    if (!may(SyscallGroup::accept_inet) || !socket.family.starts_with("tcp")) return false;
    return !socket.listening || socket.place == place_of(instance.zone->address, instance.zone->port);
}

Item sockets_item(const ProcessFacts& facts, const Instance& instance, const Settings& settings,
                  const SocketTables& tables) {
    std::map<std::string, unsigned> counts;
    std::vector<std::string> wrong;
    bool serves_own = !instance.row->has(serves) && !instance.row->has(listens);
    for (const OpenSocket& socket : tables.of(facts.process)) {
        ++counts[socket.family + (socket.listening ? " listening" : "")];
        if (!is_allowed(socket, instance, settings)) wrong.push_back(fmt::format("{} {}", socket.family, socket.place));
        serves_own = serves_own || socket.listening;
    }
    std::string found;
    for (const auto& [kind, count] : counts) found += fmt::format("{}{} {}", found.empty() ? "" : ", ", count, kind);
    if (!wrong.empty()) found += fmt::format("; not allowed: {}", fmt::join(wrong, ", "));
    const char* wanted = instance.row->has(serves)    ? "its own socket, local connections"
                         : instance.row->has(listens) ? "its zone's listener, connections"
                                                      : "connections only";
    return {"sockets", found, wanted, wrong.empty() && serves_own};
}

std::vector<Item> items_of(const ProcessFacts& facts, const Instance& instance, const Settings& settings,
                           const std::set<std::string>& others, const SocketTables& tables, bool isolated) {
    return {
        {"running", "yes", "yes", true},
        user_item(facts, instance),
        groups_item(facts, instance),
        network_item(facts, instance, others, isolated),
        {"system calls", facts.seccomp == seccomp_filter ? "filtered" : "free", "filtered",
         facts.seccomp == seccomp_filter},
        {"new privileges", facts.no_new_privileges ? "forbidden" : "possible", "forbidden", facts.no_new_privileges},
        {"capabilities", facts.capabilities.empty() ? "none" : facts.capabilities, "none", facts.capabilities.empty()},
        sockets_item(facts, instance, settings, tables),
    };
}

bool is_confined(const ProcessFacts* facts) {
    return facts->seccomp == seccomp_filter && facts->no_new_privileges && facts->capabilities.empty();
}

// Zygotes and workers: as confined as the process itself, and only where the table has them.
Item below_item(std::span<const ProcessFacts* const> below, const Instance& instance) {
    const bool wanted = instance.row->has(workers);
    const auto confined = static_cast<std::size_t>(std::ranges::count_if(below, is_confined));
    return {"below", below.empty() ? "none" : fmt::format("{} of {} confined", confined, below.size()),
            wanted ? "zygote and workers, all confined" : "none", confined == below.size() && below.empty() != wanted};
}

// The management is one place, with the zones in it if they are not isolated; every other process may share its namespace
// with nobody.
std::set<std::string> namespaces_of_others(const std::vector<std::pair<Instance, const ProcessFacts*>>& all,
                                           const Instance& instance, bool isolated) {
    const auto is_common = [isolated](const Instance& one) {
        return one.row->network == Network::management || (!isolated && one.row->network == Network::zone);
    };
    std::set<std::string> names;
    for (const auto& [other, facts] : all) {
        const bool same = other.row == instance.row && other.zone == instance.zone;
        if (facts && !same && !(is_common(other) && is_common(instance))) names.insert(facts->network);
    }
    return names;
}

} // namespace

bool Counted::equal() const {
    return std::ranges::all_of(items, &Item::equal);
}

std::vector<Counted> take_census(const Settings& settings) {
    const bool isolated = is_isolated(settings.text("run.directory") + "/status.json");
    const std::vector<ProcessFacts> running = all_running();
    std::vector<std::pair<Instance, const ProcessFacts*>> main_processes;
    std::vector<Item> below;
    std::vector<Counted> census;
    for (const Instance& instance : all_instances(settings)) {
        const auto found = of_instance(running, instance, settings);
        main_processes.emplace_back(instance, found.empty() ? nullptr : found.front());
        below.push_back(below_item(std::span(found).subspan(found.empty() ? 0 : 1), instance));
        census.push_back({instance.name(), 0, found.empty() ? 0 : found.size() - 1, {}});
    }
    std::vector<pid_t> ids;
    for (const auto& [instance, facts] : main_processes)
        if (facts) ids.push_back(facts->process);
    const SocketTables tables(ids);
    for (std::size_t i = 0; i < census.size(); ++i) {
        const auto& [instance, facts] = main_processes[i];
        if (!facts) {
            census[i].items = {{"running", "no", "yes", false}};
            continue;
        }
        census[i].id = facts->process;
        census[i].items = items_of(*facts, instance, settings,
                                   namespaces_of_others(main_processes, instance, isolated), tables, isolated);
        census[i].items.push_back(below[i]);
    }
    return census;
}

} // namespace sekisho::launch
