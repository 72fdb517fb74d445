#include "gateway/launch/ground.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/crypto/crypto.h"
#include "gateway/daemon/events.h"
#include "gateway/launch/certificate.h"

namespace sekisho::launch {

namespace {

struct Owner {
    uid_t user = 0;
    gid_t group = 0;
};

Instance instance_for(std::string_view name, const Zone* zone) {
    const ProcessRow* row = process_row(name);
    if (!row) bug(fmt::format("directories.def names \"{}\"", name));
    return {row, row->has(per_zone) ? zone : nullptr};
}

Owner owner_of(const DirectoryRow& row, const Zone* zone) {
    Owner owner;
    if (row.owner != "root") owner.user = instance_for(row.owner, zone).user_id();
    if (row.group != "root") owner.group = instance_for(row.group, zone).group_id();
    return owner;
}

// Works on the opened folder, so that a link that somebody put there is not followed.
Result<> own(const std::string& path, const Owner& owner, unsigned mode) {
    const Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.valid()) return fail_errno("launch.directory", "open a folder", path);
    // chown clears set-group-id, so the mode comes last.
    if (fchown(folder.get(), owner.user, owner.group) != 0 || fchmod(folder.get(), mode) != 0)
        return fail_errno("launch.directory", "give a folder its owner", path);
    return {};
}

Result<> make_parents(const std::string& path) {
    for (std::size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1))
        if (mkdir(path.substr(0, slash).c_str(), 0755) != 0 && errno != EEXIST)
            return fail_errno("launch.directory", "make a folder", path.substr(0, slash));
    return {};
}

Result<> make_directory(const DirectoryRow& row, const Settings& settings, const Zone* zone) {
    const std::string path = expanded(row.path, settings, zone);
    TRY(make_parents(path));
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail_errno("launch.directory", "make a folder", path);
    return own(path, owner_of(row, zone), row.mode);
}

bool exists(const std::string& path) {
    return access(path.c_str(), F_OK) == 0;
}

// As the kernel sees it for this user, access control lists included. What is not there yet will be made.
bool may_enter(const std::string& folder, const Instance& instance) {
    setfsgid(instance.group_id());
    setfsuid(instance.user_id());
    const Descriptor inside(open((folder + "/.").c_str(), O_PATH | O_CLOEXEC));
    const bool may = inside.valid() || errno != EACCES;
    setfsuid(0);
    setfsgid(0);
    return may;
}

Result<> check_path(const std::string& path, const Instance& instance) {
    for (std::size_t slash = path.find('/', 1); slash != path.npos; slash = path.find('/', slash + 1)) {
        const std::string folder = path.substr(0, slash);
        if (may_enter(folder, instance)) continue;
        return reject("settings.unreachable",
                      fmt::format("the gateway's processes run as users of their own and cannot get to {}", path), folder,
                      fmt::format("Let them through (chmod o+x {}), or choose another place", folder));
    }
    return {};
}

// Secret first: a public key without its secret would be taken for a working pair.
Result<> write_secret(const std::string& path, View secret, const Instance& owner) {
    TRY(write_file_durably(path, secret, 0400));
    if (lchown(path.c_str(), owner.user_id(), owner.group_id()) != 0)
        return fail_errno("launch.key", "give a key its owner", path);
    return {};
}

} // namespace

Result<> check_reachable(const Settings& settings) {
    struct Wanted {
        std::string path;
        const char* process;
    };
    for (const Wanted& wanted : {Wanted{settings.path(), "ledger"}, Wanted{settings.text("policy.file"), "ledger"},
                                 Wanted{settings.text("signatures.directory"), "scanner"},
                                 Wanted{settings.text("state.directory"), "ledger"},
                                 Wanted{settings.text("run.directory"), "ledger"}})
        TRY(check_path(wanted.path, instance_for(wanted.process, nullptr)));
    return {};
}

Result<> make_directories(const Settings& settings) {
    for (const DirectoryRow& row : all_directories()) {
        if (row.path.find("{zone}") == row.path.npos) {
            TRY(make_directory(row, settings, nullptr));
            continue;
        }
        for (const Zone& zone : settings.zones()) TRY(make_directory(row, settings, &zone));
    }
    return {};
}

Result<> make_keys(const Settings& settings) {
    for (const ProcessRow& row : all_processes()) {
        if (!row.has(has_key)) continue;
        const std::string path = key_path(row.name, settings);
        if (!exists(path)) {
            TRY(write_secret(path, SigningKey::generate().seed(), {&row, nullptr}));
            say(DaemonEvent::launcher_key_made, {{"process", std::string(row.name)}, {"path", path}});
        }
        const auto key = TRY(SigningKey::from_seed(TRY(read_file(path, 32))));
        const std::string text = to_hex(key.public_key()) + '\n';
        TRY(write_file_durably(public_key_path(row.name, settings), as_view(text), 0444));
    }
    return {};
}

Result<> make_certificates(const Settings& settings) {
    const std::string own_folder = fmt::format("{}/tls/", settings.text("state.directory"));
    for (const Zone& zone : settings.zones()) {
        if (!zone.certificate.starts_with(own_folder)) continue; // the municipality's own
        if (exists(zone.certificate) && exists(zone.key)) continue;
        const std::string names = fmt::format("DNS:localhost,IP:127.0.0.1,IP:::1,IP:{}", zone.address);
        const CertificateAndKey made = TRY(make_certificate(fmt::format("Sekisho {}", zone.name), names));
        TRY(write_secret(zone.key, as_view(made.key), {process_row("portal"), &zone}));
        TRY(write_file_durably(zone.certificate, as_view(made.certificate), 0444));
        say(DaemonEvent::launcher_certificate_made, {{"zone", zone.name}, {"path", zone.certificate}});
    }
    return {};
}

} // namespace sekisho::launch
