// Presentations with a password ([MS-PPT] 2.3.7), which the suite does not open.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::legacy {

// The presentation without its encryption, as a new compound file of the streams that the suite reads. Tries what
// PowerPoint knows by itself, then the sender's passwords. Refuses Reason::input_encrypted or office_password if none
// fits, office_encryption for another kind of encryption, ole_damaged.
Result<Bytes> decrypted_slides(Job& job);

} // namespace sekisho::legacy
