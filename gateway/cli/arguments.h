// Options of one verb, parsed by its table.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho::cli {

struct OptionRow {
    std::string_view name;     // "--out"
    std::string_view argument; // "DIR"; empty for a flag
    std::string_view english;
    std::string_view japanese;
};

class Arguments {
public:
    // reject "usage" with a "did you mean" for an unknown option. "--" ends the options.
    static Result<Arguments> parse(std::span<const std::string> words, std::span<const OptionRow> options);

    const std::vector<std::string>& operands() const { return m_operands; }
    bool flag(std::string_view name) const { return m_values.contains(name); }
    std::optional<std::string> value(std::string_view name) const;
    // reject "usage" if it is not a whole number in this range.
    Result<std::uint64_t> number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                                 std::uint64_t most) const;

private:
    std::vector<std::string> m_operands;
    std::map<std::string, std::string, std::less<>> m_values;
};

// The word of `known` that is nearest to `word`, if it is near enough to be what was meant.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known);

// Takes "--lang ja" or "--lang en" out of the words, wherever it stands; reject "usage" for another language.
Result<> take_language(std::vector<std::string>& words);

// Whether messages for people are in Japanese (--lang, SEKISHO_LANG, LC_ALL, LC_MESSAGES, LANG).
bool speaks_japanese();

} // namespace sekisho::cli
