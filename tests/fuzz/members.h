// Another reading of a package that a verifier accepted: libarchive, which neither the sanitiser nor the verifier has
// for it.
#pragma once

#include <clocale>
#include <memory>
#include <string>
#include <string_view>

#include <archive.h>
#include <archive_entry.h>

#include "base/bytes/bytes.h"
#include "base/error/error.h"

namespace sekisho::fuzz {

// Calls take(name, content) for every file of a ZIP; a bug if libarchive cannot read what was accepted.
template <typename Take> void for_members(View file, Take take) {
    static const bool is_utf8 = std::setlocale(LC_CTYPE, "C.UTF-8"); // else it cannot tell names
    if (!is_utf8) bug("no character set");
    const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip_seekable(reader.get());
    if (archive_read_open_memory(reader.get(), file.data(), file.size()) != ARCHIVE_OK) bug("accepted no archive");
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        const char* const name = archive_entry_pathname_utf8(entry);
        if (!name) bug("accepted a name that is no text");
        if (archive_entry_filetype(entry) == AE_IFDIR) continue;
        if (archive_entry_filetype(entry) != AE_IFREG) bug("accepted what is neither file nor folder");
        std::string content(static_cast<std::size_t>(archive_entry_size(entry)), '\0');
        if (archive_read_data(reader.get(), content.data(), content.size()) != static_cast<la_ssize_t>(content.size()))
            bug("accepted a member that does not open");
        take(std::string_view(name), std::string_view(content));
    }
    if (result != ARCHIVE_EOF) bug("accepted a damaged archive");
}

} // namespace sekisho::fuzz
