// Balances tags and writes what is on the lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/formats/html/drawing.h"
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/html/tokenizer.h"
#include "sanitizer/formats/text/whole.h"

namespace sekisho::html {

class Writer {
public:
    static constexpr std::size_t deepest = 200; // deeper elements lose their tags

    Writer(Context& context, const Resolve& resolve) : m_context(context), m_resolve(resolve) {}

    Result<> take(Token& token);
    // The whole page.
    Result<std::string> finish();

private:
    struct Open {
        std::string name;
        std::string attributes; // as written
    };
    enum class To : std::uint8_t { body, title, sheet, nowhere };

    Result<> start(Token& token);
    void end(const std::string& name);
    void text(std::string& text);
    Result<> kept(Token& token);
    Result<> close_drawing();
    Result<> head(Token& token);
    void unlisted(const Token& token);
    bool skip(const Token& token);
    void implied_ends(std::string_view name);
    void pop_to(std::size_t index, bool reopen);
    void open(const std::string& name, const std::string& attributes);
    Result<std::string> attributes(const Token& token);
    Result<> attribute(const Token& token, const Attribute& attribute, std::string& out);
    void removed(std::string_view attribute);
    Result<std::string> picture(const std::string& address);
    Result<std::string> data_picture(std::string_view address);
    void note_style(bool removed, bool remote);
    void found(Finding finding, Action action = Action::removed) { m_context.found(finding, action); }
    std::string escaped(std::string_view text, bool in_attribute);

    Context& m_context;
    const Resolve& m_resolve;
    std::string m_body, m_title, m_sheet, m_lang, m_body_attributes;
    std::vector<Open> m_open;
    std::string m_skipped; // element that goes with all that is in it
    std::size_t m_skip_depth = 0;
    std::optional<Drawing> m_drawing; // within which the reader is
    To m_to = To::body;
    bool m_has_title = false;
    bool m_closed = false;    // </body> was there
    bool m_pre_start = false; // directly behind <pre>
    text::Whole m_counts;
};

} // namespace sekisho::html
