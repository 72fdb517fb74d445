// What a drawing says: its texts in the order in which they stand in it, a line each.
#pragma once

#include <string>
#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::cad {

class Words {
public:
    // Nothing for an empty text; "\n" within one begins another line.
    void add(std::string_view utf8);
    // Writes Type::text; one empty line for a drawing without any.
    Result<Type> deliver(Job& job) const;

private:
    std::string m_lines;
};

} // namespace sekisho::cad
