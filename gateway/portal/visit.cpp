#include "gateway/portal/visit.h"

#include <fmt/format.h>

namespace sekisho::portal {

namespace {

bool wants_japanese(const Request& request) {
    for (const auto* source : {&request.query, &request.cookies}) {
        const auto found = source->find(source == &request.query ? std::string_view("lang") : language_cookie);
        if (found != source->end()) return found->second != "en";
    }
    const std::string_view accepted = request.header("accept-language");
    const std::size_t english = accepted.find("en");
    const std::size_t japanese = accepted.find("ja");
    return english == std::string_view::npos || japanese < english;
}

} // namespace

Visit::Visit(const Options& all, Peers& peers, const Request& asked)
    : options(all), request(asked), ledger(peers.ledger), auth(peers.auth), japanese(wants_japanese(asked)) {}

Result<> find_session(Visit& visit) {
    const auto none = [] { return reject("session.none", "You are not logged in", {}, "Log in and try again"); };
    const auto cookie = visit.request.cookies.find(session_cookie);
    if (cookie == visit.request.cookies.end()) return none();
    const auto bytes = from_hex(cookie->second);
    auth::CheckSession question;
    if (!bytes || bytes->size() != question.token.size()) return none();
    std::copy(bytes->begin(), bytes->end(), question.token.begin());
    visit.session = TRY(visit.auth.call<auth::Session>(question));
    return {};
}

Result<> check_csrf(const Visit& visit, std::string_view token) {
    if (equal_in_constant_time(as_view(token), as_view(visit.session->csrf))) return {};
    return reject("session.csrf", "The request does not come from this page", {}, "Load the page anew and try again");
}

Result<> check_origin(const Request& request) {
    const std::string_view site = request.header("sec-fetch-site");
    const std::string_view origin = request.header("origin");
    const bool other_site = !site.empty() && site != "same-origin" && site != "none";
    // Under our own Referrer-Policy, no-referrer, a form of this site has the origin "null" (Fetch, section 3.2.6).
    const bool own_form = origin == "null" && site == "same-origin";
    const bool other_origin =
        !origin.empty() && !own_form && origin != fmt::format("https://{}", request.header("host"));
    if (!other_site && !other_origin) return {};
    return reject("session.origin", "The request comes from another site", {}, "Open this site's own page");
}

std::string session_cookie_of(const auth::SessionToken* token) {
    const std::string value = token ? to_hex(*token) : "";
    return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Strict{}", session_cookie, value,
                       token ? "" : "; Max-Age=0");
}

} // namespace sekisho::portal
