// Small things that libarchive needs around every call.
#pragma once

#include <locale.h>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::archive_foreign {

using Library = ::archive; // not the room beside this one

struct CloseArchive {
    void operator()(Library* reader) const { archive_read_free(reader); }
};
using Handle = std::unique_ptr<Library, CloseArchive>;

// libarchive turns the Unicode names of 7z and RAR into the character set of the thread's locale: UTF-8 while one of
// these lives.
class Utf8Locale {
public:
    Utf8Locale();
    ~Utf8Locale();
    Utf8Locale(const Utf8Locale&) = delete;
    Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
    locale_t m_before;
};

// Lets libarchive read exactly this kind, from no other packing. False if it cannot.
bool support(Library* reader, Type type);

// The refusal that fits what libarchive says after it failed.
std::unexpected<Error> refusal_of(Library* reader);

} // namespace sekisho::archive_foreign
