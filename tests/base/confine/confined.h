// Runs something in a child that has confined itself, and tells how the child ended.
#pragma once

#include <functional>
#include <ostream>

#include "base/confine/confine.h"

namespace sekisho::tests {

struct End {
    int status = -1; // of _exit
    int signal = 0;
    bool operator==(const End&) const = default;
};
std::ostream& operator<<(std::ostream& out, const End& end);

constexpr int not_confined = 99; // confine() itself failed
extern const End killed;         // by the filter
End exited(int status);

// The body's value is the child's exit status.
End run_child(const std::function<int()>& body);
End run_confined(const Confinement& confinement, const std::function<int()>& body);
Confinement with_groups(std::vector<SyscallGroup> groups);

} // namespace sekisho::tests
