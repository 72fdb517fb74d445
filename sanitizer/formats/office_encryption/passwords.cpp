#include "sanitizer/formats/office_encryption/passwords.h"

#include <algorithm>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace sekisho::office_encryption {

namespace {

constexpr int32_t longest = 255; // [MS-OFFCRYPTO] 2.3.4.11: characters of a password

Bytes utf16le(const icu::UnicodeString& text) {
    ByteWriter writer;
    for (int32_t i = 0; i < text.length(); ++i) writer.u16le(text[i]);
    return writer.take();
}

} // namespace

std::vector<Bytes> program_passwords() {
    return {utf16le(icu::UnicodeString::fromUTF8("VelvetSweatshop")),
            utf16le(icu::UnicodeString::fromUTF8("/01Hannes Ruescher/01"))};
}

std::vector<Bytes> password_forms(std::span<const std::string> passwords) {
    std::vector<Bytes> all;
    const auto add = [&](const icu::UnicodeString& text) {
        Bytes bytes = utf16le(text);
        if (text.length() <= longest && std::ranges::find(all, bytes) == all.end()) all.push_back(std::move(bytes));
    };
    for (const std::string& password : passwords) {
        const auto text = icu::UnicodeString::fromUTF8(password);
        add(text);
        for (const auto form :
             {icu::Normalizer2::getNFCInstance, icu::Normalizer2::getNFDInstance, icu::Normalizer2::getNFKCInstance}) {
            UErrorCode code = U_ZERO_ERROR;
            const icu::Normalizer2* normalizer = form(code);
            if (U_FAILURE(code)) continue;
            const icu::UnicodeString normal = normalizer->normalize(text, code);
            if (U_SUCCESS(code)) add(normal);
        }
    }
    return all;
}

} // namespace sekisho::office_encryption
