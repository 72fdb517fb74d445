// Short looks into parts, to decide whether they can be delivered before anything points to them.
#pragma once

#include "sanitizer/formats/ooxml/package.h"

namespace sekisho::ooxml {

struct Root {
    Ns ns = Ns::unknown;
    std::string name; // empty if the part is no XML
};
Result<Root> probe_root(const ZipReader& zip, const ZipEntry& entry, Budget& budget);

// True if the whole part can be parsed. Only old VML parts are asked: some programs wrote them as HTML.
Result<bool> probe_well_formed(const ZipReader& zip, const ZipEntry& entry, Budget& budget);

// True if the cache holds cells of its own workbook, not of a data source or another workbook.
Result<bool> probe_pivot_cache(const ZipReader& zip, const ZipEntry& entry, Budget& budget);

// Which kind of link an external link part is.
Result<Finding> probe_external_link(const ZipReader& zip, const ZipEntry& entry, Budget& budget);

} // namespace sekisho::ooxml
