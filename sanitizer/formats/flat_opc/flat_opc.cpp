#include "sanitizer/formats/flat_opc/flat_opc.h"

#include <exception>
#include <new>

#include "base/stream/spool.h"
#include "sanitizer/formats/flat_opc/unpacker.h"
#include "sanitizer/formats/ooxml/ooxml.h"

namespace sekisho::flat_opc {

namespace {

Result<Type> with_package(Job& job, Result<Type> (*format)(Job&)) try {
    Spool spool(job.context.limits().bytes_unpacked);
    Unpacker unpacker(job.context, spool);
    TRY(unpacker.run(job.in));
    const Source* package = TRY(spool.finish());
    Job inner{*package, job.out, job.type, job.context, job.name};
    return format(inner);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::internal);
}

} // namespace

Result<Type> rebuild(Job& job) {
    job.context.found(Finding::ooxml_flat_opc, Action::converted);
    return with_package(job, ooxml::rebuild);
}

Result<Type> text(Job& job) {
    return with_package(job, ooxml::text);
}

} // namespace sekisho::flat_opc
