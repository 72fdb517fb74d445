// The names of charsets that documents and mails declare.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sanitizer/formats/text/text.h"

namespace sekisho::text {

struct Label {
    std::optional<Charset> own;      // decoded by decode.h
    const char* converter = "UTF-8"; // ICU's name, for the others and for damaged text
};

// Nothing for a name that says nothing ("us-ascii", "unknown-8bit") or is not known.
std::optional<Label> label_of(std::string_view name);

// The same for a Windows code page ([MS-UCODEREF]), as Outlook, RTF and others declare it; empty if it is not known.
std::string_view label_of_codepage(std::uint64_t codepage);

// Opens every converter of the table, so that a confined process finds them in memory.
void warm_up_labels();

} // namespace sekisho::text
