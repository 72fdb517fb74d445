#pragma once

#include <string>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::verify {

// Verifies a picture that is written into the page.
using VerifyPicture = Result<> (*)(Type type, const Source& content, const Limits& limits);

// A page as our writer writes it. `content_ids`: pictures of the mail that it may show.
Result<> html(const Source& source, const Limits& limits, VerifyPicture picture,
              const std::vector<std::string>& content_ids = {});

} // namespace sekisho::verify
