#include <charconv>

#include "gateway/portal/api/handlers.h"
#include "gateway/portal/forms/handlers.h"

namespace sekisho::portal {

namespace {

Result<ledger::TransferList> list_of(Visit& visit, ledger::Box box) {
    ledger::ListTransfers question;
    question.viewer = visit.person();
    question.box = box;
    const auto before = visit.request.query.find("before");
    if (before != visit.request.query.end()) {
        const char* end = before->second.data() + before->second.size();
        const auto parsed = std::from_chars(before->second.data(), end, question.before);
        if (parsed.ec != std::errc() || parsed.ptr != end) return reject("http.target", "`before` is not a number");
    }
    return visit.ledger.call<ledger::TransferList>(question);
}

Result<Response> box_page(Visit& visit, ledger::Box box) {
    return html_response(visit, 200, list_page(context_of(visit), box, TRY(list_of(visit, box))));
}

} // namespace

Result<Response> get_login_page(Visit& visit) {
    return html_response(visit, 200, login_page(context_of(visit)));
}

Result<Response> send_page_with(Visit& visit, Context context, int status) {
    const auto sent = TRY(list_of(visit, ledger::Box::sent));
    return html_response(visit, status, send_page(context, sent));
}

Result<Response> detail_page_with(Visit& visit, Context context, int status) {
    const ledger::GetTransfer question{visit.person(), TRY(id_of(visit))};
    const auto detail = TRY(visit.ledger.call<ledger::TransferDetail>(question));
    return html_response(visit, status, detail_page(context, detail));
}

Result<Response> get_send_page(Visit& visit) {
    return send_page_with(visit, context_of(visit), 200);
}
Result<Response> get_inbox_page(Visit& visit) {
    return box_page(visit, ledger::Box::inbox);
}
Result<Response> get_approval_page(Visit& visit) {
    return box_page(visit, ledger::Box::approval);
}
Result<Response> get_history_page(Visit& visit) {
    return box_page(visit, ledger::Box::history);
}
Result<Response> get_detail_page(Visit& visit) {
    return detail_page_with(visit, context_of(visit), 200);
}

Result<Response> get_asset(Visit& visit) {
    const Asset* asset = find_asset(visit.id);
    if (!asset) return reject("http.not-found", "There is nothing at this address");
    Response response;
    response.set("Content-Type", std::string(asset->media));
    response.set("Cache-Control", "public, max-age=31536000, immutable");
    response.body = as_text(asset->bytes);
    return response;
}

} // namespace sekisho::portal
