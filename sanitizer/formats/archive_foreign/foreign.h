#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::archive_foreign {

// A 7z, RAR, LZH, CAB or tar into a new ZIP whose members were sanitised one by one.
Result<Type> rebuild(Job& job);

// A gzip, bzip2, xz or Zstandard file: what is packed in it takes its place, as the kind that it is. A tar in it
// becomes a ZIP like any tar.
Result<Type> unpack(Job& job);

// Loads what libraries load lazily. Once, before the process is confined.
void warm_up();

} // namespace sekisho::archive_foreign
