// The one table of what may be asked of a portal. The OpenAPI file and the tests are compared with it.
#pragma once

#include <span>

#include "gateway/portal/visit.h"

namespace sekisho::portal {

enum class Access : std::uint8_t {
    open,    // anybody
    session, // somebody who is logged in
    change,  // ... and the request carries X-CSRF-Token
    page,    // as session, but a browser is sent to the log-in page
    form     // as page, and the form carries `csrf` (the handler checks it: the body is its own to read)
};

struct Route {
    std::string_view method;
    std::string_view pattern; // "/api/v1/transfers/{id}"
    Access access;
    Result<Response> (*handle)(Visit&);
};

std::span<const Route> all_routes();

// Finds the route, checks what its access asks for, runs it, and puts the security headers on whatever comes back.
Response answer(const Options& options, Peers& peers, const Request& request);

} // namespace sekisho::portal
