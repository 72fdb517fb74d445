// What must be there before the first process starts. Everything is made once and left alone afterwards, except
// owners and modes, which are set again each time.
#pragma once

#include "gateway/launch/table.h"

namespace sekisho::launch {

// Processes have users of their own: whether these can get to the settings and to what the settings name. reject
// "settings.unreachable" with the folder that keeps them out. Needs root, and a process without threads.
Result<> check_reachable(const Settings& settings);
Result<> make_directories(const Settings& settings);
// keys/NAME.key (0400, its process's) and keys/NAME.pub, where they are missing.
Result<> make_keys(const Settings& settings);
// For zones whose certificate is not set and not there.
Result<> make_certificates(const Settings& settings);

} // namespace sekisho::launch
