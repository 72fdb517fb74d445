// What runs, item by item, beside what the process table says.
#pragma once

#include "gateway/launch/process_facts.h"
#include "gateway/launch/table.h"

namespace sekisho::launch {

struct Item {
    std::string_view name; // "running", "user", "groups", "network", "system calls", "new privileges", "capabilities",
                           // "sockets", "below"
    std::string found;
    std::string wanted;
    bool equal = false;
    std::string warning = {}; // equal to what was asked for, and yet less than there could be
};

struct Counted {
    std::string process; // "portal@lgwan"
    pid_t id = 0;        // 0: not running
    std::size_t workers = 0;
    std::vector<Item> items;
    bool equal() const;
};

// Looks at processes that were started with this settings file. Whether zones must have networks of their own is what the
// launcher was told; without a launcher (systemd) they must.
std::vector<Counted> take_census(const Settings& settings);

} // namespace sekisho::launch
