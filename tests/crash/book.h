// What was promised and what arrived, as the clients saw it.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/crypto/crypto.h"

namespace sekisho::crash {

struct Accepted {
    std::string account;
    std::string name;
    Digest digest{}; // of what was sent
};

struct Fetched {
    std::string account;
    Digest digest{}; // of what arrived
    std::string receipt;
};

class Book {
public:
    void accept(const std::string& id, Accepted accepted) {
        const std::lock_guard guard(m_lock);
        if (!m_accepted.emplace(id, std::move(accepted)).second) m_surprises.push_back("accepted twice: " + id);
    }
    void fetch(const std::string& id, Fetched fetched) {
        const std::lock_guard guard(m_lock);
        if (!m_fetched.emplace(id, std::move(fetched)).second) m_surprises.push_back("fetched twice: " + id);
    }
    void surprise(std::string what) {
        const std::lock_guard guard(m_lock);
        m_surprises.push_back(std::move(what));
    }
    bool has_fetched(const std::string& id) const {
        const std::lock_guard guard(m_lock);
        return m_fetched.contains(id);
    }
    std::map<std::string, Accepted> accepted() const {
        const std::lock_guard guard(m_lock);
        return m_accepted;
    }
    std::map<std::string, Fetched> fetched() const {
        const std::lock_guard guard(m_lock);
        return m_fetched;
    }
    std::vector<std::string> surprises() const {
        const std::lock_guard guard(m_lock);
        return m_surprises;
    }

private:
    mutable std::mutex m_lock;
    std::map<std::string, Accepted> m_accepted; // by transfer
    std::map<std::string, Fetched> m_fetched;
    std::vector<std::string> m_surprises; // what no client should ever see
};

} // namespace sekisho::crash
