#include "sanitizer/formats/archive_foreign/library.h"

#include <cerrno>
#include <string>

namespace sekisho::archive_foreign {

namespace {

// Loaded once, by warm_up(): a confined process cannot read the file that describes it.
locale_t utf8_locale() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (locale == nullptr) bug("there is no locale C.UTF-8");
    return locale;
}

} // namespace

Utf8Locale::Utf8Locale() : m_before(uselocale(utf8_locale())) {}

Utf8Locale::~Utf8Locale() {
    uselocale(m_before);
}

namespace {

bool one_filter(Library* reader, int filter) {
    return archive_read_append_filter(reader, filter) == ARCHIVE_OK &&
           archive_read_support_format_raw(reader) == ARCHIVE_OK;
}

} // namespace

bool support(Library* reader, Type type) {
    switch (type) {
    case Type::seven_zip:
        return archive_read_support_format_7zip(reader) == ARCHIVE_OK;
    case Type::rar:
        return archive_read_support_format_rar(reader) == ARCHIVE_OK &&
               archive_read_support_format_rar5(reader) == ARCHIVE_OK;
    case Type::lzh:
        return archive_read_support_format_lha(reader) == ARCHIVE_OK;
    case Type::cab:
        return archive_read_support_format_cab(reader) == ARCHIVE_OK;
    case Type::tar:
        return archive_read_support_format_tar(reader) == ARCHIVE_OK;
    case Type::gzip:
        return one_filter(reader, ARCHIVE_FILTER_GZIP);
    case Type::bzip2:
        return one_filter(reader, ARCHIVE_FILTER_BZIP2);
    case Type::xz:
        return one_filter(reader, ARCHIVE_FILTER_XZ);
    case Type::zstd:
        return one_filter(reader, ARCHIVE_FILTER_ZSTD);
    default:
        return false;
    }
}

// libarchive has words for most of this and no codes. A word that a later version words anew ends as "damaged": still a
// refusal.
std::unexpected<Error> refusal_of(Library* reader) {
    const char* said = archive_error_string(reader);
    const std::string_view text = said ? said : "";
    const auto says = [&](std::string_view part) { return text.find(part) != text.npos; };
    if (says("ncrypt") || says("assphrase")) return refuse(Reason::input_encrypted);
    if (archive_errno(reader) == ENOMEM || says("memory")) return refuse(Reason::limit_memory);
    if (says("nsupported") || says("not supported") || says("not implemented")) return refuse(Reason::archive_method);
    if (says("runcated") || says("end of file") || says("end-of-file")) return refuse(Reason::archive_part);
    return refuse(Reason::archive_damaged);
}

} // namespace sekisho::archive_foreign
