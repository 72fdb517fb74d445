#include "sanitizer/name/name.h"

#include <algorithm>
#include <array>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/error/error.h"

namespace sekisho {

namespace {

constexpr std::size_t longest_name = 240; // leaves room for " (2)" and ".blocked.txt" within the 255 bytes of Linux

const icu::Normalizer2& nfc() {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(code);
    if (U_FAILURE(code) || !normalizer) bug("ICU has no NFC data");
    return *normalizer;
}

icu::UnicodeString to_nfc(const icu::UnicodeString& text) {
    UErrorCode code = U_ZERO_ERROR;
    icu::UnicodeString normal = nfc().normalize(text, code);
    if (U_FAILURE(code)) throw std::bad_alloc();
    return normal;
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

// Joiners and variation selectors are part of Japanese and Indic writing; private use is where municipalities keep
// their own characters.
bool is_invisible(UChar32 c) {
    if (c == 0x200c || c == 0x200d) return false;
    const int8_t type = u_charType(c);
    return type == U_CONTROL_CHAR || type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
           type == U_PARAGRAPH_SEPARATOR || type == U_SURROGATE || U_IS_UNICODE_NONCHAR(c) || c == 0x115f ||
           c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
}

bool is_forbidden(UChar32 c) {
    return c == 0xfffd ||
           (c < 0x80 && std::string_view("<>:\"/\\|?*").find(static_cast<char>(c)) != std::string_view::npos);
}

bool is_space(UChar32 c) {
    return u_charType(c) == U_SPACE_SEPARATOR;
}

// Characters that may stay; more than two blanks in a row hide an extension beyond the edge of a window.
icu::UnicodeString keep_safe(const icu::UnicodeString& text) {
    icu::UnicodeString kept;
    int blanks = 0;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        if (is_invisible(c)) continue;
        blanks = is_space(c) ? blanks + 1 : 0;
        if (blanks > 2) continue;
        kept.append(is_forbidden(c) ? UChar32{'_'} : c);
    }
    return kept;
}

// Windows drops dots and blanks at the end; at the start they hide a file or look like nothing.
void trim(icu::UnicodeString& text) {
    while (!text.isEmpty()) {
        const UChar32 last = text.char32At(text.length() - 1);
        if (last != '.' && !is_space(last)) break;
        text.truncate(text.moveIndex32(text.length(), -1));
    }
    while (!text.isEmpty() && is_space(text.char32At(0))) text.remove(0, text.moveIndex32(0, 1));
    if (text.startsWith(u".", 1)) text.setCharAt(0, u'_');
}

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return made;
}

// Device names of Windows, with any extension.
bool is_reserved(std::string_view name) {
    std::string stem = lower(name.substr(0, name.find('.')));
    while (stem.ends_with(' ')) stem.pop_back();
    for (const std::string_view device : {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"})
        if (stem == device) return true;
    if (!stem.starts_with("com") && !stem.starts_with("lpt")) return false;
    const std::string_view number = std::string_view(stem).substr(3);
    return (number.size() == 1 && number[0] >= '0' && number[0] <= '9') || number == "¹" || number == "²" ||
           number == "³";
}

// With the dot; empty if there is none. A dot far from the end separates no extension.
std::string_view extension_of(std::string_view name) {
    constexpr std::size_t longest = 16;
    const std::size_t dot = name.rfind('.');
    return dot == name.npos || dot == 0 || name.size() - dot > longest ? std::string_view() : name.substr(dot);
}

struct Fitting {
    Type type;
    std::string_view extension; // lower case
    bool keep;                  // false: exchange it
};

constexpr std::array fitting{
    Fitting{Type::jpeg, "jpeg", true},
    Fitting{Type::jpeg, "jpe", false},
    Fitting{Type::jpeg, "jfif", false},
    Fitting{Type::text, "log", true},
    Fitting{Type::html, "htm", true},
    Fitting{Type::html, "xhtml", false},
    Fitting{Type::markdown, "markdown", false},
    Fitting{Type::calendar, "ical", false},
    Fitting{Type::calendar, "vcs", false},
    Fitting{Type::mail, "msg", false},
    Fitting{Type::mail, "mht", false},
    Fitting{Type::mail, "mhtml", false},
    Fitting{Type::mail, "dat", false},
    Fitting{Type::zip, "mbox", false},
    Fitting{Type::zip, "mbx", false},
    Fitting{Type::docx, "docm", false},
    Fitting{Type::docx, "dotx", false},
    Fitting{Type::docx, "dotm", false},
    Fitting{Type::xlsx, "xlsm", false},
    Fitting{Type::xlsx, "xltx", false},
    Fitting{Type::xlsx, "xltm", false},
    Fitting{Type::pptx, "pptm", false},
    Fitting{Type::pptx, "ppsx", false},
    Fitting{Type::pptx, "ppsm", false},
    Fitting{Type::pptx, "potx", false},
    Fitting{Type::pptx, "potm", false},
    // Older, flat and template forms of a document.
    Fitting{Type::docx, "doc", false},
    Fitting{Type::docx, "dot", false},
    Fitting{Type::docx, "rtf", false},
    Fitting{Type::docx, "xml", false},
    Fitting{Type::xlsx, "xls", false},
    Fitting{Type::xlsx, "xlt", false},
    Fitting{Type::xlsx, "xlsb", false},
    Fitting{Type::xlsx, "xml", false},
    Fitting{Type::pptx, "ppt", false},
    Fitting{Type::pptx, "pps", false},
    Fitting{Type::pptx, "pot", false},
    Fitting{Type::pptx, "xml", false},
    Fitting{Type::odt, "fodt", false},
    Fitting{Type::odt, "ott", false},
    Fitting{Type::ods, "fods", false},
    Fitting{Type::ods, "ots", false},
    Fitting{Type::odp, "fodp", false},
    Fitting{Type::odp, "otp", false},
    Fitting{Type::odg, "fodg", false},
    Fitting{Type::odg, "otg", false},
    // Every archive is delivered as a ZIP.
    Fitting{Type::zip, "7z", false},
    Fitting{Type::zip, "rar", false},
    Fitting{Type::zip, "lzh", false},
    Fitting{Type::zip, "lha", false},
    Fitting{Type::zip, "cab", false},
    Fitting{Type::zip, "tar", false},
    Fitting{Type::zip, "tgz", false},
    Fitting{Type::zip, "tbz", false},
    Fitting{Type::zip, "tbz2", false},
    Fitting{Type::zip, "txz", false},
    Fitting{Type::zip, "tzst", false},
};

// Whether files of this extension are of a kind that becomes such a file at a stricter level: pages or characters.
bool turns_into(std::string_view extension, Type type) {
    if (type != Type::pdf && type != Type::text) return false;
    const Level level = type == Type::pdf ? Level::flatten : Level::text;
    const auto does = [&](Type of, std::string_view is) { return is == extension && is_supported(of, level); };
    return std::ranges::any_of(all_types(), [&](const TypeRow& row) { return does(row.type, row.extension); }) ||
           std::ranges::any_of(fitting, [&](const Fitting& fit) { return does(fit.type, fit.extension); });
}

} // namespace

std::string clean_file_name(std::string_view utf8, bool& changed) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(
        icu::StringPiece(utf8.data(), static_cast<int32_t>(std::min<std::size_t>(utf8.size(), 1 << 16))));
    text = to_nfc(keep_safe(to_nfc(text)));
    trim(text);
    std::string name = to_utf8(text);
    if (is_reserved(name)) name.insert(0, "_");
    name = cut_file_name(name, longest_name);
    if (name.empty()) name = "_";
    changed = name != utf8;
    return name;
}

std::string name_for_type(std::string_view name, Type type) {
    const TypeRow& row = row_of(type);
    if (row.extension.empty()) return std::string(name);
    const std::string_view dotted = extension_of(name);
    const std::string extension = dotted.empty() ? std::string() : lower(dotted.substr(1));
    if (extension == row.extension) return std::string(name);
    // A single compressed file is delivered unpacked: the ending of the packing goes.
    for (const std::string_view packing : {"gz", "bz2", "xz", "zst"})
        if (extension == packing) return name_for_type(name.substr(0, name.size() - dotted.size()), type);
    std::string stem(name);
    for (const Fitting& fit : fitting) {
        if (fit.type != type || fit.extension != extension) continue;
        if (fit.keep) return stem;
        stem.resize(name.size() - dotted.size());
        return stem + "." + std::string(row.extension);
    }
    if (turns_into(extension, type)) stem.resize(name.size() - dotted.size());
    return stem + "." + std::string(row.extension);
}

std::string cut_file_name(std::string_view name, std::size_t longest) {
    if (name.size() <= longest) return std::string(name);
    const std::string_view extension = extension_of(name);
    const std::size_t room = longest > extension.size() ? longest - extension.size() : longest;
    icu::UnicodeString stem = icu::UnicodeString::fromUTF8(
        icu::StringPiece(name.data(), static_cast<int32_t>(name.size() - extension.size())));
    std::string cut = to_utf8(stem);
    while (cut.size() > room && !stem.isEmpty()) {
        // A mark or selector goes together with the character it belongs to.
        int32_t last = stem.moveIndex32(stem.length(), -1);
        while (last > 0 && (U_GET_GC_MASK(stem.char32At(last)) & U_GC_M_MASK) != 0) last = stem.moveIndex32(last, -1);
        stem.truncate(last);
        cut = to_utf8(stem);
    }
    while (cut.ends_with(' ') || cut.ends_with('.')) cut.pop_back();
    return cut + std::string(extension);
}

std::string name_key(std::string_view utf8) {
    icu::UnicodeString text =
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())));
    text.foldCase();
    return to_utf8(to_nfc(text));
}

void warm_up_names() {
    bool changed = false;
    clean_file_name("か\u3099.txt", changed);
    name_key("Ａ");
}

} // namespace sekisho
