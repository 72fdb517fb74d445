// The package: its members, what each is and what leads to it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sanitizer/verify/archive/libzip.h"
#include "sanitizer/verify/archive/shape.h"
#include "sanitizer/verify/ooxml/content.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "sanitizer/verify/ooxml/plumbing.h"

namespace sekisho::verify {

class Package {
public:
    // `output` must outlive it. Checks every byte of the archive and every name.
    static Result<Package> open(Type type, const Source& output, const Limits& limits);

    Result<> check_types();
    // Every relationship leads somewhere that it may, and something leads to every part.
    Result<> check_relations();
    Result<> check_contents(VerifyEmbedded embedded);

private:
    struct Part {
        std::uint64_t member = 0;
        const PartRow* row = nullptr; // null: content types or relationships
        Relations relations;
        std::vector<std::string> targets;
        bool reached = false;
    };

    Package(Type type, unsigned application, const Limits& limits, LibZip zip)
        : m_type(type), m_application(application), m_left(limits), m_zip(std::move(zip)) {}
    Result<> admit(const Source& output, std::uint64_t index);
    Result<> admit_relations();
    Result<> check_main(const Relations& relations) const;
    Result<> read_relations(const std::string& owner, Part& part);
    Result<> read_relation(const Plumbing::Element& element, const std::string& owner, Part& part);
    Result<> check_embedded(const Part& part, const std::string& name, VerifyEmbedded embedded) const;
    Result<> parse(std::uint64_t member, XmlHandler& handler) const;

    Type m_type;
    unsigned m_application;
    Limits m_left;
    LibZip m_zip;
    std::vector<ZipMember> m_members;
    std::map<std::string, Part, std::less<>> m_parts; // by name
};

} // namespace sekisho::verify
