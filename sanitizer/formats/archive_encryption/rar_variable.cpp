#include "sanitizer/formats/archive_encryption/rar_variable.h"

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho {

Result<std::uint64_t> rar_variable(ByteReader& reader) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
        const std::uint8_t octet = TRY(reader.u8());
        value |= static_cast<std::uint64_t>(octet & 0x7f) << shift;
        if ((octet & 0x80) == 0) return value;
    }
    return refuse(Reason::archive_damaged);
}

} // namespace sekisho
