// OpenSSH's detached signatures (PROTOCOL.sshsig), as `ssh-keygen -Y sign` writes them.
#pragma once

#include <vector>

#include "policy/sign/key.h"

namespace sekisho::sign {

// A signature for this purpose can never be taken for one of another, nor the other way round.
inline constexpr std::string_view policy_namespace = "sekisho-policy@v1";
inline constexpr std::size_t signatures_max = 16;
inline constexpr std::size_t signature_file_max = 64 * 1024; // bytes

struct DetachedSignature {
    Key key;
    std::string purpose; // the namespace
    std::string hash;    // "sha256" or "sha512"
    Bytes signature;     // in SSH's form
};

// One after the other, as many as there are; empty lines and ends of lines of Windows do not matter.
Result<std::vector<DetachedSignature>> parse_signatures(std::string_view text);

// signature_namespace, signature_wrong, signature_format.
Result<Presence> verify(const DetachedSignature& signature, View message, std::string_view purpose = policy_namespace);

} // namespace sekisho::sign
