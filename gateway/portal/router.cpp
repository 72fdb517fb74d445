#include "gateway/portal/router.h"

#include <algorithm>
#include <array>

#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

constexpr std::array routes{
    Route{"POST", "/api/v1/session", Access::open, login},
    Route{"GET", "/api/v1/session", Access::session, get_session},
    Route{"DELETE", "/api/v1/session", Access::change, logout},
    Route{"POST", "/api/v1/session/confirm", Access::change, confirm_session},
    Route{"GET", "/api/v1/transfers", Access::session, list_transfers},
    Route{"GET", "/api/v1/transfers/{id}", Access::session, get_transfer},
    Route{"DELETE", "/api/v1/transfers/{id}", Access::change, withdraw_transfer},
    Route{"GET", "/api/v1/transfers/{id}/content", Access::session, get_content},
    Route{"GET", "/api/v1/transfers/{id}/receipt", Access::session, get_receipt},
    Route{"POST", "/api/v1/transfers/{id}/decision", Access::change, decide_transfer},
    Route{"GET", "/api/v1/changes", Access::session, wait_for_change},
    Route{"OPTIONS", "/api/v1/uploads", Access::open, tus_options},
    Route{"POST", "/api/v1/uploads", Access::change, create_upload},
    Route{"HEAD", "/api/v1/uploads/{id}", Access::session, upload_status},
    Route{"PATCH", "/api/v1/uploads/{id}", Access::change, append_upload},
    Route{"DELETE", "/api/v1/uploads/{id}", Access::change, terminate_upload},
    Route{"GET", "/login", Access::open, get_login_page},
    Route{"POST", "/login", Access::open, post_login},
    Route{"POST", "/logout", Access::form, post_logout},
    Route{"GET", "/", Access::page, get_send_page},
    Route{"GET", "/inbox", Access::page, get_inbox_page},
    Route{"GET", "/approval", Access::page, get_approval_page},
    Route{"GET", "/history", Access::page, get_history_page},
    Route{"GET", "/transfers/{id}", Access::page, get_detail_page},
    Route{"GET", "/transfers/{id}/content", Access::page, get_content},
    Route{"GET", "/transfers/{id}/receipt", Access::page, get_receipt},
    Route{"POST", "/transfers/{id}/decide", Access::form, post_decision},
    Route{"POST", "/transfers/{id}/withdraw", Access::form, post_withdrawal},
    Route{"POST", "/send", Access::form, post_send},
    Route{"GET", "/assets/{name}", Access::open, get_asset},
    Route{"GET", "/health/live", Access::open, health_live},
    Route{"GET", "/health/ready", Access::open, health_ready},
};

// Whether `path` is `pattern`, with one segment taken for {id} or {name}.
bool matches(std::string_view pattern, std::string_view path, std::string& taken) {
    const std::size_t open = pattern.find('{');
    if (open == std::string_view::npos) return pattern == path;
    const std::size_t close = pattern.find('}', open);
    const std::string_view after = pattern.substr(close + 1);
    if (!path.starts_with(pattern.substr(0, open)) || !path.ends_with(after) || path.size() < open + after.size() + 1)
        return false;
    const std::string_view segment = path.substr(open, path.size() - open - after.size());
    if (segment.find('/') != std::string_view::npos) return false;
    taken = segment;
    return true;
}

struct Found {
    const Route* route = nullptr;
    bool path_exists = false;
    std::string id;
};

Found find_route(const Request& request) {
    Found found;
    for (const Route& route : all_routes()) {
        std::string id;
        if (!matches(route.pattern, request.path, id)) continue;
        found.path_exists = true;
        const bool same = route.method == request.method || (route.method == "GET" && request.method == "HEAD");
        if (!same) continue;
        found.route = &route;
        found.id = id;
        return found;
    }
    return found;
}

Result<Response> run(const Route& route, Visit& visit) {
    if (route.access != Access::open) TRY(find_session(visit));
    if (route.access == Access::change || route.access == Access::form) TRY(check_origin(visit.request));
    if (route.access == Access::change) TRY(check_csrf(visit, visit.request.header("x-csrf-token")));
    return route.handle(visit);
}

Response to_login() {
    Response response;
    response.status = 303;
    response.set("Location", "/login");
    return response;
}

void add_security_headers(Response& response) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> always{{
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
         "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Strict-Transport-Security", "max-age=31536000"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    }};
    for (const auto& [name, value] : always) response.set(std::string(name), std::string(value));
    const bool cached =
        std::ranges::any_of(response.headers, [](const auto& header) { return header.first == "Cache-Control"; });
    if (!cached) response.set("Cache-Control", "no-store");
}

// People get a page, programs get JSON.
bool is_for_browser(const Request& request) {
    const bool accepts = request.header("accept").find("text/html") != std::string_view::npos;
    return accepts && !request.path.starts_with("/api/") && !request.path.starts_with("/health/");
}

Response refused(const Visit& visit, const Error& error) {
    return is_for_browser(visit.request) ? error_response(visit, error) : problem_response(error, visit.japanese);
}

Response answer_plainly(const Options& options, Peers& peers, const Request& request) {
    const Found found = find_route(request);
    Visit visit(options, peers, request);
    if (!found.path_exists)
        return refused(visit, Error{ErrorKind::reject,
                                    "http.not-found",
                                    "There is nothing at this address",
                                    {},
                                    "Go back to the first page"});
    if (!found.route)
        return refused(visit, Error{ErrorKind::reject,
                                    "http.method",
                                    "This address does not take that method",
                                    {},
                                    "See the API's description"});
    visit.id = found.id;
    auto response = run(*found.route, visit);
    if (response) return std::move(*response);
    const bool page = found.route->access == Access::page || found.route->access == Access::form;
    if (page && response.error().code == "session.none") return to_login();
    return refused(visit, response.error());
}

} // namespace

std::span<const Route> all_routes() {
    return routes;
}

Response answer(const Options& options, Peers& peers, const Request& request) {
    Response response = answer_plainly(options, peers, request);
    add_security_headers(response);
    return response;
}

} // namespace sekisho::portal
