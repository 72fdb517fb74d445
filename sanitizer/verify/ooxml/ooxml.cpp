#include "sanitizer/verify/ooxml/ooxml.h"

#include <exception>
#include <new>

#include "sanitizer/verify/ooxml/package.h"

namespace sekisho::verify {

Result<> ooxml(Type type, const Source& output, const Limits& limits, VerifyEmbedded embedded) try {
    Package package = TRY(Package::open(type, output, limits));
    TRY(package.check_types());
    TRY(package.check_relations());
    return package.check_contents(embedded);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::verify
