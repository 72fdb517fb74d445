// Messages as fixed layouts: little-endian numbers, length-prefixed bounded text. A message declares its fields once:
//
//   struct Ping {
//       static constexpr std::uint16_t type = 7;
//       std::string name;
//       static void fields(auto& self, auto& codec) { codec.text(self.name, 64); }
//   };
//
// Decoding is strict: every bound is checked and nothing may be left over (reject "ipc.malformed").
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho {

// Visible ASCII: text of a file that is shown as it is.
inline bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return '!' <= c && c <= '~'; });
}

class Encoder {
public:
    template <typename Integer> void number(const Integer& value) {
        static_assert(std::is_integral_v<Integer>);
        for (std::size_t i = 0; i < sizeof(Integer); ++i)
            m_out.u8(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
    }
    void flag(const bool& value) { m_out.u8(value ? 1 : 0); }
    template <typename Enum> void choice(const Enum& value) { m_out.u16le(static_cast<std::uint16_t>(value)); }
    void text(const std::string& value, std::size_t longest) { octets_of(as_view(value), longest); }
    void plain(const std::string& value, std::size_t longest) {
        if (!is_plain(value)) bug("a message text has other characters than it may");
        text(value, longest);
    }
    void octets(const Bytes& value, std::size_t longest) { octets_of(value, longest); }
    template <std::size_t size> void fixed(const std::array<std::uint8_t, size>& value) { m_out.raw(value); }
    void texts(const std::vector<std::string>& values, std::size_t most, std::size_t longest) {
        if (values.size() > most) bug("a message list is longer than its bound");
        m_out.u16le(static_cast<std::uint16_t>(values.size()));
        for (const std::string& value : values) text(value, longest);
    }
    template <typename Item> void list(const std::vector<Item>& items, std::size_t most) {
        if (items.size() > most) bug("a message list is longer than its bound");
        m_out.u16le(static_cast<std::uint16_t>(items.size()));
        for (const Item& item : items) Item::fields(item, *this);
    }
    template <typename Item> void inside(const Item& item) { Item::fields(item, *this); }
    Bytes take() { return m_out.take(); }

private:
    // A sender that exceeds a bound is a bug of ours: bounds are checked where the value enters.
    void octets_of(View value, std::size_t longest) {
        if (value.size() > longest || value.size() > UINT16_MAX) bug("a message text is longer than its bound");
        m_out.u16le(static_cast<std::uint16_t>(value.size()));
        m_out.raw(value);
    }

    ByteWriter m_out;
};

class Decoder {
public:
    explicit Decoder(View view) : m_in(view) {}

    template <typename Integer> void number(Integer& value) {
        static_assert(std::is_integral_v<Integer>);
        std::uint64_t bits = 0;
        const View taken = take(sizeof(Integer));
        for (std::size_t i = taken.size(); i-- > 0;) bits = (bits << 8) | taken[i];
        value = static_cast<Integer>(bits);
    }
    void flag(bool& value) {
        std::uint8_t octet = 0;
        number(octet);
        if (octet > 1) m_good = false;
        value = octet == 1;
    }
    // The enumeration must end with `count`.
    template <typename Enum> void choice(Enum& value) {
        std::uint16_t index = 0;
        number(index);
        if (index >= static_cast<std::uint16_t>(Enum::count)) {
            m_good = false;
            index = 0;
        }
        value = static_cast<Enum>(index);
    }
    void text(std::string& value, std::size_t longest) { value = std::string(as_text(sized(longest))); }
    void plain(std::string& value, std::size_t longest) {
        text(value, longest);
        if (is_plain(value)) return;
        m_good = false;
        value.clear();
    }
    void octets(Bytes& value, std::size_t longest) {
        const View taken = sized(longest);
        value.assign(taken.begin(), taken.end());
    }
    template <std::size_t size> void fixed(std::array<std::uint8_t, size>& value) {
        const View taken = take(size);
        if (taken.size() == size) std::copy(taken.begin(), taken.end(), value.begin());
    }
    void texts(std::vector<std::string>& values, std::size_t most, std::size_t longest) {
        values.resize(items(most));
        for (std::string& value : values) text(value, longest);
    }
    template <typename Item> void list(std::vector<Item>& values, std::size_t most) {
        values.resize(items(most));
        for (Item& item : values) Item::fields(item, *this);
    }
    template <typename Item> void inside(Item& item) { Item::fields(item, *this); }

    // True if every bound held and every byte was used.
    bool finished() const { return m_good && m_in.at_end(); }

private:
    View take(std::size_t count) {
        auto taken = m_in.bytes(count);
        if (taken && m_good) return *taken;
        m_good = false;
        return {};
    }
    View sized(std::size_t longest) {
        std::uint16_t length = 0;
        number(length);
        if (length > longest) m_good = false;
        return m_good ? take(length) : View{};
    }
    std::size_t items(std::size_t most) {
        std::uint16_t length = 0;
        number(length);
        if (length > most || length > m_in.remaining()) m_good = false;
        return m_good ? length : 0;
    }

    ByteReader m_in;
    bool m_good = true;
};

template <typename Message> Bytes encode(const Message& message) {
    Encoder encoder;
    Message::fields(message, encoder);
    return encoder.take();
}

template <typename Message> Result<Message> decode(View payload) {
    Decoder decoder(payload);
    Message message;
    Message::fields(message, decoder);
    if (!decoder.finished()) return reject("ipc.malformed", "a message does not have its declared layout");
    return message;
}

// The answer to a call that did not succeed.
struct Refusal {
    static constexpr std::uint16_t type = 0xFFFF;
    bool rejected = false; // ErrorKind::reject, else fail
    std::string code;
    std::string message;
    std::string where;
    std::string help;
    static void fields(auto& self, auto& codec) {
        codec.flag(self.rejected);
        codec.text(self.code, 64);
        codec.text(self.message, 512);
        codec.text(self.where, 256);
        codec.text(self.help, 512);
    }
    static Refusal of(const Error& error);
    Error error() const;
};

// Answered with Done by every Server itself: somebody is there who reads. (A listening socket that a launcher holds
// takes connections even while no process serves it.)
struct Ping {
    static constexpr std::uint16_t type = 0xFFFD;
    static void fields(auto&, auto&) {}
};

// The answer that says only "done".
struct Done {
    static constexpr std::uint16_t type = 0xFFFE;
    static void fields(auto&, auto&) {}
};

} // namespace sekisho
