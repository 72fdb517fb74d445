#pragma once

#include <string>
#include <vector>

#include "gateway/launch/network.h"
#include "gateway/launch/table.h"

namespace sekisho::launch {

struct NamedSocket {
    std::string name; // in LISTEN_FDNAMES
    Descriptor socket;
};

// What one instance is started with, again and again: sockets stay open here, so that none is lost while it restarts.
struct Station {
    Instance instance;
    std::vector<NamedSocket> sockets;
    Descriptor name_space; // network; not valid: a new empty one, or the launcher's, as the row says
};

// One for every instance. {run}/NAME.sock belongs to its process; only the members of its peers group may connect.
Result<std::vector<Station>> make_stations(const Settings& settings, bool isolate);
void remove_sockets(const Settings& settings);

} // namespace sekisho::launch
