#include "sanitizer/verify/pdf/pdf.h"

#include <algorithm>
#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/frame.h"
#include "sanitizer/verify/pdf/trailer.h"
#include "sanitizer/verify/pdf/walk.h"

namespace sekisho::verify {

namespace {

// Poppler's memory stream counts positions in an int.
constexpr std::uint64_t largest_file = INT32_MAX;

Result<> check(const Source& output, const Limits& limits, VerifyPart part) {
    const View file = TRY(output.whole(std::min(limits.bytes_out, largest_file)));
    const Frame frame = TRY(read_frame(file));
    TRY(check_trailer(file, frame, limits));
    const auto opened = TRY(PopplerFile::open(file, frame.xref));
    if (static_cast<std::uint64_t>(opened->object_count()) > limits.members) return refuse(Reason::limit_members);
    TRY(account_for_bytes(*opened, frame));
    return Walk(*opened, limits, part).run();
}

} // namespace

Result<> pdf(const Source& output, const Limits& limits, VerifyPart part) {
    try {
        return check(output, limits, part);
    } catch (const std::bad_alloc&) {
        return refuse(Reason::limit_memory);
    } catch (...) {
        return refuse(Reason::verify_pdf_syntax);
    }
}

} // namespace sekisho::verify
