#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::mail {

Result<Type> rebuild(Job& job);     // a mail or a web page archive
Result<Type> mbox(Job& job);        // Type::zip of mails, or a mail if it is only one
Result<Type> outlook(Job& job);     // msg
Result<Type> tnef(Job& job);        // winmail.dat by itself
Result<Type> signed_file(Job& job); // p7m by itself: what was signed, by the rules of its own kind
Result<Type> text(Job& job);        // the characters of a mail

} // namespace sekisho::mail
