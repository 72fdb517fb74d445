#include "sanitizer/detect/detect.h"

#include <algorithm>
#include <new>

#include "sanitizer/detect/rules.h"

namespace sekisho {

namespace {

using namespace detection;

Result<Ends> read_ends(const Source& in) {
    Ends ends;
    ends.size = in.size();
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(in.size(), piece_size));
    ends.first.resize(length);
    ends.first.resize(TRY(in.read_at(0, ends.first)));
    ends.last.resize(length);
    ends.last.resize(TRY(in.read_at(in.size() - length, ends.last)));
    return ends;
}

bool starts_like_zip(View first) {
    for (const std::string_view start : {"PK\3\4", "PK\5\6", "PK\7\bPK\3\4", "PK00PK\3\4"})
        if (starts_with(first, start)) return true;
    return false;
}

bool is_picture(Type type) {
    return row_of(type).family == Family::picture;
}

// A PDF or a picture that another program opens as something else. What merely contains other bytes is no matter: they
// do not get into what is written.
Result<Type> unless_second_reading(Type type, const Source& in, const Ends& ends, const PdfSigns& pdf,
                                   const Budget& budget) {
    if (is_picture(type) && pdf.complete) return refuse(Reason::type_ambiguous);
    if (is_tar(ends.first) || is_disk_image(in, ends) || is_whole_zip(in, budget))
        return refuse(Reason::type_ambiguous);
    return type;
}

// An archive that a second program opens as a ZIP of other members.
Result<Type> unless_zip_too(Type type, const Source& in, const Budget& budget) {
    return is_whole_zip(in, budget) ? refuse(Reason::type_ambiguous) : Result<Type>(type);
}

// Kinds that say in which charset they are written, which may be one that no Japanese text is in.
bool names_its_charset(Type type) {
    return type == Type::html || type == Type::xml || type == Type::mail || type == Type::mbox ||
           row_of(type).family == Family::cad;
}

// A file in a mail that is written with all bytes but a few, control characters too.
bool has_yenc(View first) {
    return as_text(first).find("\n=ybegin ") != std::string_view::npos;
}

Result<Type> of_rest(const Source& in, const Ends& ends, const PdfSigns& pdf, std::string_view name,
                     const Budget& budget) {
    const bool text = looks_like_text(ends);
    if (text) {
        const std::string shape = shape_of(ends);
        const auto type = by_shape(shape);
        if (type == Type::html && plain_kind(name) == Type::markdown && !is_whole_page(shape)) return Type::markdown;
        if (type == Type::svg && pdf.complete) return refuse(Reason::type_ambiguous);
        if (type) return *type;
    } else if (has_no_control(ends) && !pdf.complete) {
        const auto type = by_shape(shape_of(ends));
        if (type && names_its_charset(*type)) return *type;
    } else if (!pdf.complete && has_yenc(ends.first)) {
        const auto type = by_shape(shape_of(ends));
        if (type == Type::mail || type == Type::mbox) return *type;
    }
    if (pdf.header && (pdf.complete || !text)) return unless_second_reading(Type::pdf, in, ends, pdf, budget);
    if (text)
        return plain_kind(name) == Type::mail && !starts_with_field(shape_of(ends)) ? Type::text : plain_kind(name);
    const Type tail = TRY(kind_of_tail(in, budget));
    return tail == Type::unknown ? unknown_kind(name) : tail;
}

} // namespace

Result<Type> detect(const Source& in, std::string_view name, Budget& budget) try {
    TRY(budget.check_time());
    if (in.size() == 0) return Type::empty;
    const Ends ends = TRY(read_ends(in));
    const PdfSigns pdf = pdf_signs(ends);
    if (pdf.header == 0U) return unless_second_reading(Type::pdf, in, ends, pdf, budget);
    if (starts_like_zip(ends.first)) return kind_of_zip(in, budget);
    const auto type = by_magic(in, ends);
    if (type == Type::ole) return kind_of_ole(in, budget);
    if (type && is_picture(*type)) return unless_second_reading(*type, in, ends, pdf, budget);
    if (type && row_of(*type).family == Family::archive) return unless_zip_too(*type, in, budget);
    if (type) return *type;
    return of_rest(in, ends, pdf, name, budget);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho
