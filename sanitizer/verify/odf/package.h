// The package: its members, what each is and what leads to it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sanitizer/verify/archive/libzip.h"
#include "sanitizer/verify/archive/shape.h"
#include "sanitizer/verify/odf/content.h"
#include "sanitizer/verify/odf/odf.h"

namespace sekisho::verify {

class OdfPackage {
public:
    // `output` must outlive it. Checks every byte of the archive and every name.
    static Result<OdfPackage> open(Type type, const Source& output, const Limits& limits);

    Result<> check_kind() const;
    Result<> check_manifest();
    // Every document by its parts, every reference, and that something refers to every member.
    Result<> check_documents();
    Result<> check_pictures(VerifyEmbedded embedded) const;

private:
    OdfPackage(Type type, const Limits& limits, LibZip zip) : m_type(type), m_left(limits), m_zip(std::move(zip)) {}
    Result<> admit(const Source& output, std::uint64_t index);
    Result<> check_document(const std::string& folder, std::vector<std::string>& open);
    Result<> check_part(const std::string& member, OdfPart part, OdfFound& found);
    Result<Bytes> read(const std::string& member) const;

    Type m_type;
    std::string m_version; // as the manifest says
    Limits m_left;
    LibZip m_zip;
    std::vector<ZipMember> m_members;
    std::map<std::string, std::uint64_t, std::less<>> m_by_name;
    std::map<std::string, std::string, std::less<>> m_folders; // documents within it, and their media types
    std::set<std::string, std::less<>> m_reached;
};

} // namespace sekisho::verify
