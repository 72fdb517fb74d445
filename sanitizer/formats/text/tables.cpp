#include "sanitizer/formats/text/tables.h"

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
    return made;
}

} // namespace

const Tables& tables() {
    static const std::unique_ptr<const Tables> made = make_tables();
    return *made;
}

} // namespace sekisho::text
