// The pages and the plain forms behind them: everything that works without script.
#pragma once

#include "gateway/portal/page/page.h"
#include "gateway/portal/visit.h"

namespace sekisho::portal {

// pages.cpp
Result<Response> get_login_page(Visit& visit);
Result<Response> get_send_page(Visit& visit);
Result<Response> get_inbox_page(Visit& visit);
Result<Response> get_approval_page(Visit& visit);
Result<Response> get_history_page(Visit& visit);
Result<Response> get_detail_page(Visit& visit);
Result<Response> get_asset(Visit& visit);

// entry.cpp, decide.cpp, send.cpp
Result<Response> post_login(Visit& visit);
Result<Response> post_logout(Visit& visit);
Result<Response> post_send(Visit& visit);
Result<Response> post_decision(Visit& visit);
Result<Response> post_withdrawal(Visit& visit);

// What these files share.
Context context_of(const Visit& visit);
// Also remembers a language that the address chose.
Response html_response(const Visit& visit, int status, std::string html);
Response see_other(std::string address);
// A page that says what is wrong and what to do next.
Response error_response(const Visit& visit, const Error& error);
Result<Response> send_page_with(Visit& visit, Context context, int status);
Result<Response> detail_page_with(Visit& visit, Context context, int status);
// The fields of a plain form; reject "http.form", "http.too-large".
Result<std::map<std::string, std::string, std::less<>>> plain_fields(Visit& visit);
// Reads away what is left of a body, up to a limit: a browser that still sends does not read an answer.
void drain(Body& body);

} // namespace sekisho::portal
