#include "sanitizer/core/report.h"

#include <fmt/format.h>

namespace sekisho {

std::string to_text(const Path& path) {
    std::string text;
    for (std::size_t i = 0; i < path.length && i < Path::longest; ++i) {
        const Step& step = path.steps[i];
        if (!text.empty()) text += " / ";
        text += step.number == 0 ? std::string(name_of(step.place))
                                 : fmt::format("{} {}", name_of(step.place), step.number);
    }
    return text.empty() ? std::string(name_of(Place::file)) : text;
}

void Report::add(Finding finding, Action action, const Path& path) {
    for (Entry& entry : m_entries) {
        if (entry.finding != finding || entry.action != action || entry.path != path) continue;
        if (entry.count < UINT32_MAX) ++entry.count;
        return;
    }
    if (m_entries.size() < most_entries)
        m_entries.push_back({finding, action, path, 1});
    else if (m_omitted < UINT32_MAX)
        ++m_omitted;
}

} // namespace sekisho
