// What a demonstration gateway stands on: a state directory with settings, accounts, policy and signatures.
#pragma once

#include <string>

#include "base/error/error.h"

namespace sekisho::cli {

struct DemoGround {
    std::string root;     // of everything below
    std::string settings; // file
    std::string password; // of every demonstration account
    std::string policy() const; // file; signed by two keys that lie beside it
    std::string certificate(const std::string& zone) const;
    std::string address(const std::string& zone) const; // "https://127.0.0.1:8441"
    unsigned first_port = 8441;
};

// Makes what is missing below `root` from the project's own files in `share`; keeps what is there.
Result<DemoGround> prepare_ground(const std::string& root, const std::string& share, unsigned first_port);
// A PDF of our own that opens a program by script, for the first demonstration. Returns its path.
Result<std::string> write_sample(const DemoGround& ground);

} // namespace sekisho::cli
