// The files of the ledger. incoming/<id> while it is uploaded, input/<id> once it is received (small content that comes in
// one piece is in the journal instead), staging/<id>.<epoch> what the sanitiser wrote, egress/<zone>/<id> what `release`
// moved there (read here, written only there).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/descriptor/descriptor.h"
#include "gateway/protocol/transfer.h"

namespace sekisho::ledger {

struct SpoolFolders {
    std::string own;     // incoming and input lie below
    std::string staging; // shared with `release`
    std::string egress;  // read only
};

class Spool {
public:
    // Makes incoming and input if they are missing; staging and egress must be there.
    static Result<Spool> open(SpoolFolders folders);

    std::string incoming(const TransferId& id) const { return m_folders.own + "/incoming/" + to_text(id); }
    std::string input(const TransferId& id) const { return m_folders.own + "/input/" + to_text(id); }
    std::string staged(const TransferId& id, std::uint32_t epoch) const;
    std::string delivered(const TransferId& id, const std::string& zone) const;

    struct Room {
        bool writable = false;
        std::uint64_t free = 0; // bytes
        // Free ones without the reserve; 0 if the file system is read-only.
        std::uint64_t usable(std::uint64_t reserve) const { return writable && free > reserve ? free - reserve : 0; }
    };
    Room room() const;
    std::uint64_t usable(std::uint64_t reserve) const { return room().usable(reserve); }
    std::uint64_t free_bytes() const { return room().free; }
    bool writable() const { return room().writable; }

    Result<> sync_incoming() const { return sync_directory(m_folders.own + "/incoming"); }
    Result<> sync_staging() const { return sync_directory(m_folders.staging); }
    Result<> sync_all() const;

    // Moves incoming to input. Not synced: whoever finds the journal ahead of it does it again (see recovery).
    Result<> take_in(const TransferId& id) const;
    // The received file, wherever take_in left it.
    Result<Descriptor> open_input(const TransferId& id) const;
    bool remove(const std::string& path) const; // whether it was there

    // Files whose names have another form have no id.
    struct Found {
        std::string path;
        std::optional<TransferId> id;
        std::uint32_t epoch = 0; // in staging
        std::string zone;        // in egress
        std::uint64_t size = 0;
    };
    std::vector<Found> list_incoming() const;
    std::vector<Found> list_input() const;
    std::vector<Found> list_staging() const;
    std::vector<Found> list_egress() const;

private:
    explicit Spool(SpoolFolders folders) : m_folders(std::move(folders)) {}
    SpoolFolders m_folders;
};

} // namespace sekisho::ledger
