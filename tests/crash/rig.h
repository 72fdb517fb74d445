// A real gateway below a folder of its own.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/demo/ground.h"

namespace sekisho::crash {

struct Victim {
    int process = 0;
    std::string kind; // "ledger", "portal@lgwan", "sanitizer worker"
};

class Rig {
public:
    Rig();
    ~Rig();
    Rig(const Rig&) = delete;
    Rig& operator=(const Rig&) = delete;

    void start();
    // Returns whether the launcher ended by itself, with exit code 0.
    bool stop();
    bool is_ready() const;
    bool becomes_ready() const;

    // Processes of this gateway, but not the launcher.
    std::vector<Victim> victims() const;
    // False if it has gone meanwhile.
    bool kill(const Victim& victim) const;

    const cli::DemoGround& ground() const { return m_ground; }
    std::string path(const std::string& below) const { return m_ground.root + "/" + below; }
    std::string last_words() const; // of the gateway's own output
    void keep() { m_keep = true; }  // the folder, for whoever looks into a failure

private:
    cli::DemoGround m_ground;
    int m_launcher = 0;
    bool m_keep = false;
};

} // namespace sekisho::crash
