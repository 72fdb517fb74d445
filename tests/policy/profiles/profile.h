// The policies that are delivered, read as the gateway reads them.
#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "policy/engine/compiled.h"
#include "policy/engine/engine.h"
#include "policy/language/parser.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::policy::tests {

struct Profile {
    char letter; // as in clauses.def; 'd' for what the demonstration uses
    std::string_view file;
    std::string_view name;
};

inline constexpr std::array<Profile, 4> models{{{'a', "alpha.sekisho", "α"},
                                                {'A', "alpha-prime.sekisho", "α´"},
                                                {'b', "beta.sekisho", "β"},
                                                {'B', "beta-prime.sekisho", "β´"}}};
inline constexpr Profile standard{'d', "default.sekisho", "標準"};

inline Vocabulary catalogue() {
    Vocabulary known;
    for (const TypeRow& row : all_types()) known.types.push_back({row.name, sekisho::name_of(row.family)});
    for (const FindingRow& row : all_findings()) known.findings.push_back(row.code);
    return known;
}

inline std::string contents(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The main file and what it includes.
inline Sources sources_of(std::string_view file) {
    const std::string folder = SEKISHO_SOURCE_DIR "/policy/profiles/";
    Sources sources{{std::string(file), contents(folder + std::string(file))}};
    for (std::size_t i = 0; i < sources.size(); ++i) {
        Problems ignored;
        for (const Include& include : parse(Source(sources[i].name, sources[i].text), ignored).includes)
            sources.push_back({include.file.text, contents(folder + include.file.text)});
    }
    return sources;
}

inline Policy loaded(const Sources& sources) {
    auto policy = Policy::load(sources, catalogue());
    if (policy) return *policy;
    ADD_FAILURE() << render(policy.error(), sources, Language::japanese);
    return Policy::deny_all();
}

inline Policy loaded(std::string_view file) {
    return loaded(sources_of(file));
}

} // namespace sekisho::policy::tests
