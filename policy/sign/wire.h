// The data types of the SSH protocol (RFC 4251 section 5), read strictly.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::sign {

inline Result<View> read_string(ByteReader& reader) {
    const std::uint32_t length = TRY(reader.u32be());
    return reader.bytes(length);
}

inline void write_string(ByteWriter& writer, View value) {
    writer.u32be(static_cast<std::uint32_t>(value.size()));
    writer.raw(value);
}

// A positive whole number in its shortest form; without the octet that keeps it positive.
inline Result<View> read_positive(ByteReader& reader) {
    const View octets = TRY(read_string(reader));
    const auto bad = [] { return reject("ssh.mpint", "a number is not positive or not in its shortest form"); };
    if (octets.empty() || octets[0] >= 0x80) return bad();
    if (octets[0] != 0) return octets;
    if (octets.size() < 2 || octets[1] < 0x80) return bad();
    return octets.subspan(1);
}

} // namespace sekisho::sign
