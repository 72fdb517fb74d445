#include "sanitizer/convert/filters.h"

#include <algorithm>
#include <array>

namespace sekisho::convert {

namespace {

enum class Application : std::uint8_t { writer, calc, impress, draw };

struct Row {
    Application application;
    Document document;
    const char* filter;
};

#define LOADS(document, application, filter) Row{Application::application, Document::document, filter},
#define SAVES(...)
constexpr std::array loads{
#include "sanitizer/convert/filters.def"
};
#undef LOADS
#undef SAVES
#define LOADS(...)
#define SAVES(application, document, filter) Row{Application::application, Document::document, filter},
constexpr std::array saves{
#include "sanitizer/convert/filters.def"
};
#undef LOADS
#undef SAVES

} // namespace

std::optional<Filters> filters_for(Document from, Document to) {
    const auto load = std::ranges::find(loads, from, &Row::document);
    if (load == loads.end()) return std::nullopt;
    const auto save = std::ranges::find_if(
        saves, [&](const Row& row) { return row.application == load->application && row.document == to; });
    if (save == saves.end()) return std::nullopt;
    return Filters{load->filter, save->filter, load->application == Application::calc};
}

} // namespace sekisho::convert
