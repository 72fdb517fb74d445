// OpenDocument packages written by hand.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

class OdfSample {
public:
    // `body`: what is in office:text, office:spreadsheet, ...
    static OdfSample text(const std::string& body, const std::string& before_body = {});
    static OdfSample sheet(const std::string& body);
    static OdfSample slides(const std::string& body);

    OdfSample& member(const std::string& name, const std::string& content, const std::string& media_type = {});
    // Into the manifest, in an entry of its own.
    OdfSample& manifest(const std::string& markup);
    Bytes bytes() const;
    // A document as one XML file.
    static std::string flat(const std::string& kind, const std::string& markup);
    // "<NAME ...namespaces...": of a root.
    static std::string root(const std::string& name);

private:
    std::string m_media_type;
    std::string m_manifest;
    std::vector<std::pair<std::string, std::string>> m_members;
};

} // namespace sekisho::tests
