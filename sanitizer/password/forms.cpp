#include "sanitizer/password/forms.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/usprep.h>

#include "base/error/error.h"

namespace sekisho {

namespace {

using Text = icu::UnicodeString;

struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
    void operator()(UStringPrepProfile* profile) const { usprep_close(profile); }
};

std::optional<std::string> in_code_page(const Text& text, const char* code_page) {
    UErrorCode code = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, Close> converter(ucnv_open(code_page, &code));
    if (U_FAILURE(code)) bug("ICU lacks a converter");
    ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &code);
    std::string bytes(static_cast<std::size_t>(text.length()) * 2 + 1, '\0');
    const int32_t size = ucnv_fromUChars(converter.get(), bytes.data(), static_cast<int32_t>(bytes.size()),
                                         text.getBuffer(), text.length(), &code);
    if (U_FAILURE(code)) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size));
    return bytes;
}

std::string to_utf8(const Text& text) {
    std::string out;
    return text.toUTF8String(out);
}

std::optional<std::string> normal(const Text& text, const icu::Normalizer2* (*instance)(UErrorCode&)) {
    UErrorCode code = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = instance(code);
    if (U_FAILURE(code)) bug("ICU lacks a normal form");
    const Text out = normalizer->normalize(text, code);
    if (U_FAILURE(code)) return std::nullopt;
    return to_utf8(out);
}

std::optional<std::string> sasl(const Text& text) {
    UErrorCode code = U_ZERO_ERROR;
    const std::unique_ptr<UStringPrepProfile, Close> profile(usprep_openByType(USPREP_RFC4013_SASLPREP, &code));
    if (U_FAILURE(code)) bug("ICU lacks a profile");
    // Compatibility forms grow a character to eighteen at most.
    std::u16string out(static_cast<std::size_t>(text.length()) * 18 + 1, u'\0');
    const int32_t size = usprep_prepare(profile.get(), text.getBuffer(), text.length(), out.data(),
                                        static_cast<int32_t>(out.size()), USPREP_ALLOW_UNASSIGNED, nullptr, &code);
    if (U_FAILURE(code)) return std::nullopt; // a character that the profile forbids
    return to_utf8(Text(out.data(), size));
}

// Unicode's NormalizationCorrections.txt, the rows of Corrigendum 4.
std::optional<std::string> sasl_old(const Text& text) {
    struct Row {
        UChar32 character, normal;
    };
    static constexpr auto rows = std::to_array<Row>(
        {{0x2F868, 0x2136A}, {0x2F874, 0x5F33}, {0x2F91F, 0x43AB}, {0x2F95F, 0x7AAE}, {0x2F9BF, 0x4D57}});
    Text replaced = text;
    for (const Row& row : rows) replaced.findAndReplace(Text(row.character), Text(row.normal));
    if (replaced == text) return std::nullopt;
    return sasl(replaced);
}

std::optional<std::string> bytes_of(const std::string& password, PasswordForm form) {
    const auto text = Text::fromUTF8(password);
    switch (form) {
    case PasswordForm::given:
        return password;
    case PasswordForm::sasl:
        return sasl(text);
    case PasswordForm::sasl_old:
        return sasl_old(text);
    case PasswordForm::composed:
        return normal(text, icu::Normalizer2::getNFCInstance);
    case PasswordForm::decomposed:
        return normal(text, icu::Normalizer2::getNFDInstance);
    case PasswordForm::cp932:
        return in_code_page(text, "windows-31j");
    case PasswordForm::latin:
        return in_code_page(text, "windows-1252");
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string> password_bytes(std::span<const std::string> passwords, std::span<const PasswordForm> forms) {
    std::vector<std::string> all;
    for (const std::string& password : passwords)
        for (const PasswordForm form : forms)
            if (auto bytes = bytes_of(password, form); bytes && std::ranges::find(all, *bytes) == all.end())
                all.push_back(std::move(*bytes));
    return all;
}

void warm_up_passwords() {
    // Characters that no table lookup can skip.
    const std::array<std::string, 1> passwords{"\xC3\xA9\xE7\x84\xBC"};
    static constexpr auto forms = std::to_array({PasswordForm::sasl, PasswordForm::composed, PasswordForm::decomposed,
                                                 PasswordForm::cp932, PasswordForm::latin});
    password_bytes(passwords, forms);
}

} // namespace sekisho
