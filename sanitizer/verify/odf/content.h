// One part of a document, name by name.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sanitizer/verify/odf/xml.h"

namespace sekisho::verify {

enum class OdfPart : std::uint8_t { content, styles, settings, meta, formula };

// What a document turned out to be and to refer to, by the names of members relative to the document.
struct OdfFound {
    std::string version; // that the roots of its parts name, all the same
    std::string body;    // local name of what is in office:body
    std::set<std::string, std::less<>> pictures;
    std::set<std::string, std::less<>> objects; // "Object 1/"
};

class OdfContent final : public OdfHandler {
public:
    OdfContent(OdfPart part, OdfFound& found) : m_part(part), m_found(found) {}

    Result<> start(Words words, std::string_view name, Attributes attributes) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;

private:
    struct Element {
        Words words = Words::none;
        std::string name;
    };

    Result<> root(Words words, std::string_view name, Attributes attributes);
    Result<> top(Words words, std::string_view name) const;
    Result<> element(Attributes attributes);
    Result<> attribute(const OdfAttribute& attribute, Attributes all);
    Result<> reference(const std::string& address, Attributes all);
    Result<> field(Attributes attributes) const;
    bool is(Words words, std::string_view names) const; // the innermost element is one of these
    bool gathers() const;
    Result<> check_gathered() const;

    OdfPart m_part;
    OdfFound& m_found;
    std::vector<Element> m_open;
    std::string m_gathered;
    std::string m_setting_name, m_setting_type;
};

} // namespace sekisho::verify
