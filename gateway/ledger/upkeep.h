// What nobody asks for: putting things in order at the start, and ending what has had its time.
#pragma once

#include "gateway/ledger/core.h"

namespace sekisho::ledger {

class Upkeep {
public:
    // Has a delivered file deleted.
    using RemoveDelivered = std::function<void(const TransferId&, const std::string& zone)>;

    Upkeep(Core& core, RemoveDelivered remove) : m_core(core), m_remove(std::move(remove)) {}
    // Before the first message: journal and spool agree afterwards.
    Result<> recover();
    // Uploads that were given up, and delivered files at the end of their days.
    Result<> expire();

private:
    struct Counts {
        std::uint64_t resumed = 0; // uploads that go on
        std::uint64_t cut = 0;     // of them: with bytes that were never acknowledged
        std::uint64_t requeued = 0;
        std::uint64_t releasing = 0;
        std::uint64_t lost = 0; // acknowledged, but not there any more: never without a broken disk
        std::uint64_t orphans = 0;
    };
    Result<> recover_uploads(Counts& counts);
    Result<> recover_processing(Counts& counts);
    Result<> recover_received(Counts& counts);
    Result<> lose(Transfer& transfer, Counts& counts);
    Result<> remove_orphans(Counts& counts);
    Result<bool> is_needed(const TransferId& id, std::initializer_list<State> states);
    Result<bool> is_staged(const TransferId& id, std::uint32_t epoch);
    void remove(const std::string& path, Counts& counts);

    Core& m_core;
    RemoveDelivered m_remove;
};

} // namespace sekisho::ledger
