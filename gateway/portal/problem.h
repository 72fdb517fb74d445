// Every error of the API as application/problem+json (RFC 9457), with a stable code and what to do next, in the
// asker's language.
#pragma once

#include "gateway/portal/http/message.h"

namespace sekisho::portal {

// The status that the table gives the code; 422 for another reject, 503 for another fail.
int status_of(const Error& error);
Response problem_response(const Error& error, bool japanese);

} // namespace sekisho::portal
