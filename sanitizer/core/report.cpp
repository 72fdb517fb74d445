#include "sanitizer/core/report.h"

#include <utility>

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

std::string detail_of(View text) {
    std::string detail;
    for (const std::uint8_t byte : text) {
        const std::string shown =
            byte > ' ' && byte <= '~' ? std::string(1, static_cast<char>(byte)) : fmt::format("%{:02X}", byte);
        if (detail.size() + shown.size() > longest_detail) {
            detail.resize(std::min(detail.size(), longest_detail - 3));
            return detail + "...";
        }
        detail += shown;
    }
    return detail;
}

void Report::add(Finding finding, Action action, const Path& path, std::string detail) {
    const auto is_equal = [&](const Entry& entry) {
        return entry.finding == finding && entry.action == action && entry.path == path;
    };
    if (m_details == most_details &&
        std::ranges::none_of(m_entries, [&](const Entry& entry) { return is_equal(entry) && entry.detail == detail; }))
        detail.clear();
    for (Entry& entry : m_entries) {
        if (!is_equal(entry) || entry.detail != detail) continue;
        if (entry.count < UINT32_MAX) ++entry.count;
        return;
    }
    if (m_entries.size() < most_entries) {
        m_details += detail.empty() ? 0 : 1;
        m_entries.push_back({finding, action, path, 1, std::move(detail)});
    } else if (m_omitted < UINT32_MAX) {
        ++m_omitted;
    }
}

} // namespace sekisho
