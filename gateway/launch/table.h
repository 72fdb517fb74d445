// The process table (table.def): who there is, where it lives, whom it may call, and what it may still do. The
// launcher runs from it, the units in systemd/ are tested against it, and so is what runs (sekisho zone status).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/confine/confine.h"
#include "base/ipc/server.h"
#include "gateway/settings/settings.h"

namespace sekisho {

enum class Network : std::uint8_t {
    none,      // an empty namespace of its own
    zone,      // the namespace of its zone
    management // the one that collectors and directories are reached from
};

// Traits; table.def says what each means.
enum Trait : unsigned {
    per_zone = 1U << 0,
    serves = 1U << 1,
    listens = 1U << 2,
    operator_calls = 1U << 3,
    has_key = 1U << 4,
    workers = 1U << 5
};

struct ProcessRow {
    std::string_view name;
    unsigned number = 0;
    Network network = Network::none;
    unsigned traits = 0;
    std::vector<std::string_view> calls;
    std::vector<SyscallGroup> groups;
    std::vector<std::string_view> readable;
    std::vector<std::string_view> writable;
    std::uint64_t memory_mib = 0;
    std::uint64_t descriptors = 0;
    std::uint64_t file_mib = 0;
    std::uint32_t processes = 0;
    std::string_view english;
    std::string_view japanese;

    bool has(Trait trait) const { return (traits & trait) != 0; }
    std::string program() const { return "sekisho-" + std::string(name); }
};

struct DirectoryRow {
    std::string_view path;
    std::string_view owner;
    std::string_view group;
    unsigned mode = 0;
};

const std::vector<ProcessRow>& all_processes();
const std::vector<DirectoryRow>& all_directories();
const ProcessRow* process_row(std::string_view name);

// One process that runs: a row, and its zone if it has one for each.
struct Instance {
    const ProcessRow* row = nullptr;
    const Zone* zone = nullptr;

    std::string name() const; // "ledger", "portal@lgwan": also how peers and the audit log know it
    std::string user() const; // "sekisho-ledger", "sekisho-portal-lgwan"
    uid_t user_id() const;    // the system's, else by number
    gid_t group_id() const;
};

// Zones are borrowed from the settings, which must outlive what is returned.
std::vector<Instance> all_instances(const Settings& settings);
Result<Instance> instance_of(std::string_view name, std::string_view zone, const Settings& settings);

// "{state}/egress/{zone}" with this instance's values.
std::string expanded(std::string_view path, const Settings& settings, const Zone* zone);
std::string socket_path(std::string_view name, const Settings& settings);
std::string signers_path(const Settings& settings); // "signers" beside the policy: who may sign it
std::string key_path(std::string_view name, const Settings& settings);        // keys/NAME.key: the 32-byte seed
std::string public_key_path(std::string_view name, const Settings& settings); // keys/NAME.pub: 64 hexadecimal digits

// Who may call: every instance whose row names this one, and root as "operator" where the row says so.
std::vector<AllowedPeer> callers_of(const ProcessRow& row, const Settings& settings);
// Members of this group may connect to the socket: the callers.
std::string peers_group(std::string_view name); // "sekisho-ledger-peers"
gid_t peers_group_id(const ProcessRow& row);
// The supplementary groups of an instance: those of the sockets it calls.
std::vector<gid_t> groups_of(const ProcessRow& row);

Confinement confinement_of(const Instance& instance, const Settings& settings);

} // namespace sekisho
