#include "sanitizer/verify/ooxml/plumbing.h"

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

const std::string* Plumbing::Element::value(std::string_view attribute) const {
    for (const auto& [name, value] : attributes)
        if (name == attribute) return &value;
    return nullptr;
}

Result<> Plumbing::start(Words words, std::string_view name, std::span<const XmlAttribute> attributes,
                         std::span<const XmlDeclared> declared) {
    if (words != m_words || m_depth > 1) return refuse(m_otherwise);
    const bool is_root = m_depth++ == 0;
    if (is_root) {
        const bool own = declared.size() == 1 && declared[0].prefix.empty() && declared[0].words == m_words;
        return name == m_root && own && attributes.empty() ? Result<>() : refuse(m_otherwise);
    }
    if (!declared.empty()) return refuse(m_otherwise);
    if (m_elements.size() >= m_most) return refuse(Reason::limit_members);
    Element element{std::string(name), {}};
    for (const XmlAttribute& attribute : attributes) {
        if (attribute.words != Words::none) return refuse(m_otherwise);
        element.attributes.emplace_back(attribute.name, attribute.value);
    }
    m_elements.push_back(std::move(element));
    return {};
}

Result<> Plumbing::end() {
    --m_depth;
    return {};
}

Result<> Plumbing::text(std::string_view) {
    return refuse(m_otherwise);
}

} // namespace sekisho::verify
