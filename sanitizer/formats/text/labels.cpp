#include "sanitizer/formats/text/labels.h"

#include <array>
#include <string>

#include <unicode/ucnv.h>

#include "base/error/error.h"

namespace sekisho::text {

namespace {

struct Row {
    std::string_view name; // lower case
    std::optional<Charset> own;
    const char* converter;
};

// Names of the WHATWG Encoding Standard that mail and pages in Japan carry, with Microsoft's and the mobile carriers'.
constexpr std::array rows{
    Row{"utf-8", Charset::utf8, "UTF-8"},
    Row{"utf8", Charset::utf8, "UTF-8"},
    Row{"unicode-1-1-utf-8", Charset::utf8, "UTF-8"},
    Row{"shift_jis", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"shift-jis", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"sjis", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"x-sjis", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"ms_kanji", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"csshiftjis", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"windows-31j", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"cswindows31j", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"cp932", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"ms932", Charset::cp932, "ibm-943_P15A-2003"},
    Row{"euc-jp", Charset::euc_jp, "EUC-JP"},
    Row{"x-euc-jp", Charset::euc_jp, "EUC-JP"},
    Row{"eucjp", Charset::euc_jp, "EUC-JP"},
    Row{"eucjp-ms", Charset::euc_jp, "EUC-JP"},
    Row{"cp51932", Charset::euc_jp, "EUC-JP"},
    Row{"iso-2022-jp", Charset::iso_2022_jp, "ISO-2022-JP"},
    Row{"csiso2022jp", Charset::iso_2022_jp, "ISO-2022-JP"},
    Row{"iso-2022-jp-ms", Charset::iso_2022_jp, "ISO-2022-JP"},
    Row{"cp50220", Charset::iso_2022_jp, "ISO-2022-JP"},
    Row{"cp50221", Charset::iso_2022_jp, "ISO-2022-JP"},
    Row{"iso-2022-jp-1", std::nullopt, "ISO-2022-JP-1"},
    Row{"iso-2022-jp-2", std::nullopt, "ISO-2022-JP-2"},
    Row{"utf-16", Charset::utf16le, "UTF-16LE"},
    Row{"utf-16le", Charset::utf16le, "UTF-16LE"},
    Row{"utf-16be", Charset::utf16be, "UTF-16BE"},
    Row{"utf-7", std::nullopt, "UTF-7"},
    Row{"iso-8859-1", std::nullopt, "windows-1252"}, // as browsers read it
    Row{"latin1", std::nullopt, "windows-1252"},
    Row{"windows-1252", std::nullopt, "windows-1252"},
    Row{"cp1252", std::nullopt, "windows-1252"},
    Row{"iso-8859-2", std::nullopt, "ISO-8859-2"},
    Row{"iso-8859-3", std::nullopt, "ISO-8859-3"},
    Row{"iso-8859-4", std::nullopt, "ISO-8859-4"},
    Row{"iso-8859-5", std::nullopt, "ISO-8859-5"},
    Row{"iso-8859-6", std::nullopt, "ISO-8859-6"},
    Row{"iso-8859-7", std::nullopt, "ISO-8859-7"},
    Row{"iso-8859-8", std::nullopt, "ISO-8859-8"},
    Row{"iso-8859-9", std::nullopt, "windows-1254"},
    Row{"iso-8859-13", std::nullopt, "ISO-8859-13"},
    Row{"iso-8859-15", std::nullopt, "ISO-8859-15"},
    Row{"windows-874", std::nullopt, "windows-874"},
    Row{"tis-620", std::nullopt, "windows-874"},
    Row{"windows-1250", std::nullopt, "windows-1250"},
    Row{"windows-1251", std::nullopt, "windows-1251"},
    Row{"windows-1253", std::nullopt, "windows-1253"},
    Row{"windows-1254", std::nullopt, "windows-1254"},
    Row{"windows-1255", std::nullopt, "windows-1255"},
    Row{"windows-1256", std::nullopt, "windows-1256"},
    Row{"windows-1257", std::nullopt, "windows-1257"},
    Row{"windows-1258", std::nullopt, "windows-1258"},
    Row{"koi8-r", std::nullopt, "KOI8-R"},
    Row{"koi8-u", std::nullopt, "KOI8-U"},
    Row{"gb2312", std::nullopt, "gb18030"},
    Row{"gbk", std::nullopt, "gb18030"},
    Row{"gb18030", std::nullopt, "gb18030"},
    Row{"big5", std::nullopt, "windows-950"},
    Row{"euc-kr", std::nullopt, "windows-949"},
    Row{"ks_c_5601-1987", std::nullopt, "windows-949"},
    Row{"iso-2022-kr", std::nullopt, "ISO-2022-KR"},
};

std::string normal(std::string_view name) {
    constexpr std::string_view around = " \t\r\n\f\"'";
    const std::size_t first = name.find_first_not_of(around);
    if (first == name.npos) return {};
    std::string lower(name.substr(first, name.find_last_not_of(around) - first + 1));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

struct Codepage {
    std::uint64_t number;
    std::string_view label;
};

constexpr auto codepages = std::to_array<Codepage>({
    {932, "cp932"},         {50220, "iso-2022-jp"}, {50221, "iso-2022-jp"}, {50222, "iso-2022-jp"},
    {51932, "euc-jp"},      {20932, "euc-jp"},      {65001, "utf-8"},       {936, "gb18030"},
    {54936, "gb18030"},     {949, "euc-kr"},        {950, "big5"},          {874, "windows-874"},
    {1250, "windows-1250"}, {1251, "windows-1251"}, {1252, "windows-1252"}, {28591, "windows-1252"},
    {1253, "windows-1253"}, {1254, "windows-1254"}, {1255, "windows-1255"}, {1256, "windows-1256"},
    {1257, "windows-1257"}, {1258, "windows-1258"},
});

} // namespace

std::string_view label_of_codepage(std::uint64_t codepage) {
    for (const Codepage& known : codepages)
        if (known.number == codepage) return known.label;
    return {};
}

std::optional<Label> label_of(std::string_view name) {
    constexpr std::size_t longest = 64;
    if (name.size() > longest) return std::nullopt;
    const std::string wanted = normal(name);
    for (const Row& row : rows)
        if (row.name == wanted) return Label{row.own, row.converter};
    return std::nullopt;
}

void warm_up_labels() {
    for (const Row& row : rows) {
        UErrorCode status = U_ZERO_ERROR;
        UConverter* converter = ucnv_open(row.converter, &status);
        if (U_FAILURE(status)) bug("ICU lacks the converter " + std::string(row.converter));
        ucnv_close(converter);
    }
}

} // namespace sekisho::text
