// Manifests and signatures beside a policy: POLICY.manifest and POLICY.manifest.sig. The private key never comes here:
// ssh-keygen signs, with a file, an agent or a security key.
#pragma once

#include "base/error/error.h"
#include "policy/engine/engine.h"
#include "policy/sign/bundle.h"

namespace sekisho::cli {

std::string manifest_path(const std::string& policy);
std::string signatures_path(const std::string& policy);

// What is in the files, as it is signed.
std::vector<sign::NamedText> named_texts(const policy::Sources& sources);

// The manifest that lies beside the policy, if it is one of exactly these files and this policy.
std::optional<sign::Manifest> present_manifest(const std::string& policy, const sign::Manifest& described);
// Writes a new one; signatures of an older one go.
Result<> write_manifest(const std::string& policy, const sign::Manifest& manifest);

// Asks ssh-keygen and adds what it answers to the signatures. The fingerprint of the key that signed.
Result<std::string> add_signature(const std::string& policy, const std::string& key);
// What to type where the key is.
std::string signing_command(const std::string& policy);

// Files, manifest and signatures (of POLICY.manifest.sig and of the files named) in one piece.
Result<sign::Bundle> bundle_of(const std::string& policy, const policy::Sources& sources,
                               std::span<const std::string> signatures);

// For a demonstration or a test: makes two key pairs and a file of signers in `folder`, and signs the policy there as
// "demo-author" and "demo-approver". Keeps what is there.
Result<> sign_for_demonstration(const std::string& folder, const std::string& policy);
// Hands it to the gateway of these settings, as `sekisho policy activate` does; waits for a ledger that is only
// starting.
Result<> activate_for_demonstration(const std::string& settings, const std::string& policy);

} // namespace sekisho::cli
