// Somebody with a key of each kind, security keys included: signs as `ssh-keygen -Y sign` does.
#pragma once

#include <memory>

#include "policy/sign/key.h"

namespace sekisho::tests {

struct SignAs {
    std::string purpose = "sekisho-policy@v1";
    std::string hash = "sha512";
    std::uint8_t flags = 0x05; // of a security key: touched, verified
    std::uint32_t counter = 7;
    std::string reserved = {}; // written; never signed
};

class PolicySigner {
public:
    explicit PolicySigner(sign::KeyKind kind = sign::KeyKind::ed25519);
    PolicySigner(PolicySigner&&) noexcept;
    ~PolicySigner();

    const Bytes& blob() const { return m_blob; }
    std::string line() const;                                                // "ssh-ed25519 AAAA..."
    std::string sign(std::string_view message, const SignAs& as = {}) const; // armoured

private:
    struct State;
    Bytes raw_signature(View message) const;
    std::unique_ptr<State> m_state;
    sign::KeyKind m_kind;
    Bytes m_blob;
};

std::string armored(View blob);

} // namespace sekisho::tests
