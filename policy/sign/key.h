// A public key as OpenSSH writes it, and whether it made a signature.
#pragma once

#include <string>

#include "base/bytes/bytes.h"
#include "policy/sign/problem.h"

namespace sekisho::sign {

// Rows: kind, OpenSSH's name, curve in OpenSSH's words, in OpenSSL's, octets of the point, on a security key.
#define SEKISHO_KEY_KINDS(ROW)                                                                                         \
    ROW(ed25519, "ssh-ed25519", "", "", 32, false)                                                                     \
    ROW(ecdsa_256, "ecdsa-sha2-nistp256", "nistp256", "P-256", 65, false)                                              \
    ROW(ecdsa_384, "ecdsa-sha2-nistp384", "nistp384", "P-384", 97, false)                                              \
    ROW(ecdsa_521, "ecdsa-sha2-nistp521", "nistp521", "P-521", 133, false)                                             \
    ROW(sk_ed25519, "sk-ssh-ed25519@openssh.com", "", "", 32, true)                                                    \
    ROW(sk_ecdsa_256, "sk-ecdsa-sha2-nistp256@openssh.com", "nistp256", "P-256", 65, true)

enum class KeyKind : std::uint8_t {
#define ROW(id, ...) id,
    SEKISHO_KEY_KINDS(ROW)
#undef ROW
};

struct KeyKindRow {
    KeyKind kind;
    std::string_view name;
    std::string_view curve;
    const char* group;
    std::size_t point;
    bool hardware;
};

const KeyKindRow& row_of(KeyKind kind);

struct Key {
    KeyKind kind = KeyKind::ed25519;
    Bytes blob;              // the whole key in SSH's form; two keys are the same if this is
    Bytes point;             // Ed25519: RFC 8032; ECDSA: SEC 1, not compressed
    std::string application; // of a security key

    // The point must be on its curve.
    static Result<Key> parse(View blob);
    std::string fingerprint() const; // "SHA256:..." as ssh-keygen shows it
};

// What a security key says along with a signature; the others say neither.
struct Presence {
    bool touched = false;  // a person touched it
    bool verified = false; // it asked for a PIN or a finger
};

// `signature` in SSH's form: kind, octets, and for a security key flags and counter. signature_format or
// signature_wrong unless it was made by this key over exactly `message`.
Result<Presence> verify(const Key& key, View message, View signature);

} // namespace sekisho::sign
