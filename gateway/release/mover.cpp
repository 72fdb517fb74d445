#include "gateway/release/mover.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/fault/fault.h"

namespace sekisho::release {

namespace {

// One look at one file: the inode that was hashed is the inode that must arrive.
struct Hashed {
    ino_t inode = 0;
    dev_t device = 0;
    std::uint64_t size = 0;
    Digest digest{};
};

Result<Descriptor> open_plain(const std::string& path) {
    Descriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.valid() && errno == ENOENT) return reject("release.missing", "the file is not there", path);
    if (!file.valid()) return fail_errno("release.read", "open a file", path);
    return file;
}

Result<Hashed> hash_file(const std::string& path) {
    const Descriptor file = TRY(open_plain(path));
    struct stat status {};
    if (fstat(file.get(), &status) != 0) return fail_errno("release.read", "look at a file", path);
    if (!S_ISREG(status.st_mode) || status.st_nlink != 1)
        return reject("release.bytes-differ", "not an ordinary file with one name", path);
    const Digest digest = TRY(sha256_of_file(file));
    return Hashed{status.st_ino, status.st_dev, static_cast<std::uint64_t>(status.st_size), digest};
}

bool is_as_ticketed(const Hashed& hashed, const Ticket& ticket) {
    return hashed.digest == ticket.digest_out && hashed.size == ticket.bytes_out;
}

Result<> check_arrived(const std::string& path, const Hashed& hashed) {
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) return fail_errno("release.move", "look at the moved file", path);
    if (status.st_ino == hashed.inode && status.st_dev == hashed.device) return {};
    unlink(path.c_str());
    return reject("release.bytes-differ", "the staged file was exchanged while it was moved", path);
}

} // namespace

std::string Mover::staged_path(const Release& request) const {
    return fmt::format("{}/{}.{}", m_staging, to_text(request.id), request.epoch);
}

Result<std::optional<std::uint64_t>> Mover::moved_before(const Release& request) const {
    const auto there = hash_file(delivered_path(request));
    if (!there && there.error().code == "release.missing") return std::nullopt;
    if (!there) return std::unexpected(there.error());
    if (!is_as_ticketed(*there, request.ticket))
        return reject("release.occupied", "something else was delivered under this transfer", delivered_path(request));
    // An earlier move may have died before this.
    TRY(sync_directory(folder(request)));
    TRY(sync_directory(m_staging));
    return there->size;
}

Result<std::uint64_t> Mover::move(const Release& request) const {
    const std::string from = staged_path(request);
    const std::string to = delivered_path(request);
    const auto staged = hash_file(from);
    if (!staged && staged.error().code == "release.missing")
        return reject("release.staged-missing", "there is no staged file", from);
    if (!staged) return std::unexpected(staged.error());
    if (!is_as_ticketed(*staged, request.ticket))
        return reject("release.bytes-differ", "the staged file is not what the ticket names", from);
    SEKISHO_FAULT("release.before-move");
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
        return fail_errno("release.move", "move the staged file", to);
    SEKISHO_FAULT("release.after-move");
    TRY(check_arrived(to, *staged));
    TRY(sync_directory(folder(request)));
    TRY(sync_directory(m_staging));
    SEKISHO_FAULT("release.after-sync");
    return staged->size;
}

Result<> Mover::remove(const Remove& request) const {
    const std::string path = m_egress + "/" + request.zone_to + "/" + to_text(request.id);
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return fail_errno("release.remove", "delete a file", path);
    return {};
}

} // namespace sekisho::release
