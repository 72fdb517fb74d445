#include <algorithm>

#include "sanitizer/detect/office.h"
#include "sanitizer/detect/rules.h"
#include "sanitizer/formats/odf/odf.h"

namespace sekisho::detection {

namespace {

constexpr std::uint64_t longest_mimetype = 256;

// ODF and EPUB name themselves in a member "mimetype".
Result<std::optional<Type>> by_mimetype(const ZipReader& zip) {
    const ZipEntry* entry = zip.find("mimetype");
    if (!entry || entry->unpacked > longest_mimetype) return std::nullopt;
    const auto content = zip.read(*entry);
    if (!content) return std::nullopt;
    if (const Type type = odf::identify(as_text(*content)); type != Type::unknown) return type;
    if (starts_with(*content, "application/epub+zip")) return Type::epub;
    return std::nullopt;
}

bool is_program(const ZipReader& zip) {
    for (const std::string_view name :
         {"META-INF/MANIFEST.MF", "AndroidManifest.xml", "AppxManifest.xml", "classes.dex"})
        if (zip.find(name)) return true;
    return false;
}

bool is_iwork(const ZipReader& zip) {
    return zip.find("Index.zip") || zip.find("Index/Document.iwa");
}

} // namespace

Result<Type> kind_of_zip(const Source& in, const Budget& budget) {
    Budget own(budget.limits()); // looking is not unpacking: what is read here is read and counted again by the format
    const auto zip = ZipReader::open(in, own);
    if (!zip) return Type::zip;
    const auto named = TRY(by_mimetype(*zip));
    const auto office = TRY(office_kind(in, *zip));
    if (named && office) return refuse(Reason::type_ambiguous);
    if (office) return *office;
    if (named) return *named;
    if (const Type type = odf::identify_by_manifest(*zip, own); type != Type::unknown) return type;
    if (is_program(*zip)) return Type::executable;
    if (is_iwork(*zip)) return Type::unknown;
    return Type::zip;
}

Result<Type> kind_of_tail(const Source& in, const Budget& budget) {
    Budget own(budget.limits());
    const auto zip = ZipReader::open(in, own);
    if (zip) return zip->entries().empty() ? Type::unknown : kind_of_zip(in, budget);
    if (reason_of(zip.error()) == Reason::zip_spanned) return std::unexpected(zip.error());
    return Type::unknown;
}

bool is_whole_zip(const Source& in, const Budget& budget) {
    Budget own(budget.limits());
    const auto zip = ZipReader::open(in, own);
    return zip && !zip->entries().empty() && !zip->quirks().bytes_after;
}

} // namespace sekisho::detection
