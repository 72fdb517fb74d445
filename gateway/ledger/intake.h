// Copies pipes into files of our own, so that no process outside has ever held the inode that is read later. A few
// threads wait on all pipes together: a slow sender costs a descriptor, not a thread. What has arrived is synced by a
// larger pool, because a sync waits for the disk and many of them share one wait.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "base/crypto/crypto.h"
#include "base/ipc/loop.h"
#include "gateway/ledger/options.h"
#include "gateway/ledger/piece_checksum.h"
#include "gateway/ledger/spool.h"
#include "gateway/ledger/workers.h"

namespace sekisho::ledger {

struct CopyOrder {
    Descriptor pipe;
    std::string path;
    std::uint64_t offset = 0; // what the file has already; anything behind it is cut off first
    std::uint64_t limit = 0;  // bytes of the whole file; one more is a reject "upload.too-long"
    bool is_output = false;   // of a worker: whole when its pipe ends, and worth nothing if its pipe falls silent
    bool in_memory = false;   // whole content is handed over in memory; no file is made
    std::vector<std::uint64_t> parts = {}; // of a split archive: their sizes, one behind the other
    Checksum checksum = Checksum::none;
    Bytes checksum_value;
};

struct Copied {
    std::optional<Error> error; // the piece was dropped: the file is as before
    std::uint64_t size = 0;     // of the file, durable
    Digest digest{};            // of the whole file; set for outputs, and for uploads that are complete
    Bytes content;              // of an order `in_memory` that is whole; nothing is on disk then
    std::vector<Digest> parts;  // of each part of an order that has some, once it is whole
};

class Intake {
public:
    using Done = std::function<void(Copied)>;                    // in the loop's thread
    using Progress = std::function<void(std::uint64_t durable)>; // in the loop's thread
    // Size and digest of an output that is whole, but not synced yet. In the loop's thread, before Done.
    using Written = std::function<void(Copied)>;

    Intake(Loop& loop, const Spool& spool, const Options& options);
    ~Intake();
    void copy(CopyOrder order, Done done, Progress progress, Written written = nullptr);
    std::size_t running() const { return m_running; }

private:
    class Copier;
    class Copy;
    void sync_and_report(std::shared_ptr<Copy> copy);
    void report(std::shared_ptr<Copy> copy, Copied copied);

    Loop& m_loop;
    const Spool& m_spool;
    const Options& m_options;
    std::atomic<std::size_t> m_running{0};
    SyncWorkers m_syncers;
    std::vector<std::unique_ptr<Copier>> m_copiers;
    std::size_t m_next = 0;
};

} // namespace sekisho::ledger
