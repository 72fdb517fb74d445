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
};

struct Counted {
    std::string process; // "portal@lgwan"
    pid_t id = 0;        // 0: not running
    std::size_t workers = 0;
    std::vector<Item> items;
    bool equal() const;
};

// Looks at processes that were started with this settings file.
std::vector<Counted> take_census(const Settings& settings);

} // namespace sekisho::launch
