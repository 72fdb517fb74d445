#include "sanitizer/formats/office_encryption/passwords.h"

#include <array>

#include <unicode/unistr.h>

#include "sanitizer/password/forms.h"

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
    static constexpr auto forms = std::to_array(
        {PasswordForm::given, PasswordForm::composed, PasswordForm::decomposed, PasswordForm::sasl});
    std::vector<Bytes> all;
    for (const std::string& password : password_bytes(passwords, forms)) {
        const auto text = icu::UnicodeString::fromUTF8(password);
        if (text.length() <= longest) all.push_back(utf16le(text));
    }
    return all;
}

} // namespace sekisho::office_encryption
