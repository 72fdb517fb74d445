#include <algorithm>
#include <array>
#include <ctime>

#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

struct NoticeRow {
    std::string_view word; // ?done=...
    Text text;
};

constexpr std::array notices{
    NoticeRow{"sent", Text::done_sent},
    NoticeRow{"approved", Text::done_approved},
    NoticeRow{"returned", Text::done_returned},
    NoticeRow{"withdrawn", Text::done_withdrawn},
    NoticeRow{"logged-out", Text::done_logged_out},
};

std::optional<Text> notice_of(const Request& request) {
    const auto done = request.query.find("done");
    if (done == request.query.end()) return std::nullopt;
    const auto row = std::ranges::find(notices, std::string_view(done->second), &NoticeRow::word);
    return row == notices.end() ? std::nullopt : std::optional(row->text);
}

} // namespace

Context context_of(const Visit& visit) {
    Context context;
    context.japanese = visit.japanese;
    context.zone = visit.options.zone;
    const auto& zones = visit.options.zones;
    const auto own = std::ranges::find(zones, context.zone.name, &ZoneTitle::name);
    context.rank = static_cast<std::size_t>(own - zones.begin());
    for (const ZoneTitle& zone : zones)
        if (zone.name != context.zone.name) context.zones.push_back(zone);
    if (visit.session) {
        context.person = &visit.session->person;
        context.csrf = visit.session->csrf;
        context.expires = visit.session->expires;
        context.fresh = std::time(nullptr) < visit.session->fresh_until;
    }
    // A form's own address answers no GET: the language switch leads to the first page then.
    context.path = visit.request.method == "POST" ? "/" : visit.request.path;
    context.notice = notice_of(visit.request);
    return context;
}

Response html_response(const Visit& visit, int status, std::string html) {
    Response response;
    response.status = status;
    response.set("Content-Type", "text/html; charset=utf-8");
    response.set("Content-Language", visit.japanese ? "ja" : "en");
    response.set("Vary", "Accept-Language, Cookie");
    if (visit.request.query.contains("lang")) {
        std::string cookie(language_cookie);
        cookie += visit.japanese ? "=ja" : "=en";
        response.set("Set-Cookie", cookie + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000");
    }
    response.body = std::move(html);
    return response;
}

Response see_other(std::string address) {
    Response response;
    response.status = 303;
    response.set("Location", std::move(address));
    return response;
}

Response error_response(const Visit& visit, const Error& error) {
    Context context = context_of(visit);
    context.path = std::string(1, '/'); // not the address that was asked for
    context.problems.push_back(problem_of(error, visit.japanese));
    return html_response(visit, status_of(error), error_page(context));
}

Result<std::map<std::string, std::string, std::less<>>> plain_fields(Visit& visit) {
    constexpr std::size_t largest_form = 64 * 1024;
    if (!visit.request.header("content-type").starts_with("application/x-www-form-urlencoded"))
        return reject("http.form", "The body is not a form");
    return form_fields(TRY(read_all(*visit.request.body, largest_form)));
}

void drain(Body& body) {
    constexpr std::uint64_t most = 256ULL << 20;
    Bytes over(64 * 1024);
    for (std::uint64_t done = 0; done < most;) {
        const auto count = body.read(over);
        if (!count || *count == 0) return;
        done += *count;
    }
}

} // namespace sekisho::portal
