// A transfer as the words key=value: what `policy explain` reads, and what other verbs show so that it can be asked
// again.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gateway/cli/policy/report.h"
#include "policy/engine/sample.h"

namespace sekisho::cli {

// Reads the words in the manner of a `given` of a test block; what is not said is as there, but day and hours are now.
// Shows what is wrong with the words or the policy, or is the exit code.
struct Asking {
    Opened opened;
    policy::Sample sample;
};
std::expected<Asking, int> read_request(const Arguments& arguments, PolicyFiles files,
                                        std::span<const std::string> words);

// "from=internet", "type=docx", ... with quotes for a shell where they are needed; only what differs from what is
// assumed.
std::vector<std::string> key_values(const policy::Sample& sample);
std::string line_of(const policy::Sample& sample);

void write_sample(JsonWriter& json, const policy::Sample& sample);
void write_decision(JsonWriter& json, const policy::Decision& decision);

} // namespace sekisho::cli
