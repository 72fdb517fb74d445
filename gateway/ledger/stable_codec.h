// The wire codec for what is kept for years: rows of the catalogue are written as their stable codes instead of
// numbers, which change when a row is added. Same interface as Encoder and Decoder.
#pragma once

#include "gateway/protocol/choices.h"
#include "gateway/protocol/receipt.h"

namespace sekisho::ledger {

inline std::string stable_text(Type value) {
    return std::string(row_of(value).name);
}
inline std::string stable_text(Finding value) {
    return value == Finding::none ? "" : std::string(row_of(value).code);
}
inline std::string stable_text(Reason value) {
    return value == Reason::none ? "" : std::string(row_of(value).code);
}
inline std::string stable_text(Level value) {
    return std::string(name_of(value));
}
inline std::string stable_text(const sekisho::Options& value) {
    return to_text(value);
}
// What a later or earlier version wrote and this one does not know becomes the value that says so.
inline void from_stable(Type& value, const std::string& text) {
    value = type_by_name(text).value_or(Type::unknown);
}
inline void from_stable(Finding& value, const std::string& text) {
    value = finding_by_code(text).value_or(Finding::none);
}
inline void from_stable(Reason& value, const std::string& text) {
    value = text.empty() ? Reason::none : reason_by_code(text).value_or(Reason::internal);
}
inline void from_stable(Level& value, const std::string& text) {
    value = level_by_name(text).value_or(Level::block);
}
inline void from_stable(sekisho::Options& value, const std::string& text) {
    value = options_of_text(text);
}

template <typename Enum>
concept Catalogued = std::is_same_v<Enum, Type> || std::is_same_v<Enum, Finding> || std::is_same_v<Enum, Reason> ||
    std::is_same_v<Enum, Level> || std::is_same_v<Enum, sekisho::Options>;

class StableEncoder : public Encoder {
public:
    template <typename Enum> void choice(const Enum& value) {
        if constexpr (Catalogued<Enum>)
            text(stable_text(value), 64);
        else
            Encoder::choice(value);
    }
    template <typename Item> void list(const std::vector<Item>& items, std::size_t most) {
        if (items.size() > most) bug("a stored list is longer than its bound");
        number(static_cast<std::uint16_t>(items.size()));
        for (const Item& item : items) Item::fields(item, *this);
    }
    template <typename Item> void inside(const Item& item) { Item::fields(item, *this); }
};

class StableDecoder : public Decoder {
public:
    using Decoder::Decoder;
    template <typename Enum> void choice(Enum& value) {
        if constexpr (Catalogued<Enum>) {
            std::string code;
            text(code, 64);
            from_stable(value, code);
        } else {
            Decoder::choice(value);
        }
    }
    template <typename Item> void list(std::vector<Item>& items, std::size_t most) {
        std::uint16_t length = 0;
        number(length);
        items.resize(std::min<std::size_t>(length, most));
        for (Item& item : items) Item::fields(item, *this);
    }
    template <typename Item> void inside(Item& item) { Item::fields(item, *this); }
};

} // namespace sekisho::ledger
