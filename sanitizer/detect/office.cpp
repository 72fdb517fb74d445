#include "sanitizer/detect/office.h"

#include <algorithm>

#include "sanitizer/formats/ooxml/ooxml.h"

namespace sekisho::detection {

namespace {

// Part names are compared without case (ECMA-376 part 2, 6.2.2).
bool is_content_types(const ZipEntry& entry) {
    constexpr std::string_view name = "[content_types].xml";
    return std::ranges::equal(entry.raw_name, name, [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
    });
}

} // namespace

Result<std::optional<Type>> office_kind(const Source& in, const ZipReader& zip) {
    if (std::ranges::none_of(zip.entries(), is_content_types)) return std::nullopt;
    const Type type = TRY(ooxml::identify(in, zip));
    return type == Type::zip ? Type::unknown : type;
}

} // namespace sekisho::detection
