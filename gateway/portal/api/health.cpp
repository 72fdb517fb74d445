// Two questions: does the portal live, and can it do its work? Neither tells anything about people or files.
#include "base/text/json_writer.h"
#include "gateway/portal/api/handlers.h"

namespace sekisho::portal {

Result<Response> health_live(Visit&) {
    return json_response(200, R"({"live":true})");
}

Result<Response> health_ready(Visit& visit) {
    // An unknown session is a good answer: it shows that auth is there. The ledger's own health is the operator's.
    const auto asked = visit.auth.call<auth::Session>(auth::CheckSession{});
    const bool ready = asked || asked.error().code == "session.none";
    JsonWriter json;
    json.begin_object().member("ready", ready).end_object();
    return json_response(ready ? 200 : 503, json.take());
}

} // namespace sekisho::portal
