// Bytes and the one bounds-checked way to read and write them. reinterpret_cast lives in this room and nowhere else.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

inline std::string_view as_text(View view) {
    return {reinterpret_cast<const char*>(view.data()), view.size()};
}
inline View as_view(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline Bytes to_bytes(std::string_view text) {
    return {as_view(text).begin(), as_view(text).end()};
}
inline bool starts_with(View view, std::string_view prefix) {
    return as_text(view).starts_with(prefix);
}

// For C libraries that want another pointer type for the same bytes.
inline const char* as_chars(const std::uint8_t* data) {
    return reinterpret_cast<const char*>(data);
}
inline char* as_chars(std::uint8_t* data) {
    return reinterpret_cast<char*>(data);
}
inline const std::uint8_t* as_octets(const char* data) {
    return reinterpret_cast<const std::uint8_t*>(data);
}

// A cursor over borrowed bytes. A read that would leave them is a reject "input.short" and moves nothing.
class ByteReader {
public:
    explicit ByteReader(View view) : m_view(view) {}

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_view.size() - m_position; }
    bool at_end() const { return remaining() == 0; }
    View rest() const { return m_view.subspan(m_position); }

    Result<> seek(std::size_t position);
    Result<> skip(std::size_t count);
    Result<View> bytes(std::size_t count);
    Result<std::uint8_t> u8();
    Result<std::uint16_t> u16le();
    Result<std::uint16_t> u16be();
    Result<std::uint32_t> u32le();
    Result<std::uint32_t> u32be();
    Result<std::uint64_t> u64le();
    Result<std::uint64_t> u64be();

private:
    template <typename Integer> Result<Integer> little();
    template <typename Integer> Result<Integer> big();

    View m_view;
    std::size_t m_position = 0;
};

// Appends to bytes that it owns.
class ByteWriter {
public:
    const Bytes& bytes() const { return m_bytes; }
    Bytes take() { return std::move(m_bytes); }
    std::size_t size() const { return m_bytes.size(); }

    void raw(View view) { m_bytes.insert(m_bytes.end(), view.begin(), view.end()); }
    void text(std::string_view text) { raw(as_view(text)); }
    void u8(std::uint8_t value) { m_bytes.push_back(value); }
    void u16le(std::uint16_t value) { little(value); }
    void u16be(std::uint16_t value) { big(value); }
    void u32le(std::uint32_t value) { little(value); }
    void u32be(std::uint32_t value) { big(value); }
    void u64le(std::uint64_t value) { little(value); }
    void u64be(std::uint64_t value) { big(value); }

private:
    template <typename Integer> void little(Integer value) {
        for (std::size_t i = 0; i < sizeof(Integer); ++i)
            m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
    template <typename Integer> void big(Integer value) {
        for (std::size_t i = sizeof(Integer); i-- > 0;) m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }

    Bytes m_bytes;
};

std::string to_hex(View view);
// Lower or upper case; a reject "hex.bad" for anything else or an odd length.
Result<Bytes> from_hex(std::string_view text);
// RFC 4648 section 4, with padding.
std::string to_base64(View view);
Result<Bytes> from_base64(std::string_view text);

} // namespace sekisho
