#include "sanitizer/verify/text/text.h"

#include <new>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/cells.h"
#include "sanitizer/verify/text/utf8.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t chunk_size = 64 * 1024;

// Calls `look(char32_t)`, a Result<>, for each character.
template <typename Look> Result<> for_characters(const Source& source, const Limits& limits, Look look) {
    if (source.size() > limits.bytes_out) return refuse(Reason::limit_bytes);
    Bytes buffer(chunk_size);
    Utf8 decoder;
    for (std::uint64_t offset = 0; offset < source.size();) {
        const std::size_t count = TRY(source.read_at(offset, buffer));
        if (count == 0) return refuse(Reason::input_short);
        offset += count;
        for (const std::uint8_t byte : View(buffer).first(count)) {
            const Utf8::Got got = decoder.next(byte);
            if (got == Utf8::Got::error) return refuse(Reason::verify_text_utf8);
            if (got == Utf8::Got::character) TRY(look(decoder.point()));
        }
    }
    if (!decoder.between_characters()) return refuse(Reason::verify_text_utf8);
    return {};
}

Reason forbidden(char32_t point) {
    if (point < 0x20)
        return point == '\t' || point == '\n' || point == '\r' || point == '\f' ? Reason::none
                                                                                : Reason::verify_text_control;
    if (point >= 0x7F && point < 0xA0) return Reason::verify_text_control;
    if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)) return Reason::verify_text_bidi;
    return Reason::none;
}

Result<> check_text(const Source& source, const Limits& limits) {
    return for_characters(source, limits, [](char32_t point) -> Result<> {
        if (const Reason reason = forbidden(point); reason != Reason::none) return refuse(reason);
        return {};
    });
}

Result<> check_csv(const Source& source, const Limits& limits) {
    Cells cells;
    return for_characters(source, limits, [&](char32_t point) -> Result<> {
        if (const Reason reason = forbidden(point); reason != Reason::none) return refuse(reason);
        if (!cells.next(point)) return refuse(Reason::verify_csv_formula);
        return {};
    });
}

} // namespace

Result<> text(const Source& source, const Limits& limits) try {
    return check_text(source, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

Result<> csv(const Source& source, const Limits& limits) try {
    return check_csv(source, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::verify
