// Network namespaces. The launcher itself never changes into one: a short-lived child does, and passes back what it
// opened there.
#pragma once

#include "base/descriptor/descriptor.h"
#include "gateway/settings/settings.h"

namespace sekisho::launch {

struct ZoneNetwork {
    Descriptor listener;   // TCP, listening, non-blocking
    Descriptor name_space; // of the zone; not valid: the launcher's own
};

// With `isolate` in a new namespace that has nothing but its loopback interface, else where the launcher is.
Result<ZoneNetwork> open_zone(const Zone& zone, bool isolate);
Result<Descriptor> listen_tcp(const std::string& address, std::uint16_t port);

} // namespace sekisho::launch
