// One part, name by name.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sanitizer/verify/ooxml/fields.h"
#include "sanitizer/verify/ooxml/names.h"
#include "sanitizer/verify/ooxml/xml.h"

namespace sekisho::verify {

// The relationships of a part: what each name leads to.
using Relations = std::map<std::string, PartKind, std::less<>>;

class Content final : public XmlHandler {
public:
    Content(const PartRow& row, const Relations& relations) : m_row(row), m_relations(relations) {}

    Result<> start(Words words, std::string_view name, std::span<const XmlAttribute> attributes,
                   std::span<const XmlDeclared> declared) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;
    Result<> finish();

private:
    using Attributes = std::span<const XmlAttribute>;
    struct Open {
        Role role = Role::plain;
        unsigned revision_before = 0;
    };

    Result<> root(Words words, std::string_view name, Attributes attributes, std::span<const XmlDeclared> declared);
    Result<> enter(Role role, Attributes attributes);
    Result<> attribute(Words element, std::string_view name, Role role, const XmlAttribute& attribute);
    Result<> reference(Role role, const XmlAttribute& attribute) const;
    bool prefixes_are_declared(std::string_view list) const;

    const PartRow& m_row;
    const Relations& m_relations;
    std::vector<Open> m_open;
    std::set<std::string, std::less<>> m_prefixes; // declared by the root, the only element that declares any
    Fields m_fields;
    unsigned m_revision = 0;
    std::string m_gathered; // characters of a formula or a statement
};

} // namespace sekisho::verify
