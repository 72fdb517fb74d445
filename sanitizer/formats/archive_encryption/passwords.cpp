#include "sanitizer/formats/archive_encryption/passwords.h"

#include <array>

#include <unicode/unistr.h>

#include "sanitizer/password/forms.h"

namespace sekisho::archive_encryption {

std::vector<std::string> utf8_passwords(std::span<const std::string> passwords) {
    static constexpr auto forms =
        std::to_array({PasswordForm::given, PasswordForm::composed, PasswordForm::decomposed});
    return password_bytes(passwords, forms);
}

Bytes utf16le(const std::string& utf8) {
    const auto text = icu::UnicodeString::fromUTF8(utf8);
    ByteWriter writer;
    for (int32_t i = 0; i < text.length(); ++i) writer.u16le(text[i]);
    return writer.take();
}

} // namespace sekisho::archive_encryption
