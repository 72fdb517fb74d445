// What the analysis says, in both languages at once.
#pragma once

#include <string>

#include "policy/language/diagnostic.h"

namespace sekisho::policy {

struct Words {
    std::string english;
    std::string japanese;
    const std::string& in(Language language) const { return language == Language::english ? english : japanese; }
    friend bool operator==(const Words&, const Words&) = default;
    friend auto operator<=>(const Words&, const Words&) = default;
};

} // namespace sekisho::policy
