// The first reading of a document: what is in its body and what it refers to.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "sanitizer/formats/odf/formula.h"
#include "sanitizer/formats/odf/xml_parser.h"

namespace sekisho::odf {

struct Reference {
    bool object = false;  // a document within the document, else a picture
    bool in_text = false; // stands for something that is seen: what cannot pass is replaced, not dropped
    std::string address;
};

class Survey final : public XmlEvents {
public:
    // Pictures that stand in a flat document, each told when it ends, in the order in which they are.
    using PictureInside = std::function<Result<>(std::uint64_t element, Bytes content)>;

    explicit Survey(const Limits& limits, PictureInside picture_inside)
        : m_limits(limits), m_picture_inside(std::move(picture_inside)) {}
    void set_parser(const XmlParser& parser) { m_parser = &parser; }

    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;

    const NamesGone& names_gone() const { return m_names_gone; }
    const std::vector<Reference>& references() const { return m_references; }
    // The local name of what is in office:body; "math" for MathML, which is a formula; empty for anything else.
    const std::string& body() const { return m_body; }
    const std::string& media_type() const { return m_media_type; } // a flat document's
    // As the root says; "1.2" if it says none that is known.
    const std::string& version() const { return m_version; }

private:
    Result<> look_at_name(std::string_view element, Attributes attributes);

    const XmlParser* m_parser = nullptr;
    const Limits& m_limits;
    PictureInside m_picture_inside;
    std::vector<bool> m_shows; // open elements: does it show a picture?
    std::set<std::string, std::less<>> m_seen;
    std::vector<Reference> m_references;
    NamesGone m_names_gone;
    std::string m_body, m_media_type, m_version = "1.2";
    std::uint64_t m_rows = 0; // of the table at hand
    bool m_flat = false;
    bool m_body_open = false;
    std::uint64_t m_gathering = 0; // the number of the open office:binary-data; 0: none
    std::string m_gathered;
};

} // namespace sekisho::odf
