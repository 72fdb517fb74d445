// One pipe on its way into one file. Inside the room only.
#pragma once

#include <chrono>

#include "gateway/ledger/intake.h"

namespace sekisho::ledger {

class Intake::Copy {
public:
    Copy(CopyOrder order, Done done, Progress progress, Written written)
        : order(std::move(order)), done(std::move(done)), progress(std::move(progress)), written(std::move(written)),
          m_checksum(this->order.checksum) {}

    enum class Step { wait, ended };
    // Opens the file, cut to its durable size.
    Result<> begin();
    // Reads what is there, up to a share that leaves the other pipes their turn.
    Result<Step> advance(const Spool& spool, std::uint64_t reserve, std::span<std::uint8_t> buffer);
    // After the pipe's end: the checksum of the piece.
    Result<> check_piece();
    bool is_whole_in_memory() const { return order.in_memory && is_whole(); }
    Copied take_memory();
    // Size and digest of an output that has ended.
    Copied so_far() const;
    // Makes the file durable; may take as long as the disk does. What was held in memory and is not whole becomes a
    // file.
    Result<Copied> sync();
    // The file as it was before.
    void drop();
    // After every 64 MiB, if what came so far may count before the piece is whole.
    bool checkpoint_is_due() const;
    Result<std::uint64_t> sync_so_far();

    CopyOrder order;
    Done done;
    Progress progress;
    Written written;
    std::chrono::steady_clock::time_point last_heard = std::chrono::steady_clock::now();
    std::optional<Error> failed;

private:
    Result<> open_file();
    Result<> take(View bytes, const Spool& spool, std::uint64_t reserve);
    Result<> write(View bytes, std::uint64_t at);
    Result<std::vector<Digest>> digests_of_parts() const;
    bool is_whole() const { return m_size == order.limit || order.is_output; }

    Descriptor m_file; // none while `order.in_memory`
    Bytes m_memory;
    std::uint64_t m_size = 0;
    std::uint64_t m_durable = 0; // what a dropped piece leaves
    std::uint64_t m_next_space_check = 0;
    Sha256 m_hash;
    PieceChecksum m_checksum;
};

} // namespace sekisho::ledger
