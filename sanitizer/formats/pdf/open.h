// Opening a document: its password, whether all of it is encrypted, and whether readers would agree on what it shows.
#pragma once

#include <memory>

#include <qpdf/QPDF.hh>

#include "sanitizer/core/job.h"

namespace sekisho::pdf {

// The document must not outlive `file`. Repairs what readers repair; tries the passwords of the context.
Result<std::unique_ptr<QPDF>> open(View file, Context& context);

// Refuses Reason::pdf_two_readings if readers that follow the cross-reference, an older entry to it, or the objects in
// their order would come to different objects. `file` is what `document` was opened from.
Result<> check_readings(QPDF& document, View file, Budget& budget);

} // namespace sekisho::pdf
