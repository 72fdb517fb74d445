#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::crash {

struct Sample {
    std::string name;
    std::string content;
};

// A small file that no other number has: four texts, four tables, four PNG and four JPEG in turn.
Sample sample(std::uint64_t seed, unsigned number);

} // namespace sekisho::crash
