#include "base/bytes/bytes.h"

namespace sekisho {

namespace {
std::unexpected<Error> short_read(std::size_t at) {
    return reject("input.short", "the data ends too early", std::to_string(at));
}
} // namespace

Result<> ByteReader::seek(std::size_t position) {
    if (position > m_view.size()) return short_read(position);
    m_position = position;
    return {};
}

Result<> ByteReader::skip(std::size_t count) {
    if (count > remaining()) return short_read(m_position);
    m_position += count;
    return {};
}

Result<View> ByteReader::bytes(std::size_t count) {
    if (count > remaining()) return short_read(m_position);
    const View taken = m_view.subspan(m_position, count);
    m_position += count;
    return taken;
}

template <typename Integer> Result<Integer> ByteReader::little() {
    const View taken = TRY(bytes(sizeof(Integer)));
    std::uint64_t value = 0;
    for (std::size_t i = sizeof(Integer); i-- > 0;) value = (value << 8) | taken[i];
    return static_cast<Integer>(value);
}

template <typename Integer> Result<Integer> ByteReader::big() {
    const View taken = TRY(bytes(sizeof(Integer)));
    std::uint64_t value = 0;
    for (const std::uint8_t octet : taken) value = (value << 8) | octet;
    return static_cast<Integer>(value);
}

Result<std::uint8_t> ByteReader::u8() {
    return little<std::uint8_t>();
}
Result<std::uint16_t> ByteReader::u16le() {
    return little<std::uint16_t>();
}
Result<std::uint16_t> ByteReader::u16be() {
    return big<std::uint16_t>();
}
Result<std::uint32_t> ByteReader::u32le() {
    return little<std::uint32_t>();
}
Result<std::uint32_t> ByteReader::u32be() {
    return big<std::uint32_t>();
}
Result<std::uint64_t> ByteReader::u64le() {
    return little<std::uint64_t>();
}
Result<std::uint64_t> ByteReader::u64be() {
    return big<std::uint64_t>();
}

} // namespace sekisho
