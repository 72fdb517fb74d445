#pragma once

#include <string>
#include <vector>

#include "base/error/error.h"

namespace sekisho::launch {

struct ProcessStatus {
    std::string name;
    int process = 0; // 0: not running
    bool ready = false;
    unsigned starts = 0;
};

// {run}/status.json, replaced atomically:
// {"launcher":PID,"isolated":BOOL,"ready":BOOL,"processes":{"ledger":{"pid":PID,"ready":BOOL,"starts":N},...}}
Result<> write_status(const std::string& path, bool isolated, const std::vector<ProcessStatus>& processes);

// What the launcher that wrote it was asked for; true if there is none.
bool is_isolated(const std::string& path);

} // namespace sekisho::launch
