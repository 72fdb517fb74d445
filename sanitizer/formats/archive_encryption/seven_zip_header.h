// The header of a 7z archive, as far as it must be known to take the encryption out (DOC/7zFormat.txt of the LZMA SDK;
// sections are named by its headings).
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::archive_encryption {

struct Coder {
    Bytes id;
    std::uint64_t inputs = 1, outputs = 1;
    std::optional<Bytes> properties;
    bool is_aes() const;
};

// Coders that make the content of one or more files of packed streams. Their inputs are counted through all coders,
// and so are their outputs.
struct Folder {
    std::vector<Coder> coders;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> binds; // an input, and the output that it takes
    std::vector<std::uint64_t> packed;                          // the inputs that take packed streams, in their order
    std::vector<std::uint64_t> sizes;                           // of the outputs
    std::optional<std::uint32_t> crc;
    bool is_encrypted() const;
    // What comes out in the end. Reject if nothing does.
    Result<std::uint64_t> unpacked_size() const;
};

struct Streams {
    std::uint64_t position = 0; // of the first packed stream, behind the signature header
    std::vector<std::uint64_t> pack_sizes;
    std::vector<Folder> folders;
};

// The first file of a folder.
struct First {
    std::uint64_t size = 0;
    std::optional<std::uint32_t> crc;
};

struct Header {
    Bytes before; // "Archive Properties" as they are
    Streams streams;
    std::vector<First> firsts; // of each folder
    Bytes rest;                // from "SubStreams Info" to the end, as it is
};

// "Streams Info" of an encoded header, behind its id.
Result<Streams> read_encoded(View bytes);
// "Header", behind its id. Rejects what this does not know.
Result<Header> read_header(View bytes);
Bytes write_header(const Header& header);
// Of an archive with one folder that holds one file.
Bytes write_single(const Streams& streams);

} // namespace sekisho::archive_encryption
