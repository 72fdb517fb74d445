// A zone as people see it.
#pragma once

#include <string>

namespace sekisho::portal {

struct ZoneTitle {
    std::string name;
    std::string japanese;
    std::string english;
};

} // namespace sekisho::portal
