#include "gateway/ledger/copy.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

#include "base/fault/fault.h"

namespace sekisho::ledger {

namespace {

constexpr std::uint64_t share = 1ULL << 20;           // bytes of one turn
constexpr std::uint64_t space_interval = 16ULL << 20; // how often free space is looked at
constexpr std::uint64_t checkpoint_interval = 64ULL << 20;

std::unexpected<Error> storage_error(const char* doing) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    return fail_errno(full ? "storage.full" : "storage.unwritable", doing);
}

} // namespace

Result<> Intake::Copy::begin() {
    m_size = m_durable = m_next_space_check = order.offset;
    if (order.in_memory) return {};
    return open_file();
}

Result<> Intake::Copy::open_file() {
    const int from_nothing = order.offset == 0 ? O_TRUNC : 0;
    m_file = Descriptor(open(order.path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | from_nothing, 0640));
    if (!m_file.valid()) return storage_error("open a spool file");
    if (order.offset > 0 && ftruncate(m_file.get(), static_cast<off_t>(order.offset)) != 0)
        return storage_error("cut a spool file");
    SEKISHO_FAULT("ledger.after-open");
    return {};
}

Result<Intake::Copy::Step> Intake::Copy::advance(const Spool& spool, std::uint64_t reserve,
                                                 std::span<std::uint8_t> buffer) {
    for (std::uint64_t taken = 0; taken < share;) {
        const ssize_t count = read(order.pipe.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        // All that was announced is here: nobody is waited for who keeps the pipe open.
        if (count < 0 && errno == EAGAIN) return m_size == order.limit && !order.is_output ? Step::ended : Step::wait;
        if (count < 0) return fail_errno("upload.pipe", "read a pipe");
        if (count == 0) return Step::ended;
        taken += static_cast<std::uint64_t>(count);
        last_heard = std::chrono::steady_clock::now();
        TRY(take(buffer.first(static_cast<std::size_t>(count)), spool, reserve));
    }
    return Step::wait;
}

Result<> Intake::Copy::take(View bytes, const Spool& spool, std::uint64_t reserve) {
    if (bytes.size() > order.limit - m_size) return reject("upload.too-long", "more bytes came than were announced");
    if (m_size >= m_next_space_check) {
        if (spool.usable(reserve) < bytes.size()) return fail("storage.full", "there is no space left");
        m_next_space_check = m_size + space_interval;
    }
    m_hash.add(bytes);
    m_checksum.add(bytes);
    if (order.in_memory)
        m_memory.insert(m_memory.end(), bytes.begin(), bytes.end());
    else
        TRY(write(bytes, m_size));
    m_size += bytes.size();
    return {};
}

Result<> Intake::Copy::write(View bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t count = pwrite(m_file.get(), bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return storage_error("write a spool file");
        at += static_cast<std::uint64_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<> Intake::Copy::check_piece() {
    if (!m_checksum.matches(order.checksum_value))
        return reject("upload.checksum", "the piece does not match its checksum");
    return {};
}

bool Intake::Copy::checkpoint_is_due() const {
    return order.checksum == Checksum::none && !order.is_output && m_size - m_durable >= checkpoint_interval;
}

Result<std::uint64_t> Intake::Copy::sync_so_far() {
    if (fdatasync(m_file.get()) != 0) return storage_error("sync a spool file");
    if (m_durable == 0) TRY(sync_directory(std::filesystem::path(order.path).parent_path().string()));
    m_durable = m_size;
    return m_durable;
}

Copied Intake::Copy::take_memory() {
    Copied copied{std::nullopt, m_size, m_hash.digest(), std::move(m_memory), {}};
    for (View left = copied.content; const std::uint64_t size : order.parts) {
        copied.parts.push_back(sha256(left.first(size)));
        left = left.subspan(size);
    }
    return copied;
}

Copied Intake::Copy::so_far() const {
    return {std::nullopt, m_size, m_hash.digest(), {}, {}};
}

Result<std::vector<Digest>> Intake::Copy::digests_of_parts() const {
    std::vector<Digest> digests;
    if (order.parts.empty()) return digests;
    Bytes buffer(256 * 1024);
    for (std::uint64_t at = 0; const std::uint64_t size : order.parts) {
        Sha256 hash;
        for (const std::uint64_t end = at + size; at < end;) {
            const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end - at));
            const std::size_t count = TRY(read_at(m_file, at, std::span(buffer).first(want)));
            if (count == 0) return fail("storage.unwritable", "a spool file is shorter than what was written");
            hash.add(View(buffer).first(count));
            at += count;
        }
        digests.push_back(hash.digest());
    }
    return digests;
}

Result<Copied> Intake::Copy::sync() {
    if (order.in_memory) {
        if (m_memory.empty()) return Copied{};
        TRY(open_file());
        TRY(write(m_memory, 0));
    }
    SEKISHO_FAULT("ledger.before-content-sync");
    if (fdatasync(m_file.get()) != 0) return storage_error("sync a spool file");
    SEKISHO_FAULT("ledger.after-content-sync");
    // The name is durable, too, before anybody is told. Here and not in the loop: many of these share one wait. An
    // output whose name is lost with the power is made once more ("release.staged-missing").
    if (order.offset == 0 && !order.is_output)
        TRY(sync_directory(std::filesystem::path(order.path).parent_path().string()));
    SEKISHO_FAULT("ledger.after-folder-sync");
    Copied copied;
    copied.size = m_size;
    if (!is_whole()) return copied;
    // What came in several pieces, perhaps before a restart, is hashed once, when it is whole.
    copied.digest = order.offset == 0 ? m_hash.digest() : TRY(sha256_of_file(m_file));
    copied.parts = TRY(digests_of_parts());
    return copied;
}

void Intake::Copy::drop() {
    m_memory.clear();
    if (order.in_memory) m_size = 0;
    if (m_file.valid() && ftruncate(m_file.get(), static_cast<off_t>(m_durable)) == 0) m_size = m_durable;
}

} // namespace sekisho::ledger
