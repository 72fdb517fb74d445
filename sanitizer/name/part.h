// Names of the files that archivers split an archive into.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho {

struct PartName {
    enum class Kind : std::uint8_t {
        numbered,  // a.7z.001, a.7z.002, ...: one file cut in pieces
        zip,       // a.z01, a.z02, ..., and a.zip as the last
        rar,       // a.part1.rar, a.part2.rar, ...
        older_rar, // a.r00, a.r01, ..., and a.rar as the first
    };
    Kind kind = Kind::numbered;
    std::string whole;        // what the archive is called when it is whole: "a.7z", "a.zip", "a.rar"
    std::uint32_t number = 0; // from 1, in the order of the archive
};

// Nothing for a name that no part has. The names of a whole ZIP or RAR ("a.zip", "a.rar") are none.
std::optional<PartName> part_name(std::string_view name);

} // namespace sekisho
