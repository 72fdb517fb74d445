#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

Result<auth::Session> log_in_with(Visit& visit, const std::string& account, const std::string& password) {
    if (account.size() > 64 || password.size() > 256)
        return reject("login.wrong", "The account or the password is wrong");
    return visit.auth.call<auth::Session>(auth::Login{account, password, visit.request.peer});
}

} // namespace

Result<Response> post_login(Visit& visit) {
    TRY(check_origin(visit.request));
    auto fields = TRY(plain_fields(visit));
    const auto session = log_in_with(visit, fields["account"], fields["password"]);
    if (!session) {
        Context context = context_of(visit);
        context.path = "/login";
        context.problems.push_back(problem_of(session.error(), visit.japanese));
        context.typed["account"] = fields["account"];
        return html_response(visit, status_of(session.error()), login_page(context));
    }
    Response response = see_other("/");
    response.set("Set-Cookie", session_cookie_of(&session->token));
    return response;
}

Result<Response> post_logout(Visit& visit) {
    auto fields = TRY(plain_fields(visit));
    TRY(check_csrf(visit, fields["csrf"]));
    TRY(visit.auth.call<Done>(auth::Logout{visit.session->token}));
    Response response = see_other("/login?done=logged-out");
    response.set("Set-Cookie", session_cookie_of(nullptr));
    return response;
}

} // namespace sekisho::portal
