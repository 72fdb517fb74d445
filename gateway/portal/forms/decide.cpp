#include <ctime>

#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"
#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

Result<> make_fresh(Visit& visit, const std::string& password) {
    if (std::time(nullptr) < visit.session->fresh_until) return {};
    if (password.empty()) return reject("session.not-fresh", "Deciding needs your password once more");
    if (password.size() > 256) return reject("login.wrong", "The password is wrong");
    visit.session =
        TRY(visit.auth.call<auth::Session>(auth::Confirm{visit.session->token, password, visit.request.peer}));
    return {};
}

Result<> decide(Visit& visit, bool approve, const std::string& reason, const std::string& password) {
    if (reason.size() > 1000) return reject("http.too-large", "The reason is too long");
    TRY(make_fresh(visit, password));
    TRY(visit.ledger.call<Done>(ledger::Decide{visit.person(), TRY(id_of(visit)), approve, reason}));
    return {};
}

} // namespace

Result<Response> post_decision(Visit& visit) {
    auto fields = TRY(plain_fields(visit));
    TRY(check_csrf(visit, fields["csrf"]));
    const std::string answer = fields["approve"];
    if (answer != "yes" && answer != "no") return reject("http.form", "The form does not say what was decided");
    const auto decided = decide(visit, answer == "yes", fields["reason"], fields["password"]);
    if (decided) return see_other(answer == "yes" ? "/approval?done=approved" : "/approval?done=returned");
    Context context = context_of(visit);
    context.problems.push_back(problem_of(decided.error(), visit.japanese));
    context.typed["reason"] = fields["reason"];
    return detail_page_with(visit, std::move(context), status_of(decided.error()));
}

Result<Response> post_withdrawal(Visit& visit) {
    auto fields = TRY(plain_fields(visit));
    TRY(check_csrf(visit, fields["csrf"]));
    TRY(visit.ledger.call<Done>(ledger::Withdraw{visit.person(), TRY(id_of(visit))}));
    return see_other("/?done=withdrawn");
}

} // namespace sekisho::portal
