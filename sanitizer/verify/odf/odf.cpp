#include "sanitizer/verify/odf/odf.h"

#include <exception>
#include <new>

#include "sanitizer/verify/odf/package.h"

namespace sekisho::verify {

Result<> odf(Type type, const Source& output, const Limits& limits, VerifyEmbedded embedded) try {
    OdfPackage package = TRY(OdfPackage::open(type, output, limits));
    TRY(package.check_kind());
    TRY(package.check_manifest());
    TRY(package.check_documents());
    return package.check_pictures(embedded);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace sekisho::verify
