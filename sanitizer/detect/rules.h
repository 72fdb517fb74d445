// The rules that detect() asks in order. Each looks at bounded pieces only.
#pragma once

#include <optional>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho::detection {

constexpr std::size_t piece_size = 64 * 1024;

// Both ends of a file; the same bytes twice if it is short.
struct Ends {
    std::uint64_t size = 0;
    Bytes first, last;
};

// magic.cpp: fixed bytes at fixed places.
std::optional<Type> by_magic(const Source& in, const Ends& ends);
bool is_tar(View first);
bool is_disk_image(const Source& in, const Ends& ends);

// pdf.cpp
struct PdfSigns {
    std::optional<std::size_t> header; // offset of "%PDF-" within the first 1024 bytes
    bool complete = false;             // an end with startxref, too
};
PdfSigns pdf_signs(const Ends& ends);

// text.cpp: could this be text in UTF-8, UTF-16 with BOM, CP932, EUC-JP or ISO-2022-JP? The text format decides.
bool looks_like_text(const Ends& ends);
// No byte that text in any charset does not have: enough for markup and mails, which name a charset of their own.
bool has_no_control(const Ends& ends);
// Up to 8 KiB as lower-case ASCII, other characters as '?', without BOM and leading white space.
std::string shape_of(const Ends& ends);

// shape.cpp: kinds of text that are no plain text (scripts, markup, mail, ...).
std::optional<Type> by_shape(const std::string& shape);

// cad.cpp: drawings that are text (DXF, SXF).
std::optional<Type> by_drawing(std::string_view shape);
// A format that is not published and so has no sign to go by: the name chooses what the refusal advises, no more.
Type unknown_kind(std::string_view name);

// plain.cpp: csv, json, ... by the name of something that is plain text; else text.
Type plain_kind(std::string_view name);
// "Name: ..." or a mailbox's "From ".
bool starts_with_field(const std::string& shape);
// Markup that starts as a page does, not as Markdown with a tag in front may.
bool is_whole_page(const std::string& shape);

// ole.cpp
Result<Type> kind_of_ole(const Source& in, Budget& budget);

// zip.cpp: docx, xlsx, odf, epub, executable (JAR, APK), zip, ...; zip if the directory cannot be read, so that the
// archive format says what is wrong.
Result<Type> kind_of_zip(const Source& in, const Budget& budget);
// What an unknown file with a ZIP directory at its end is: an archive behind a prefix. Refuses the last part of a split
// one.
Result<Type> kind_of_tail(const Source& in, const Budget& budget);
// A whole ZIP with at least one member and nothing behind it.
bool is_whole_zip(const Source& in, const Budget& budget);

} // namespace sekisho::detection
