// A reading of what a verifier accepted by neither the sanitiser's reader nor the verifier's: a plain search in bytes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error/error.h"
#include "base/stream/stream.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::fuzz {

inline void has_none(std::string_view bytes, std::initializer_list<std::string_view> vectors) {
    for (const std::string_view vector : vectors)
        if (bytes.find(vector) != bytes.npos) bug("accepted " + std::string(vector));
}

// For a verifier that asks about what lies inside.
inline Result<> accept(Type, const Source&, const Limits&) {
    return {};
}

} // namespace sekisho::fuzz
