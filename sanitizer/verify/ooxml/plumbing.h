// The package's own documents: content types and relationships, lists of elements that have attributes only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sanitizer/verify/ooxml/xml.h"

namespace sekisho::verify {

class Plumbing final : public XmlHandler {
public:
    struct Element {
        std::string name;
        std::vector<std::pair<std::string, std::string>> attributes;
        // Null if it is not there.
        const std::string* value(std::string_view attribute) const;
    };

    // Refuses `otherwise` for anything but elements directly in `root`, and `most` of them.
    Plumbing(Words words, std::string_view root, Reason otherwise, std::size_t most)
        : m_words(words), m_root(root), m_otherwise(otherwise), m_most(most) {}

    Result<> start(Words words, std::string_view name, std::span<const XmlAttribute> attributes,
                   std::span<const XmlDeclared> declared) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;
    const std::vector<Element>& elements() const { return m_elements; }

private:
    Words m_words;
    std::string_view m_root;
    Reason m_otherwise;
    std::size_t m_most;
    std::size_t m_depth = 0;
    std::vector<Element> m_elements;
};

} // namespace sekisho::verify
