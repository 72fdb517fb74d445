// The move itself. Both folders lie on one file system.
#pragma once

#include <optional>
#include <string>

#include "gateway/protocol/release.h"

namespace sekisho::release {

class Mover {
public:
    Mover(std::string staging, std::string egress) : m_staging(std::move(staging)), m_egress(std::move(egress)) {}

    // What is at the destination already: its size, if it is exactly the ticket's bytes; nothing if nothing is there.
    // reject "release.occupied" for anything else.
    Result<std::optional<std::uint64_t>> moved_before(const Release& request) const;
    // Hashes the staged file, moves it and syncs both folders. reject "release.staged-missing", "release.bytes-differ";
    // fail "release.move".
    Result<std::uint64_t> move(const Release& request) const;
    Result<> remove(const Remove& request) const;

private:
    std::string staged_path(const Release& request) const;
    std::string folder(const Release& request) const { return m_egress + "/" + request.zone_to; }
    std::string delivered_path(const Release& request) const { return folder(request) + "/" + to_text(request.id); }

    std::string m_staging;
    std::string m_egress;
};

} // namespace sekisho::release
