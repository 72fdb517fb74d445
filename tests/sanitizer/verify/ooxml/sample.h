// Packages made by hand, in the shape that is delivered, to be spoilt in one place.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/limits.h"

namespace sekisho::tests {

struct Member {
    std::string name;
    std::string content;
};

class Package {
public:
    // One document part with this content in the root element and these relationships (XML).
    static Package word(const std::string& body, const std::string& relationships = "");
    static Package sheet(const std::string& content, const std::string& relationships = "");
    static Package slide(const std::string& content, const std::string& relationships = "");

    Package& part(const std::string& name, const std::string& content, const std::string& content_type);
    Package& member(const std::string& name, const std::string& content);
    // Replaces one occurrence in one member, which must be there.
    Package& spoil(const std::string& name, const std::string& from, const std::string& to);
    Package& types(const std::string& more);
    std::string bytes() const;

    // Code of the verdict, empty if accepted. Pictures with "bad" in them are refused.
    std::string verdict(const Limits& limits = {}) const;

    Type type = Type::docx;

private:
    std::vector<Member> all() const;

    std::vector<Member> m_members;
    std::map<std::string, std::string> m_types;
    std::vector<std::array<std::string, 3>> m_spoilt;
    std::string m_more_types;
};

std::string relation(const std::string& id, const std::string& type, const std::string& target, bool external = false);

} // namespace sekisho::tests
