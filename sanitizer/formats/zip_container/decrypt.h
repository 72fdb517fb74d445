// The two encryptions that are in use: ZipCrypto (APPNOTE 6.1) and AES as WinZip does it (method 99, AE-1 and AE-2).
#pragma once

#include "sanitizer/formats/zip_container/directory.h"

namespace sekisho::zip_detail {

// Writes what was encrypted (still packed) to `out`. Refuses Reason::archive_password if the password does not fit. AES
// proves that it does before anything is written; ZipCrypto has one byte to tell, so the checksum of what is unpacked
// must decide.
Result<> decrypt(const Source& in, const ZipEntry& entry, std::string_view password, Budget& budget, Sink& out);

// The entry of what decrypt() writes, as if it stood alone at offset 0.
ZipEntry decrypted_entry(const ZipEntry& entry, std::uint64_t size);

// What the extra field 0x9901 says: strength and way of packing.
struct AesField {
    bool valid = false;
    bool has_crc = false; // AE-1
    std::uint8_t strength = 0;
    std::uint16_t method = 0;
};
AesField aes_field(View extra);

// aes.cpp
Result<> decrypt_aes(const Source& in, const ZipEntry& entry, std::string_view password, Budget& budget, Sink& out);

} // namespace sekisho::zip_detail
