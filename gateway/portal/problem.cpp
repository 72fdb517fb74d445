#include "gateway/portal/problem.h"

#include <algorithm>
#include <array>

#include "base/text/json_writer.h"
#include "gateway/portal/page/texts.h"

namespace sekisho::portal {

namespace {

struct StatusRow {
    std::string_view code;
    int status;
};

constexpr std::array statuses{
    StatusRow{"http.malformed", 400},    StatusRow{"http.host", 400},
    StatusRow{"http.target", 400},       StatusRow{"http.form", 400},
    StatusRow{"http.body", 400},         StatusRow{"http.json", 400},
    StatusRow{"http.version", 505},      StatusRow{"http.header", 431},
    StatusRow{"http.too-large", 413},    StatusRow{"http.late", 408},
    StatusRow{"http.method", 405},       StatusRow{"http.not-found", 404},
    StatusRow{"http.media-type", 415},   StatusRow{"http.range", 416},
    StatusRow{"http.length", 411},       StatusRow{"tus.version", 412},
    StatusRow{"login.wrong", 401},       StatusRow{"session.none", 401},
    StatusRow{"session.csrf", 403},      StatusRow{"session.origin", 403},
    StatusRow{"session.not-fresh", 403}, StatusRow{"login.locked", 423},
    StatusRow{"login.too-fast", 429},    StatusRow{"transfer.unknown", 404},
    StatusRow{"transfer.gone", 410},     StatusRow{"transfer.id", 404},
    StatusRow{"transfer.too-late", 409}, StatusRow{"transfer.not-ready", 409},
    StatusRow{"approval.own", 403},      StatusRow{"not-permitted", 403},
    StatusRow{"upload.offset", 409},     StatusRow{"upload.checksum", 460},
    StatusRow{"upload.too-large", 413},  StatusRow{"upload.too-long", 413},
    StatusRow{"upload.too-many", 429},   StatusRow{"policy.refused", 403},
    StatusRow{"storage.full", 507},      StatusRow{"upload.form-too-large", 413},
};

} // namespace

int status_of(const Error& error) {
    const auto row = std::ranges::find(statuses, error.code, &StatusRow::code);
    if (row != statuses.end()) return row->status;
    return error.kind == ErrorKind::reject ? 422 : 503;
}

Response problem_response(const Error& error, bool japanese) {
    Response response;
    response.status = status_of(error);
    response.set("Content-Type", "application/problem+json");
    JsonWriter json;
    json.begin_object().member("type", "about:blank").member("title", reason_phrase(response.status));
    json.member("status", response.status).member("code", error.code).member("detail", error.message);
    json.member("help", problem_of(error, japanese).help).end_object();
    response.body = json.take();
    return response;
}

} // namespace sekisho::portal
