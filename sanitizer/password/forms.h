#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sekisho {

enum class PasswordForm : std::uint8_t {
    given,      // UTF-8 as it was typed
    sasl,       // RFC 4013, as PDF 2.0 asks
    sasl_old,   // the same before Unicode corrected the normal form of five ideographs (Corrigendum 4)
    composed,   // NFC, as keyboards of most systems give it
    decomposed, // NFD, as macOS stores it
    cp932,      // Windows-31J, as programs in Japan do
    latin,      // Windows-1252: PDFDocEncoding agrees with it wherever both have a letter of Latin 1
};

// What programs may have made of each password, in the order given, each byte string once. A password that a form
// cannot express has none in that form.
std::vector<std::string> password_bytes(std::span<const std::string> passwords, std::span<const PasswordForm> forms);

// Once, before the process is confined: ICU reads its tables.
void warm_up_passwords();

} // namespace sekisho
