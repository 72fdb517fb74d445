#include <algorithm>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/launch/table.h"

namespace sekisho {

namespace {

constexpr unsigned first_id = 64'000;
constexpr unsigned first_peers_id = 64'200;

std::string directory_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == path.npos ? "/" : path.substr(0, slash);
}

unsigned number_of(const Instance& instance) {
    return first_id + instance.row->number + (instance.zone ? static_cast<unsigned>(instance.zone->index) : 0);
}

} // namespace

std::string Instance::name() const {
    return zone ? fmt::format("{}@{}", row->name, zone->name) : std::string(row->name);
}

std::string Instance::user() const {
    return zone ? fmt::format("sekisho-{}-{}", row->name, zone->name) : fmt::format("sekisho-{}", row->name);
}

uid_t Instance::user_id() const {
    const passwd* known = getpwnam(user().c_str());
    return known ? known->pw_uid : number_of(*this);
}

gid_t Instance::group_id() const {
    const group* known = getgrnam(user().c_str());
    return known ? known->gr_gid : number_of(*this);
}

std::vector<Instance> all_instances(const Settings& settings) {
    std::vector<Instance> instances;
    for (const ProcessRow& row : all_processes()) {
        if (!row.has(per_zone)) {
            instances.push_back({&row, nullptr});
            continue;
        }
        for (const Zone& zone : settings.zones()) instances.push_back({&row, &zone});
    }
    return instances;
}

Result<Instance> instance_of(std::string_view name, std::string_view zone, const Settings& settings) {
    const ProcessRow* row = process_row(name);
    if (!row) return reject("launch.process", fmt::format("there is no process \"{}\"", name));
    if (row->has(per_zone) == zone.empty())
        return reject("launch.zone",
                      fmt::format("{} {}", name, zone.empty() ? "needs a zone" : "has no zone of its own"));
    if (zone.empty()) return Instance{row, nullptr};
    const Zone* found = settings.zone(zone);
    if (!found) return reject("launch.zone", fmt::format("there is no zone \"{}\"", zone), settings.path());
    return Instance{row, found};
}

std::string expanded(std::string_view path, const Settings& settings, const Zone* zone) {
    const std::vector<std::pair<std::string_view, std::string>> names{
        {"{state}", settings.text("state.directory")},
        {"{run}", settings.text("run.directory")},
        {"{signatures}", settings.text("signatures.directory")},
        {"{policy}", directory_of(settings.text("policy.file"))},
        {"{zone}", zone ? zone->name : ""},
    };
    std::string out(path);
    for (const auto& [name, value] : names)
        if (const std::size_t at = out.find(name); at != out.npos) out.replace(at, name.size(), value);
    return out;
}

std::string socket_path(std::string_view name, const Settings& settings) {
    return fmt::format("{}/{}.sock", settings.text("run.directory"), name);
}

std::string signers_path(const Settings& settings) {
    return directory_of(settings.text("policy.file")) + "/signers";
}

std::string key_path(std::string_view name, const Settings& settings) {
    return fmt::format("{}/keys/{}.key", settings.text("state.directory"), name);
}

std::string public_key_path(std::string_view name, const Settings& settings) {
    return fmt::format("{}/keys/{}.pub", settings.text("state.directory"), name);
}

std::vector<AllowedPeer> callers_of(const ProcessRow& row, const Settings& settings) {
    std::vector<AllowedPeer> callers;
    for (const Instance& instance : all_instances(settings))
        if (std::ranges::find(instance.row->calls, row.name) != instance.row->calls.end())
            callers.push_back({instance.user_id(), instance.name()});
    if (row.has(operator_calls)) callers.push_back({0, "operator"});
    return callers;
}

std::string peers_group(std::string_view name) {
    return fmt::format("sekisho-{}-peers", name);
}

gid_t peers_group_id(const ProcessRow& row) {
    const group* known = getgrnam(peers_group(row.name).c_str());
    return known ? known->gr_gid : first_peers_id + row.number;
}

std::vector<gid_t> groups_of(const ProcessRow& row) {
    std::vector<gid_t> groups;
    for (const std::string_view peer : row.calls)
        if (const ProcessRow* called = process_row(peer)) groups.push_back(peers_group_id(*called));
    return groups;
}

Confinement confinement_of(const Instance& instance, const Settings& settings) {
    const ProcessRow& row = *instance.row;
    Confinement confinement;
    confinement.process = instance.name();
    confinement.groups = row.groups;
    for (const std::string_view path : row.readable) {
        const bool optional = path.starts_with('?');
        const std::string place = expanded(path.substr(optional ? 1 : 0), settings, instance.zone);
        if (!optional || access(place.c_str(), F_OK) == 0) confinement.readable.push_back(place);
    }
    for (const std::string_view path : row.writable)
        confinement.writable.push_back(expanded(path, settings, instance.zone));
    confinement.most_memory = row.memory_mib << 20;
    confinement.most_descriptors = row.descriptors;
    confinement.most_file_bytes = row.file_mib << 20;
    confinement.most_processes = row.processes;
    return confinement;
}

} // namespace sekisho
