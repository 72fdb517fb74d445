// Kinds of plain text that only the name tells apart. Each is as harmless as the others when it is read as another.
#include <array>

#include "sanitizer/detect/rules.h"

namespace sekisho::detection {

namespace {

struct Ending {
    std::string_view extension;
    Type type;
};

constexpr std::array endings{Ending{"csv", Type::csv},          Ending{"tsv", Type::tsv},  Ending{"json", Type::json},
                             Ending{"geojson", Type::json},     Ending{"eml", Type::mail}, Ending{"md", Type::markdown},
                             Ending{"markdown", Type::markdown}};

} // namespace

Type plain_kind(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == name.npos) return Type::text;
    std::string extension(name.substr(dot + 1));
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    for (const Ending& ending : endings)
        if (ending.extension == extension) return ending.type;
    return Type::text;
}

bool starts_with_field(const std::string& shape) {
    if (shape.starts_with("from ")) return true;
    const std::size_t end = shape.find_first_of(": \t\r\n");
    return end != shape.npos && end > 0 && shape[end] == ':';
}

bool is_whole_page(const std::string& shape) {
    return shape.starts_with("<!doctype") || shape.starts_with("<html") || shape.starts_with("<?xml");
}

} // namespace sekisho::detection
