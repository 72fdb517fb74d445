// Names of the files that archivers split an archive into.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"

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

struct PartSet {
    std::string whole;
    std::vector<std::size_t> parts; // places among the names, in the order of the archive
};

// The sets of at most `most` parts that are complete among the names of files in one folder. Of numbered files
// `is_archive` is asked about the first: any program may number its files, and only what starts like an archive is one
// that was cut in pieces.
std::vector<PartSet> part_sets(std::span<const std::string> names, std::size_t most,
                               const std::function<bool(std::size_t place)>& is_archive);

// By its first bytes, of which eight are enough.
bool starts_like_archive(View start);

} // namespace sekisho
