#include "sanitizer/formats/text/tables.h"

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <string_view>

#include <unicode/ucnv.h>

#include "base/error/error.h"

namespace sekisho::text {

namespace {

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    Converter converter(ucnv_open(name, &status), ucnv_close);
    if (U_SUCCESS(status))
        ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    if (U_FAILURE(status)) bug("ICU lacks the converter " + std::string(name));
    return converter;
}

// The one UTF-16 unit that the bytes stand for, or 0.
char16_t unit_of(UConverter* converter, std::initializer_list<unsigned> bytes) {
    std::array<char, 4> in{};
    std::size_t length = 0;
    for (const unsigned byte : bytes) in[length++] = static_cast<char>(byte);
    std::array<char16_t, 8> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(converter);
    const int count = ucnv_toUChars(converter, out.data(), static_cast<int>(out.size()), in.data(),
                                    static_cast<int>(length), &status);
    return U_SUCCESS(status) && count == 1 && out[0] != 0xFFFD ? out[0] : u'\0';
}

// eucJP-ms, what Unix adds behind JIS X 0212: IBM's characters that are in no JIS, in IBM's order up to the end of row
// 84, and in rows 85 to 94 the second half of the characters of the office's own (gaiji).
void add_unix_rows(Tables& tables) {
    constexpr std::size_t jis_size = 77 * 94, ibm_start = 82 * 94 + 82, own_start = 84 * 94;
    constexpr char16_t first_own = 0xE3AC;
    constexpr std::u16string_view in_jis_x_0208 = u"\uFFE2\uFFE4\u2235";
    const auto& jis = tables.jis0212;
    std::size_t at = ibm_start;
    for (std::size_t code = 0xFA40; code <= 0xFC4B && at <= own_start; ++code) {
        const char16_t unit = tables.cp932[code];
        const bool there =
            unit != u'\u2116' && std::find(jis.begin(), jis.begin() + jis_size, unit) != jis.begin() + jis_size;
        if (unit != 0 && !there && in_jis_x_0208.find(unit) == in_jis_x_0208.npos) tables.jis0212[at++] = unit;
    }
    if (at != own_start) bug("ICU has another set of IBM's characters");
    for (; at < jis.size(); ++at) tables.jis0212[at] = static_cast<char16_t>(first_own + at - own_start);
}

std::unique_ptr<const Tables> make_tables() {
    auto made = std::make_unique<Tables>();
    const Converter windows = open_converter("ibm-943_P15A-2003"); // ICU's name for Windows-31J
    for (unsigned lead = 0x81; lead <= 0xFC; ++lead) {
        if (lead >= 0xA0 && lead <= 0xDF) continue; // half-width katakana, one byte
        for (unsigned trail = 0x40; trail <= 0xFC; ++trail)
            if (trail != 0x7F) made->cp932[lead << 8 | trail] = unit_of(windows.get(), {lead, trail});
    }
    const Converter euc = open_converter("EUC-JP");
    for (unsigned row = 0; row < 94; ++row)
        for (unsigned cell = 0; cell < 94; ++cell)
            made->jis0212[row * 94 + cell] = unit_of(euc.get(), {0x8F, 0xA1 + row, 0xA1 + cell});
    add_unix_rows(*made);
    return made;
}

} // namespace

const Tables& tables() {
    static const std::unique_ptr<const Tables> made = make_tables();
    return *made;
}

} // namespace sekisho::text
