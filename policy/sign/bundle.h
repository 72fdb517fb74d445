// Files, manifest and signatures in one piece: what is handed to the gateway, and what it keeps.
#pragma once

#include "policy/sign/manifest.h"

namespace sekisho::sign {

inline constexpr std::size_t bundle_max = 8U << 20; // bytes

struct Bundle {
    std::vector<NamedText> files; // the main one first
    std::string manifest;         // empty: a candidate that is not signed
    std::string signatures;

    Bytes encode() const;
    // bundle_format.
    static Result<Bundle> decode(View octets);
};

} // namespace sekisho::sign
