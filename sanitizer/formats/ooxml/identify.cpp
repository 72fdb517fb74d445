#include "sanitizer/formats/ooxml/ooxml.h"
#include "sanitizer/formats/ooxml/probe.h"

namespace sekisho::ooxml {

Result<Type> identify(const Source&, const ZipReader& zip) try {
    Budget budget{Limits()}; // only the time and depth of a few small parts
    const Package package = TRY(Package::open(zip, budget));
    const auto main = find_main(package);
    if (!main && main.error().code == row_of(Reason::input_damaged).code) return Type::zip;
    if (!main) return std::unexpected(main.error());
    const ZipEntry* entry = package.find(main->name);
    if (!entry) return Type::zip;
    const MainKind said = main_kind(package.content_type(main->name));
    if (said.type == Type::xlsb || said.type == Type::macro_office) return said.type;
    // Content types may be broken, the part itself decides.
    const Root root = TRY(probe_root(zip, *entry, budget));
    if (root.ns == Ns::w && root.name == "document") return Type::docx;
    if (root.ns == Ns::x && root.name == "workbook") return Type::xlsx;
    if (root.ns == Ns::p && root.name == "presentation") return Type::pptx;
    return Type::zip;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::ooxml
