// From a password to the key of the content ([MS-OFFCRYPTO] 2.3.4.7, 2.3.4.9, 2.3.4.11, 2.3.4.13).
#pragma once

#include <optional>

#include "sanitizer/formats/office_encryption/info.h"

namespace sekisho::office_encryption {

// `password` as UTF-16LE. Nothing if it does not fit.
Result<std::optional<Bytes>> unlock(const Info& info, View password, Budget& budget);

// A hash made as long as a key or an initialisation vector must be (2.3.4.11).
void fit(Bytes& hash, std::size_t size);
// H(salt + block key), as long as an initialisation vector (2.3.4.12).
Result<Bytes> vector_of(Hash& hash, View salt, View block_key);
Bytes little_endian(std::uint32_t number);

} // namespace sekisho::office_encryption
