// Who is tested: every process of the table, and every kind of worker.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/launch/table.h"
#include "sanitizer/worker/zygote.h"

namespace sekisho::tests {

// A gateway's folders and sockets in a temporary place, as `sekisho up` makes them.
class Scene {
public:
    static Scene& get();
    const Settings& settings() const { return m_settings; }
    const std::string& folder() const { return m_folder; }
    std::string outside() const { return m_folder + "/outside"; } // a file that no row names
    // Sockets of processes that this one may not call.
    std::vector<std::string> foreign_sockets(const ProcessRow* row) const;
    static bool is_root();

private:
    Scene();
    ~Scene();
    std::string m_folder;
    Settings m_settings;
    std::vector<Descriptor> m_listeners;
};

struct Subject {
    std::string name;
    Confinement confinement;
    const Instance* instance = nullptr; // of the process table; none: a worker, or what is between
    std::optional<worker::Kind> kind;   // a worker's, whose namespaces it is in
    std::optional<Confinement> zygote;  // whose child it is
};

const std::vector<Subject>& all_subjects();
// In a child: becomes the subject, user and network included. False if that is not possible.
bool become(const Subject& subject);

} // namespace sekisho::tests
