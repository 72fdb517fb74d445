// What single attributes mean to the verifier, and what small values may be.
#pragma once

#include <cstdint>
#include <string_view>

#include "sanitizer/verify/odf/vocabulary.h"

namespace sekisho::verify {

enum class OdfMeaning : std::uint8_t {
    plain,
    reference,
    formula,
    condition,
    range,
    rows,
    columns,
    address,
    control,
    click,
    kind,
    version,
    link_word,
    notation,
};
OdfMeaning odf_meaning(odf_names::Words element, odf_names::Words words, std::string_view name);

// `words` are separated by blanks.
bool odf_word_in(std::string_view words, std::string_view word);
// A decimal number, not greater than `most`.
bool odf_number_is_below(std::string_view text, std::uint64_t most);
bool odf_control_is_known(std::string_view service);
bool odf_media_type_is_known(std::string_view media_type);
// A program and its version: "LibreOffice/7.4".
bool odf_generator_is_plain(std::string_view generator);
bool odf_setting_is_allowed(std::string_view name, std::string_view type, std::string_view value);

} // namespace sekisho::verify
