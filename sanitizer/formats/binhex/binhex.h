#pragma once

#include <string>
#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::binhex {

struct File {
    std::string name; // bytes as stored, not yet clean
    Bytes data;
    bool has_resources = false; // a resource fork was there
};

// Where in `text` a packed file stands, its comment line included; empty if there is none.
std::string_view find(std::string_view text);

// Refuses Reason::input_damaged and input_short.
Result<File> decode(std::string_view text, Budget& budget);

Result<Type> unpack(Job& job);

} // namespace sekisho::binhex
