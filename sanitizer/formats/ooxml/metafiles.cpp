#include "sanitizer/formats/ooxml/metafiles.h"

namespace sekisho::ooxml {

bool is_windows_metafile(View content) {
    const std::string_view text = as_text(content);
    using namespace std::string_view_literals;
    const bool emf = text.starts_with("\x01\0\0\0"sv) && text.size() > 44 && text.substr(40, 4) == " EMF";
    const bool wmf = text.starts_with("\xD7\xCD\xC6\x9A"sv) || text.starts_with("\x01\0\x09\0"sv) ||
                     text.starts_with("\x02\0\x09\0"sv);
    return emf || wmf;
}

bool is_metafile(View content) {
    const std::string_view text = as_text(content);
    using namespace std::string_view_literals;
    const bool postscript = text.starts_with("%!PS") || text.starts_with("\xC5\xD0\xD3\xC6"sv);
    const bool packed = text.starts_with("\x1F\x8B"sv);                              // EMZ, WMZ
    const bool cgm = text.size() > 2 && text[0] == '\0' && (text[1] & 0xE0) == 0x20; // BEGIN METAFILE
    const bool pict = text.size() > 524 && text.substr(522, 2) == "\x00\x11"sv;
    return is_windows_metafile(content) || postscript || packed || cgm || pict;
}

} // namespace sekisho::ooxml
