#pragma once

#include <string_view>

namespace sekisho {

// True if `text` is exactly one JSON object (RFC 8259), in UTF-8 and at most 32 levels deep.
bool is_json_object(std::string_view text);

} // namespace sekisho
