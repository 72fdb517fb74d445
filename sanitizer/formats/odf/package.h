// The package as it came (ODF 1.3 part 2): members by name, media types, and what is odd about it.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/odf/kinds.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::odf {

class Package {
public:
    // Refuses Reason::input_encrypted if a member needs a password; a manifest that cannot be read is only odd.
    static Result<Package> open(const ZipReader& zip, Budget& budget);

    const ZipEntry* find(std::string_view name) const;
    const ZipReader& zip() const { return *m_zip; }
    // As the manifest says; empty if it says nothing. "/" is the package itself, "Object 1/" a document in it.
    std::string media_type(std::string_view name) const;
    bool is_odd() const { return m_odd; }
    // The kind of a package that has styles and no content; null for any other.
    const Kind* kind_without_content() const;
    // True if there are members that a document could refer to.
    bool has_candidates() const;

    // What was delivered in some way, or whose loss was reported.
    void account(const ZipEntry& entry) { m_accounted.insert(&entry); }
    // Reports the members that were not.
    void report_rest(Context& context) const;

private:
    Result<> read_manifest(Budget& budget);

    const ZipReader* m_zip = nullptr;
    std::map<std::string, const ZipEntry*, std::less<>> m_members;
    std::map<std::string, std::string, std::less<>> m_media_types;
    std::set<const ZipEntry*> m_accounted;
    bool m_odd = false;
};

} // namespace sekisho::odf
