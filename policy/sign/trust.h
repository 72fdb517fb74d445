// Who may sign a policy. Written by the administrator, owned by root:
//
//   sekisho-policy-trust 1
//   threshold 2                                              # people, the author among them; 2 to 9
//   break-glass 72 hours                                     # how long an emergency policy serves; at most 168
//   signer k.sato author approver 2026-04-01..2027-03-31 ssh-ed25519 AAAA... comment
//   signer m.ito approver verified always sk-ssh-ed25519@openssh.com AAAA...
//   signer s.mori break-glass always ssh-ed25519 AAAA...
//
// `verified`: only a security key that asked for a PIN or a finger. A person may have several keys, and is one person.
// A key that ends is kept with its period: what it signed in its time stays signed. A line that is taken out takes
// back what its key signed.
#pragma once

#include <vector>

#include "policy/sign/key.h"
#include "policy/sign/lines.h"

namespace sekisho::sign {

inline constexpr std::size_t trust_file_max = 256 * 1024; // bytes
inline constexpr std::size_t signers_max = 200;

struct Signer {
    std::string person;
    bool author = false;
    bool approver = false;
    bool break_glass = false; // alone; never together with another role
    bool verified = false;
    std::optional<Days> valid;
    Key key;
};

struct Trust {
    unsigned threshold = 2;
    unsigned break_glass_hours = 72;
    std::vector<Signer> signers;

    // trust_line with its place, trust_key_twice, trust_people.
    static Result<Trust> parse(std::string_view text);
    // trust_missing; trust_owner unless it belongs to `owner` and nobody else can write it.
    static Result<Trust> load(const std::string& path, unsigned owner);
    const Signer* signer_of(const Key& key) const;
};

} // namespace sekisho::sign
