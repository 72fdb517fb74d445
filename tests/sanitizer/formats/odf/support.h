// Packages made by hand, and an independent look at what came out.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sanitizer/formats/odf/odf.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

using Members = std::map<std::string, std::string>;

class Sample {
public:
    // `body`: what is in office:text, office:spreadsheet, ...
    static Sample text(const std::string& body, const std::string& before_body = {});
    static Sample sheet(const std::string& body);
    static Sample slides(const std::string& body);

    Sample& member(const std::string& name, const std::string& content, const std::string& media_type = {});
    // Into the manifest, in an entry of its own.
    Sample& manifest(const std::string& markup);
    Bytes bytes() const;
    // The same content as one XML file.
    static std::string flat(const std::string& kind, const std::string& markup);

private:
    std::string m_media_type;
    std::string m_manifest;
    std::vector<std::pair<std::string, std::string>> m_members;
};

// "<NAME ...namespaces...": of a root.
std::string root(const std::string& name);

struct Outcome {
    Result<Type> type = refuse(Reason::internal);
    Bytes bytes;
    Members members;
    std::vector<Entry> entries;

    bool found(Finding finding) const;
    // The words occur in no member.
    bool is_gone(std::string_view words) const;
    const std::string& content() const { return member("content.xml"); }
    const std::string& member(const std::string& name) const;
    bool has(const std::string& name) const { return members.contains(name); }
};

// Rebuilds; then the verifier must accept it, rebuilding it again must find nothing, and a third time change nothing.
Outcome rebuilt(View input);
Outcome rebuilt(const Sample& sample);
std::string refusal(View input);

std::string png();

} // namespace sekisho::tests
