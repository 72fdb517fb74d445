// HTML as text. Markup can only be a literal of this program; everything else goes through the one escaping function.
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "gateway/portal/page/texts.h"

namespace sekisho::portal {

// & < > " ' as references; what is not UTF-8, and controls that change how text reads (C0, C1, bidirectional
// overrides, U+FEFF), as U+FFFD. Good for text and for quoted attributes.
std::string escaped(std::string_view text);

// A string that was there when this program was compiled.
struct Markup {
    consteval Markup(const char* literal) : text(literal) {}
    std::string_view text;
};

class Html {
public:
    explicit Html(bool japanese) : m_japanese(japanese) {}

    Html& put(Markup markup) {
        m_out += markup.text;
        return *this;
    }
    Html& say(std::string_view text) {
        m_out += escaped(text);
        return *this;
    }
    Html& say(Text text) { return say(text_of(text, m_japanese)); }
    template <std::integral Integer> Html& say(Integer number) { return say(std::to_string(number)); }
    bool japanese() const { return m_japanese; }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
    bool m_japanese;
};

} // namespace sekisho::portal
