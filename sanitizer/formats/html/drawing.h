// A drawing within a page: HTML's lenient markup becomes the XML of a drawing by itself, which formats/svg then
// sanitises.
#pragma once

#include <string>
#include <vector>

#include "sanitizer/formats/html/tokenizer.h"

namespace sekisho::html {

class Drawing {
public:
    // `root`: the start tag "svg".
    explicit Drawing(const Token& root);

    // True when the token was the last one of the drawing.
    bool take(const Token& token);
    // Closes what is open.
    std::string take_xml();
    // " width=... height=..." for the element that shows it; empty if the drawing does not say.
    const std::string& size() const { return m_size; }
    std::size_t length() const { return m_xml.size(); }

private:
    void start(const Token& token);
    bool end(const std::string& name);
    void attributes(const Token& token);

    std::string m_xml, m_size;
    std::vector<std::string> m_open; // names in lower case, with the root
};

} // namespace sekisho::html
