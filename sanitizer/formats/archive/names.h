// Member names: from whatever an archiver stored to clean, unique UTF-8 paths.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::archive {

struct StoredName {
    std::string raw;       // as the archive has it
    bool utf8 = false;     // so the archive says
    std::string unicode{}; // a second, Unicode name, if there is one
};

// Names as UTF-8 in the order given: the UTF-8 flag, the Unicode path field, or one legacy character set for
// all others (UTF-8, CP932, EUC-JP, else CP437 as APPNOTE says). Sets `converted` if one of the last three was needed.
std::vector<std::string> decode_names(const std::vector<StoredName>& names, bool& converted);

struct CleanPath {
    std::string folders; // "a/b/" or empty
    std::string file;    // empty for a folder
    bool changed = false;
    bool litter = false; // what operating systems leave in archives: __MACOSX, .DS_Store, Thumbs.db, desktop.ini
};

// Refuses Reason::zip_traversal if the path climbs out of the archive, Reason::zip_name if it is beyond all measure.
Result<CleanPath> clean_path(std::string_view utf8, bool directory);

// Gives out every path once, apart from case.
class UniqueNames {
public:
    // Folders are taken first, with their parents, so that no file gets the name of one.
    void add_folders(std::string_view folders);
    // True the first time a folder itself is written.
    bool take_folder(const std::string& folders);
    // `file` as it is, or with a number before its extension.
    std::string take(const std::string& folders, const std::string& file, bool& changed);

private:
    std::unordered_set<std::string> m_taken, m_written_folders;
    std::unordered_map<std::string, std::uint32_t> m_next;
};

} // namespace sekisho::archive
