#include <array>

#include "base/text/json_writer.h"
#include "gateway/portal/api/handlers.h"

namespace sekisho::portal {

namespace {

void write_zone(JsonWriter& json, const ZoneTitle& zone) {
    json.begin_object()
        .member("name", zone.name)
        .member("title_ja", zone.japanese)
        .member("title_en", zone.english)
        .end_object();
}

std::string session_json(const Visit& visit) {
    const auth::Session& session = *visit.session;
    JsonWriter json;
    json.begin_object().key("person").begin_object();
    json.member("account", session.person.account).member("person", session.person.person);
    json.member("display", session.person.display).key("groups").begin_array();
    for (const std::string& group : session.person.groups) json.text(group);
    json.end_array().end_object().key("zone");
    write_zone(json, visit.options.zone);
    json.key("zones").begin_array();
    for (const ZoneTitle& zone : visit.options.zones)
        if (zone.name != visit.options.zone.name) write_zone(json, zone);
    json.end_array()
        .member("csrf", session.csrf)
        .member("expires", session.expires)
        .member("fresh_until", session.fresh_until);
    json.end_object();
    return json.take();
}

} // namespace

Result<Response> login(Visit& visit) {
    constexpr std::array<std::string_view, 2> names{"account", "password"};
    TRY(check_origin(visit.request));
    auto fields = TRY(json_fields(visit, names));
    if (fields["account"].size() > 64 || fields["password"].size() > 256)
        return reject("login.wrong", "The account or the password is wrong", {}, "Check both and try again");
    visit.session =
        TRY(visit.auth.call<auth::Session>(auth::Login{fields["account"], fields["password"], visit.request.peer}));
    Response response = json_response(200, session_json(visit));
    response.set("Set-Cookie", session_cookie_of(&visit.session->token));
    return response;
}

Result<Response> get_session(Visit& visit) {
    return json_response(200, session_json(visit));
}

Result<Response> confirm_session(Visit& visit) {
    constexpr std::array<std::string_view, 1> names{"password"};
    auto fields = TRY(json_fields(visit, names));
    if (fields["password"].size() > 256)
        return reject("login.wrong", "The password is wrong", {}, "Check it and try again");
    visit.session = TRY(
        visit.auth.call<auth::Session>(auth::Confirm{visit.session->token, fields["password"], visit.request.peer}));
    return json_response(200, session_json(visit));
}

Result<Response> logout(Visit& visit) {
    TRY(visit.auth.call<Done>(auth::Logout{visit.session->token}));
    Response response;
    response.status = 204;
    response.set("Set-Cookie", session_cookie_of(nullptr));
    return response;
}

} // namespace sekisho::portal
