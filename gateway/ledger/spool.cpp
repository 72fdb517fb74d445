#include "gateway/ledger/spool.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/fault/fault.h"

namespace sekisho::ledger {

namespace {

std::optional<std::uint32_t> epoch_of(std::string_view digits) {
    std::uint32_t epoch = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), epoch);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return epoch;
}

Spool::Found found_file(const std::filesystem::directory_entry& entry) {
    Spool::Found found;
    found.path = entry.path().string();
    std::error_code ignored;
    found.size = entry.is_regular_file(ignored) ? entry.file_size(ignored) : 0;
    std::string name = entry.path().filename().string();
    if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
        const auto epoch = epoch_of(std::string_view(name).substr(dot + 1));
        if (!epoch) return found;
        found.epoch = *epoch;
        name.resize(dot);
    }
    if (auto id = transfer_id_of(name); id && to_text(*id) == name) found.id = *id;
    return found;
}

std::vector<Spool::Found> files_in(const std::string& folder) {
    std::vector<Spool::Found> found;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) found.push_back(found_file(entry));
    return found;
}

} // namespace

Result<Spool> Spool::open(SpoolFolders folders) {
    for (const char* name : {"/incoming", "/input"}) {
        const std::string path = folders.own + name;
        if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST && errno != EROFS)
            return fail_errno("storage.unwritable", "make a folder", path);
    }
    return Spool(std::move(folders));
}

std::string Spool::staged(const TransferId& id, std::uint32_t epoch) const {
    return fmt::format("{}/{}.{}", m_folders.staging, to_text(id), epoch);
}

std::string Spool::delivered(const TransferId& id, const std::string& zone) const {
    return fmt::format("{}/{}/{}", m_folders.egress, zone, to_text(id));
}

Spool::Room Spool::room() const {
    struct statvfs status {};
    if (statvfs(m_folders.own.c_str(), &status) != 0) return {};
    return {(status.f_flag & ST_RDONLY) == 0, static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize};
}

Result<> Spool::sync_all() const {
    TRY(sync_incoming());
    TRY(sync_directory(m_folders.own + "/input"));
    return sync_staging();
}

Result<> Spool::take_in(const TransferId& id) const {
    if (rename(incoming(id).c_str(), input(id).c_str()) != 0) return fail_errno("storage.unwritable", "take a file in");
    SEKISHO_FAULT("ledger.after-take-in");
    return {};
}

Result<Descriptor> Spool::open_input(const TransferId& id) const {
    auto file = open_read_only(input(id));
    return file ? std::move(file) : open_read_only(incoming(id));
}

bool Spool::remove(const std::string& path) const {
    // A file that stays is an orphan, which the next start removes.
    const bool removed = unlink(path.c_str()) == 0;
    SEKISHO_FAULT("ledger.after-remove");
    return removed;
}

std::vector<Spool::Found> Spool::list_incoming() const {
    return files_in(m_folders.own + "/incoming");
}
std::vector<Spool::Found> Spool::list_input() const {
    return files_in(m_folders.own + "/input");
}
std::vector<Spool::Found> Spool::list_staging() const {
    return files_in(m_folders.staging);
}

std::vector<Spool::Found> Spool::list_egress() const {
    std::vector<Found> found;
    std::error_code error;
    for (const auto& zone : std::filesystem::directory_iterator(m_folders.egress, error)) {
        if (!zone.is_directory(error)) continue;
        for (Found& file : files_in(zone.path().string())) {
            file.zone = zone.path().filename().string();
            found.push_back(std::move(file));
        }
    }
    return found;
}

} // namespace sekisho::ledger
