// CSS tokens with everything decoded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::html {

struct CssToken {
    enum class Kind : std::uint8_t { ident, function, at, hash, text, number, url, mark, blank, bad };
    Kind kind = Kind::bad;
    std::string text; // name in lower case for function and at; the character for mark; with its unit for number
    bool is(char c) const { return kind == Kind::mark && text[0] == c; }
};

// Comments are left out. At most a bounded number of tokens; what is behind them is one bad token.
std::vector<CssToken> css_tokens(std::string_view css);

} // namespace sekisho::html
