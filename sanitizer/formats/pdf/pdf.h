// PDF in, PDF out: parsed by libqpdf, walked by an allow-list, written by a writer of our own.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::pdf {

// Reads job.in, writes a rebuilt PDF 1.7 to job.out, returns Type::pdf.
Result<Type> rebuild(Job& job);

} // namespace sekisho::pdf
