// AES-256 in CBC mode, the cipher of 7z and RAR 5, and the keys that they make of a password.
#pragma once

#include <array>

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"

namespace sekisho::archive_encryption {

constexpr std::size_t block_size = 16;
using Key = std::array<std::uint8_t, 32>;
using Iv = std::array<std::uint8_t, block_size>;

// In place; whole blocks.
Result<> decrypt(const Key& key, const Iv& iv, std::span<std::uint8_t> blocks);

// 7zFormat.txt names the coder only; CPP/7zip/Crypto/7zAes.cpp of 7-Zip, CKeyInfo::CalcKey: SHA-256 over
// salt, password (UTF-16LE) and a 64-bit counter, 2^power times. A power of 63 means no hash at all.
Result<Key> seven_zip_key(unsigned power, View salt, View password, Budget& budget);

} // namespace sekisho::archive_encryption
