// From files and signatures to a policy that may be used.
#pragma once

#include "policy/engine/engine.h"
#include "policy/sign/bundle.h"
#include "policy/sign/seal.h"

namespace sekisho::judge {

// Types, findings and choices as the sanitiser knows them.
policy::Vocabulary vocabulary();

// Compiled and proved. P0949 with the first problem's words, P0948 with the first claim that does not hold.
Result<policy::Policy> load_policy(const std::vector<sign::NamedText>& files);

struct SignedPolicy {
    policy::Policy policy;
    sign::Manifest manifest;
    Digest manifest_digest{};
    sign::Seal seal;
};

// Signed by the right people on that day over exactly these files, and saying of the policy what it says itself.
// Whether it may follow the policy in force is the caller's question.
Result<SignedPolicy> load_signed(const sign::Bundle& bundle, const sign::Trust& trust, std::chrono::sys_days day);

// What the policy's header says: title, version, validity. P0925 if a manifest could not say it.
Result<sign::Manifest> describe_policy(const policy::Policy& policy, const std::vector<sign::NamedText>& files);

} // namespace sekisho::judge
