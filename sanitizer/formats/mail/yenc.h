// Files that news programs write into a text as yEnc (yenc-draft.1.3).
#pragma once

#include <vector>

#include "sanitizer/formats/mail/message.h"

namespace sekisho::mail {

// Takes them out of the bytes of a text. One of several parts, or one with a wrong size or checksum, is given as
// refused.
std::vector<Attachment> take_yencoded(Bytes& text);

} // namespace sekisho::mail
