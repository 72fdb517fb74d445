// Headers that may lie, byte by byte.
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// RAR 5.0 technote: numbers of variable length, one behind the other.
std::string variables(const std::vector<std::uint64_t>& values);
std::string rar5_block(const std::string& content);
// The signature and the main header; `volume` of a set from 1, or 0 for what is no set.
std::string rar5_start(std::uint64_t volume = 0);
std::string rar5_end();
struct RarFile {
    std::string name = "a.txt", content = "hello";
    std::uint64_t flags = 0; // of the header, beside "data follow"
    std::uint64_t file_flags = 4;
    std::int64_t size = 0, data = 0; // added to the true ones
    std::string crc_of = {};         // another content than the own
    std::uint64_t records = 0;       // what is claimed to be their size; none are there
};
std::string rar5_file(const RarFile& file = {});
// A RAR 4 block of a kind that is skipped.
std::string rar4_block(std::uint16_t size);

struct LzhMember {
    std::uint8_t level = 1;
    std::string method = "-lh0-", name = "a.txt", content = "hello";
    std::vector<std::string> extended = {};     // each its kind and what it says
    std::int64_t packed = 0, size = 0, sum = 0; // added to the true ones
    std::int64_t header = 0;                    // added to the size of a header of level 2; the content is what it says
    int first_extended = -1;                    // its size, if it is not the true one
};
std::string lzh(const LzhMember& member);

// One stored file; `names` stand where names of cabinets before and after this one do.
struct Cabinet {
    std::uint16_t flags = 0, compression = 0;
    std::string names = {};
    std::int64_t size = 0; // added to the true one
};
std::string cabinet(const Cabinet& how = {});

// A tar with a sparse file: `map` is what GNU tar calls GNU.sparse.map, "offset,size,..."
std::string sparse_tar(const std::string& map, std::size_t size, const std::string& content);

} // namespace sekisho::tests
