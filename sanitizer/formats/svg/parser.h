// expat behind a wall: names with their namespaces, no exception through C, entities only as the declarations of
// namespaces that drawing programs write.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <expat.h>

#include "sanitizer/core/job.h"

namespace sekisho::svg {

struct Name {
    std::string_view space; // empty: none
    std::string_view local;
};

struct GivenAttribute {
    Name name;
    std::string_view value;
};

class Events {
public:
    virtual ~Events() = default;
    virtual Result<> start(Name name, const std::vector<GivenAttribute>& attributes) = 0;
    virtual Result<> end() = 0;
    virtual Result<> characters(std::string_view text) = 0;
};

struct Markup {
    bool stylesheet = false;  // <?xml-stylesheet?>
    bool instruction = false; // any other
    bool entities = false;
    bool skipped = false; // an entity that nothing declares
};

// Reads the whole source. Refuses Reason::svg_dtd, input_damaged, limit_depth and what the events refuse.
Result<Markup> parse(const Source& in, Events& events, Budget& budget);

} // namespace sekisho::svg
