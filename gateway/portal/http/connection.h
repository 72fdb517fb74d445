// One connection: reads requests one after another, has them answered, writes what comes back.
#pragma once

#include <functional>

#include "gateway/portal/http/message.h"
#include "gateway/portal/http/tls.h"

namespace sekisho::portal {

struct HttpLimits {
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{15'000}; // for the whole header, however slowly it drips
    std::chrono::milliseconds body{60'000};   // for each piece of a body
    std::chrono::milliseconds idle{60'000};   // between requests
    std::chrono::milliseconds write{60'000};  // for each 64 KiB
    std::uint32_t header_bytes = 16 * 1024;
};

using Handler = std::function<Response(const Request&)>;

// Serves until the peer or a limit ends it.
void serve_connection(TlsStream& stream, const std::string& peer, const HttpLimits& limits, const Handler& handler);

} // namespace sekisho::portal
