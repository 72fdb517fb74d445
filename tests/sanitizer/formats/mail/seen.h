// A mail as GMime sees it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// A leaf of a mail as GMime sees it.
struct Leaf {
    std::string type, name, content;
};

// What a mail program sees.
struct Seen {
    std::string from, to, subject, raw;
    std::vector<Leaf> leaves;
    const Leaf* leaf(std::string_view type) const {
        for (const Leaf& one : leaves)
            if (one.type == type) return &one;
        return nullptr;
    }
    const Leaf* named(std::string_view name) const {
        for (const Leaf& one : leaves)
            if (one.name == name) return &one;
        return nullptr;
    }
};

// g_mime_init() comes first.
Seen see(View mail);

} // namespace sekisho::tests
