// The Open Packaging Conventions (ECMA-376 part 2) as they are read: content types, relationships, names of parts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/ooxml/vocabulary.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::ooxml {

struct RawRelation {
    std::string id;
    std::string type;
    std::string target;
    bool external = false;
};

class Package {
public:
    // Refuses Reason::ooxml_dtd and the limits; a content type stream that cannot be read only makes every part's
    // type unknown.
    static Result<Package> open(const ZipReader& zip, Budget& budget);

    // Part names begin without a slash. Letters A-Z and a-z are the same (part 2, 6.2.2.3).
    const ZipEntry* find(std::string_view part) const;
    std::string content_type(std::string_view part) const;
    bool types_are_broken() const { return m_types_broken; }
    bool has_twins() const { return m_twins; }

    // Of a part, or of the package itself if `part` is empty. None if there is no such stream.
    Result<std::vector<RawRelation>> relations(std::string_view part) const;
    // The part that a relationship of `source` leads to; empty if it leaves the package.
    static std::string resolve(std::string_view source, std::string_view target);
    // True if `part` holds content types or relationships.
    static bool is_plumbing(std::string_view part);

    const ZipReader& zip() const { return *m_zip; }

private:
    Result<> read_types();

    const ZipReader* m_zip = nullptr;
    Budget* m_budget = nullptr;
    std::map<std::string, const ZipEntry*, std::less<>> m_parts; // by name in lower case
    std::map<std::string, std::string, std::less<>> m_by_part;
    std::map<std::string, std::string, std::less<>> m_by_extension;
    bool m_types_broken = false;
    bool m_twins = false;
};

// What the content type of a main part says.
struct MainKind {
    Type type = Type::zip;
    bool plain = true; // neither template, show nor macro kind
};
MainKind main_kind(std::string_view content_type);

struct MainPart {
    std::string name;                   // empty if there is none
    std::vector<RawRelation> relations; // of the package
};
Result<MainPart> find_main(const Package& package);

} // namespace sekisho::ooxml
