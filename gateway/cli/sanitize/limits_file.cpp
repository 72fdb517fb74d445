#include "gateway/cli/sanitize/limits_file.h"

#include <algorithm>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/arguments.h"

namespace sekisho::cli {

namespace {

constexpr std::uint64_t largest_file = 64 * 1024;

std::unexpected<Error> invalid(std::string message, const std::string& path, const toml::source_region& at,
                               std::string help) {
    return reject("limits.invalid", std::move(message), fmt::format("{}:{}:{}", path, at.begin.line, at.begin.column),
                  std::move(help));
}

Result<> set(Limits& limits, const std::string& path, std::string_view name, const toml::node& node) {
    const auto rows = all_limits();
    const auto row = std::ranges::find(rows, name, &LimitRow::name);
    if (row == rows.end()) {
        std::vector<std::string_view> names;
        for (const LimitRow& known : rows) names.push_back(known.name);
        const auto meant = nearest(name, names);
        return invalid(fmt::format("there is no limit `{}`", name), path, node.source(),
                       meant ? fmt::format("Did you mean `{}`?", *meant) : "See sekisho sanitize --help");
    }
    const auto value = node.value<std::int64_t>();
    if (!value || !node.is_integer() || *value < 0 || static_cast<std::uint64_t>(*value) < row->minimum ||
        static_cast<std::uint64_t>(*value) > row->maximum)
        return invalid(fmt::format("`{}` is a number from {} to {} ({})", name, row->minimum, row->maximum, row->unit),
                       path, node.source(), "Correct the number");
    row->set(limits, static_cast<std::uint64_t>(*value));
    return {};
}

} // namespace

Result<Limits> limits_of_file(const std::string& path) {
    const Bytes text = TRY(read_file(path, largest_file));
    Limits limits;
    try {
        const toml::table root = toml::parse(as_text(text), path);
        const toml::table* table = root["limits"].as_table();
        for (const auto& [key, node] : table ? *table : root) TRY(set(limits, path, key.str(), node));
    } catch (const toml::parse_error& error) {
        return invalid(std::string(error.description()), path, error.source(), "Write lines such as: pages = 500");
    }
    return limits;
}

} // namespace sekisho::cli
