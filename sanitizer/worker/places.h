// The folders of memory that workers write in: one for each worker that can be there at a time.
#pragma once

#include <string>
#include <vector>

#include "base/error/error.h"

namespace sekisho::worker {

class Places {
public:
    explicit Places(std::vector<std::string> paths) : m_paths(std::move(paths)), m_taken(m_paths.size()) {}

    // An empty folder; its number goes back when the worker is gone. Without folders, always number 0.
    std::size_t take();
    // Empties it. Fails if something cannot be removed: the next worker would see it.
    Result<> give_back(std::size_t number);
    std::string path(std::size_t number) const { return m_paths.empty() ? std::string() : m_paths[number]; }

private:
    std::vector<std::string> m_paths;
    std::vector<bool> m_taken;
};

} // namespace sekisho::worker
