// What has to wait until the journal is on disk: answers, and everything else that the outside could notice.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/ipc/server.h"

namespace sekisho::ledger {

using CallPointer = std::shared_ptr<Call>;

class Batch {
public:
    template <typename Answer> void answer(CallPointer call, Answer message) {
        answer(call, std::move(message), nullptr);
    }
    // With a descriptor.
    template <typename Answer> void answer(CallPointer call, Answer message, std::shared_ptr<Descriptor> passed) {
        add(
            [call, message = std::move(message), passed] {
                if (!passed) return call->answer(message);
                const int number = passed->get();
                call->answer(message, {&number, 1});
            },
            [call](const Error& error) { call->refuse(error); });
    }
    // Refuses, and keeps what was written along with it (the audit record of the refusal).
    void refuse(CallPointer call, Error error) {
        add([call, error = std::move(error)] { call->refuse(error); },
            [call](const Error& instead) { call->refuse(instead); });
    }
    // Runs once everything is durable; must not write to the journal.
    void after(std::function<void()> action) { add(std::move(action), nullptr); }
    // Runs instead, if it could not be made durable.
    void otherwise(std::function<void(const Error&)> action) { add(nullptr, std::move(action)); }

    std::size_t mark() const { return m_entries.size(); }
    void rewind(std::size_t mark) { m_entries.resize(mark); }
    bool empty() const { return m_entries.empty(); }
    // Runs and forgets the entries; those that were added meanwhile stay for the next time.
    void finish(const std::optional<Error>& error);

private:
    struct Entry {
        std::function<void()> durable;
        std::function<void(const Error&)> lost;
    };
    void add(std::function<void()> durable, std::function<void(const Error&)> lost) {
        m_entries.push_back({std::move(durable), std::move(lost)});
    }
    std::vector<Entry> m_entries;
};

} // namespace sekisho::ledger
