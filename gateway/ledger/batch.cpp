#include "gateway/ledger/batch.h"

namespace sekisho::ledger {

void Batch::finish(const std::optional<Error>& error) {
    std::vector<Entry> entries;
    entries.swap(m_entries);
    for (Entry& entry : entries) {
        if (!error && entry.durable) entry.durable();
        if (error && entry.lost) entry.lost(*error);
    }
}

} // namespace sekisho::ledger
