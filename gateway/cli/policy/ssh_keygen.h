// ssh-keygen (package openssh-client) as a person would type it.
#pragma once

#include <string>

#include "base/error/error.h"

namespace sekisho::cli {

// An armoured signature for our purpose. `key`: a private key, or the public one of a key that an agent holds.
// fail "ssh-keygen" if there is no such program or it does not sign; it has then said why itself.
Result<std::string> ssh_sign(const std::string& key, std::string_view message);
// A new Ed25519 key without a passphrase, for demonstrations.
Result<> make_ssh_key(const std::string& path);

} // namespace sekisho::cli
