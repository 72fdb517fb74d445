#include "sanitizer/verify/archive/name.h"

#include <array>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

namespace sekisho::verify {

namespace {

using Units = std::vector<UChar>;

std::optional<Units> to_units(std::string_view text) {
    Units units(text.size() + 1); // UTF-16 never has more units than UTF-8 has bytes
    int32_t length = 0;
    UErrorCode code = U_ZERO_ERROR;
    u_strFromUTF8(units.data(), static_cast<int32_t>(units.size()), &length, text.data(),
                  static_cast<int32_t>(text.size()), &code);
    if (U_FAILURE(code)) return std::nullopt;
    units.resize(static_cast<std::size_t>(length));
    return units;
}

bool is_nfc(const Units& units) {
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2* nfc = unorm2_getNFCInstance(&code);
    return U_SUCCESS(code) && unorm2_isNormalized(nfc, units.data(), static_cast<int32_t>(units.size()), &code) &&
           U_SUCCESS(code);
}

bool is_allowed(UChar32 c) {
    if (c < 0x80)
        return c >= 0x20 && c != 0x7f &&
               std::string_view("\\:*?\"<>|").find(static_cast<char>(c)) == std::string_view::npos;
    if (c == 0x200c || c == 0x200d) return true; // joiners
    const int8_t kind = u_charType(c);
    return kind != U_CONTROL_CHAR && kind != U_FORMAT_CHAR && kind != U_SURROGATE && kind != U_LINE_SEPARATOR &&
           kind != U_PARAGRAPH_SEPARATOR && c != 0xfffd;
}

bool characters_allowed(const Units& units) {
    const auto length = static_cast<int32_t>(units.size());
    for (int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U16_NEXT(units.data(), i, length, c);
        if (!is_allowed(c)) return false;
    }
    return true;
}

std::string lower_ascii(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}

bool is_device(std::string_view step) {
    std::string stem = lower_ascii(step.substr(0, step.find('.')));
    while (stem.ends_with(' ')) stem.pop_back();
    for (const std::string_view device : {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"})
        if (stem == device) return true;
    return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
}

bool step_is_clean(std::string_view step) {
    constexpr std::size_t longest = 255;
    return !step.empty() && step.size() <= longest && step.front() != '.' && step.front() != ' ' &&
           step.back() != '.' && step.back() != ' ' && !is_device(step);
}

} // namespace

bool name_is_clean(std::string_view name) {
    constexpr std::size_t longest = 4096;
    if (name.empty() || name.size() > longest) return false;
    const auto units = to_units(name);
    if (!units || !is_nfc(*units) || !characters_allowed(*units)) return false;
    if (name.ends_with('/')) name.remove_suffix(1);
    for (;;) {
        const std::size_t slash = name.find('/');
        if (!step_is_clean(name.substr(0, slash))) return false;
        if (slash == name.npos) return true;
        name.remove_prefix(slash + 1);
    }
}

std::string caseless(std::string_view name) {
    const auto units = to_units(name);
    if (!units) return std::string(name);
    UErrorCode code = U_ZERO_ERROR;
    Units folded(units->size() * 3 + 1); // no character folds to more than three
    const int32_t length = u_strFoldCase(folded.data(), static_cast<int32_t>(folded.size()), units->data(),
                                         static_cast<int32_t>(units->size()), U_FOLD_CASE_DEFAULT, &code);
    if (U_FAILURE(code)) return std::string(name);
    std::string made(static_cast<std::size_t>(length) * 3 + 1, '\0');
    int32_t bytes = 0;
    u_strToUTF8(made.data(), static_cast<int32_t>(made.size()), &bytes, folded.data(), length, &code);
    if (U_FAILURE(code)) return std::string(name);
    made.resize(static_cast<std::size_t>(bytes));
    return made;
}

std::optional<Type> promised_kind(std::string_view name) {
    struct Promise {
        std::string_view extension;
        Type type;
    };
    constexpr std::array promises{
        Promise{".pdf", Type::pdf},   Promise{".docx", Type::docx}, Promise{".xlsx", Type::xlsx},
        Promise{".pptx", Type::pptx}, Promise{".jpg", Type::jpeg},  Promise{".jpeg", Type::jpeg},
        Promise{".gif", Type::gif},   Promise{".tif", Type::tiff},  Promise{".tiff", Type::tiff},
        Promise{".svg", Type::svg},   Promise{".png", Type::png},   Promise{".txt", Type::text},  Promise{".csv", Type::csv},
        Promise{".tsv", Type::tsv},   Promise{".log", Type::text},  Promise{".json", Type::json},
        Promise{".xml", Type::xml},   Promise{".html", Type::html}, Promise{".htm", Type::html},
        Promise{".md", Type::markdown}, Promise{".ics", Type::calendar}, Promise{".vcf", Type::vcard},
        Promise{".odt", Type::odt},   Promise{".ods", Type::ods},  Promise{".odp", Type::odp},
        Promise{".odg", Type::odg},   Promise{".odf", Type::odf},
        Promise{".eml", Type::mail},   Promise{".zip", Type::zip}};
    const std::string lower = lower_ascii(name);
    for (const Promise& promise : promises)
        if (lower.ends_with(promise.extension)) return promise.type;
    return std::nullopt;
}

} // namespace sekisho::verify
