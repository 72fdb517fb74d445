#include "sanitizer/formats/odf/kinds.h"

#include "sanitizer/formats/odf/odf.h"

namespace sekisho::odf {

namespace {

constexpr std::string_view family = "application/vnd.oasis.opendocument.";

constexpr Kind kinds[] = {
    {"application/vnd.oasis.opendocument.text", Type::odt, "text"},
    {"application/vnd.oasis.opendocument.spreadsheet", Type::ods, "spreadsheet"},
    {"application/vnd.oasis.opendocument.presentation", Type::odp, "presentation"},
    {"application/vnd.oasis.opendocument.graphics", Type::odg, "drawing"},
    {"application/vnd.oasis.opendocument.chart", Type::odf, "chart"},
    {"application/vnd.oasis.opendocument.formula", Type::odf, ""},
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return text;
}

// Templates, master documents and pages of HTML are texts; masters lose what they would load.
std::string_view plain(std::string_view media_type) {
    media_type = trimmed(media_type);
    for (const std::string_view variant : {"-template", "-master", "-web"})
        if (media_type.ends_with(variant)) media_type.remove_suffix(variant.size());
    return media_type;
}

} // namespace

const Kind* find_kind(std::string_view media_type) {
    media_type = plain(media_type);
    for (const Kind& kind : kinds)
        if (kind.media_type == media_type) return &kind;
    return nullptr;
}

const Kind* find_kind_by_body(std::string_view body) {
    for (const Kind& kind : kinds)
        if (kind.body == body) return &kind;
    return nullptr;
}

bool is_plain(std::string_view media_type) {
    media_type = trimmed(media_type);
    return plain(media_type) == media_type;
}

Type identify(std::string_view media_type) {
    if (const Kind* kind = find_kind(media_type)) return kind->type;
    const bool known = media_type.starts_with(family) || media_type.starts_with("application/vnd.sun.xml");
    return known ? Type::odf : Type::unknown;
}

} // namespace sekisho::odf
