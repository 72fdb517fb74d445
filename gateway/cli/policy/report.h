// Problems of a policy as the verbs show them, for people and as JSON.
//
// JSON of a problem: {"code":"P0203","severity":"error","file":"policy.sekisho","line":3,"column":7,"message":"...",
//  "help":"...","rule":"R-010","note":{"file":...,"line":...,"column":...,"message":"..."}}; columns are terminal
// cells; help, rule, note and the place may be missing.
#pragma once

#include <expected>
#include <span>
#include <string>

#include "base/text/json_writer.h"
#include "gateway/cli/arguments.h"
#include "gateway/cli/policy/files.h"
#include "gateway/cli/verbs.h"
#include "policy/analysis/remark.h"
#include "policy/engine/engine.h"

namespace sekisho::cli {

// What the person reads.
policy::Language language();
// One of two texts.
std::string_view either(std::string_view english, std::string_view japanese);

// An error "usage" in the person's language.
std::unexpected<Error> usage_error(policy::Words message, policy::Words help);

void write_problem(JsonWriter& json, const policy::Diagnostic& problem, const policy::Sources& shown);
void write_problem(JsonWriter& json, const policy::Remark& remark, const policy::Sources& shown);
// file, line, column of a place
void write_place(JsonWriter& json, policy::Span at, const policy::Sources& shown);

// A loaded policy with the names under which to show its files.
struct Opened {
    policy::Policy policy;
    PolicyFiles files;
};

// What the one operand names, or else the policy of this machine's gateway (--settings); the latter alone.
Result<std::string> policy_path(const Arguments& arguments);
// What the one operand names, or else the policy that is in force, from the gateway itself.
Result<PolicyFiles> named_policy(const Arguments& arguments);
Result<PolicyFiles> policy_in_force(const Arguments& arguments);
Result<std::string> gateway_policy(const Arguments& arguments);

// Loads a policy; if it cannot be used, shows what is wrong with it (as JSON with --json) and is the exit code.
std::expected<Opened, int> open_policy(const Arguments& arguments, const std::string& path);
std::expected<Opened, int> open_policy(const Arguments& arguments, PolicyFiles files);

// What a body answers, or what an error of it means; the error is shown.
template <typename Body> int finish(Body body) {
    const Result<int> code = body();
    return code ? *code : complain(code.error());
}

} // namespace sekisho::cli
