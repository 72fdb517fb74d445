// Office packages with a password ([MS-OFFCRYPTO]).
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::office_encryption {

// Decrypts with a program's own password or one of the job's, and sanitises the package inside: its type, delivered
// open. Refuses Reason::input_encrypted if no password was given, Reason::office_password if none fits.
Result<Type> open(Job& job);

// Loads OpenSSL's algorithms, so that a confined process finds them in memory.
void warm_up();

} // namespace sekisho::office_encryption
