// 7z and RAR 5 with a password.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/formats/archive_encryption/cipher.h"

namespace sekisho::archive_encryption {

// The checksum of a file of a RAR, which a key of the password may have changed.
struct Sum {
    std::uint32_t stored = 0;
    std::optional<Key> key;
    Result<bool> fits(std::uint32_t crc) const;
};

struct Opened {
    std::unique_ptr<Source> source;       // none: nothing is encrypted, as far as can be told
    std::vector<std::optional<Sum>> sums; // of each file of a RAR in turn; nothing where the header in `source` has it
};

// Unpacks the only file of a 7z archive that is not encrypted.
using Unpack = std::function<Result<>(const Source& archive, Sink& out)>;

// The same archive with nothing encrypted. What is wrong with one that is not, whoever reads it says. Refuses
// Reason::input_encrypted if no password was given, archive_password if none fits, archive_encryption for a way that is
// not known here. `in` must outlive what is made.
Result<Opened> open(Type type, const Source& in, std::span<const std::string> passwords, Budget& budget,
                    const Unpack& unpack);

} // namespace sekisho::archive_encryption
