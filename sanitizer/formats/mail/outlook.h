#pragma once

#include "sanitizer/formats/mail/message.h"

namespace sekisho::mail {

Result<Message> read_outlook(const Source& in, Context& context);

} // namespace sekisho::mail
