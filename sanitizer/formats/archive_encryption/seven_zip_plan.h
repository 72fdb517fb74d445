// Which packed streams of a 7z archive are encrypted, and how its folders read once they are not.
#pragma once

#include <map>

#include "sanitizer/formats/archive_encryption/cipher.h"
#include "sanitizer/formats/archive_encryption/seven_zip_header.h"

namespace sekisho::archive_encryption {

constexpr std::uint64_t seven_zip_start = 32; // bytes of the "Signature Header"

// The properties of an AES coder (CPP/7zip/Crypto/7zAes.cpp, CBaseDecoder::SetDecoderProperties2).
struct Aes {
    unsigned power = 0;
    Bytes salt;
    Iv iv{};
};

// A packed stream that is encrypted.
struct Locked {
    Aes aes;
    std::uint64_t size = 0; // decrypted
};
using LockedStreams = std::map<std::size_t, Locked>; // by the number of the packed stream

// Where the packed streams lie, and what becomes of them and their folders.
struct Plan {
    std::uint64_t from = 0;            // in the archive
    std::vector<std::uint64_t> stored; // sizes as they are
    Streams streams;                   // as they will be
    LockedStreams locked;
};

// Refuses Reason::archive_encryption for what is not known here, archive_part and archive_damaged for sizes that cannot
// be.
Result<Plan> plan_of(const Streams& streams, std::uint64_t archive_size);

} // namespace sekisho::archive_encryption
