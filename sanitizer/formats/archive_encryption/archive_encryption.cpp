#include "sanitizer/formats/archive_encryption/archive_encryption.h"

#include "sanitizer/formats/archive_encryption/rar5.h"
#include "sanitizer/formats/archive_encryption/seven_zip.h"

namespace sekisho::archive_encryption {

Result<Opened> open(Type type, const Source& in, std::span<const std::string> passwords, Budget& budget,
                    const Unpack& unpack) {
    if (type == Type::rar) return open_rar5(in, passwords, budget);
    if (type == Type::seven_zip) return Opened{TRY(open_seven_zip(in, passwords, budget, unpack)), {}};
    return Opened();
}

} // namespace sekisho::archive_encryption
