// The handlers behind the routes, one file per noun.
#pragma once

#include "gateway/portal/visit.h"

namespace sekisho::portal {

// session.cpp
Result<Response> login(Visit& visit);
Result<Response> get_session(Visit& visit);
Result<Response> confirm_session(Visit& visit);
Result<Response> logout(Visit& visit);

// transfers.cpp
Result<Response> list_transfers(Visit& visit);
Result<Response> get_transfer(Visit& visit);
Result<Response> get_content(Visit& visit);
Result<Response> get_receipt(Visit& visit);
Result<Response> decide_transfer(Visit& visit);
Result<Response> withdraw_transfer(Visit& visit);
Result<Response> wait_for_change(Visit& visit);

// uploads.cpp (tus 1.0.0)
Result<Response> tus_options(Visit& visit);
Result<Response> create_upload(Visit& visit);
Result<Response> upload_status(Visit& visit);
Result<Response> append_upload(Visit& visit);
Result<Response> terminate_upload(Visit& visit);

// health.cpp
Result<Response> health_live(Visit& visit);
Result<Response> health_ready(Visit& visit);

// What the files of this folder share.
Response json_response(int status, std::string json);
// reject "http.media-type" or "http.json".
Result<std::map<std::string, std::string, std::less<>>> json_fields(Visit& visit,
                                                                    std::span<const std::string_view> texts);
Result<TransferId> id_of(const Visit& visit);
// What opens the file, one a line: at most as many and as long as the sanitiser takes. reject "upload.passwords".
Result<std::vector<std::string>> passwords_of(std::string_view lines);
// Streams `body` into a pipe for the ledger; returns the ledger's answer.
Result<ledger::UploadState> send_body(Visit& visit, ledger::AppendUpload question, Body& body);

} // namespace sekisho::portal
