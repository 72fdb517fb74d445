// The body of an Outlook message as compressed RTF ([MS-OXRTFCP]).
#pragma once

#include "sanitizer/formats/mail/message.h"

namespace sekisho::mail {

// Adds the page or the text that the RTF holds; RTF that is damaged is told and passed over.
Result<> read_rich_text(View compressed, Message& into, Context& context);

// The RTF itself. Refuses Reason::input_damaged.
Result<Bytes> decompress_rtf(View compressed, Budget& budget);

} // namespace sekisho::mail
