#include "base/settings/settings.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/descriptor/descriptor.h"
#include "base/settings/check.h"
#include "base/settings/precheck.h"

namespace sekisho {

namespace {

constexpr std::size_t largest_file = 1 << 20;

std::string place(const std::string& file, const toml::source_region& source) {
    return fmt::format("{}:{}:{}", file, source.begin.line, source.begin.column);
}

std::string_view kind_of(const toml::node& node) {
    switch (node.type()) {
    case toml::node_type::string:
        return "a text";
    case toml::node_type::integer:
        return "a number";
    case toml::node_type::boolean:
        return "true or false";
    case toml::node_type::table:
        return "a table";
    case toml::node_type::array:
        return "a list";
    default:
        return "something else";
    }
}

// Reads one table of the file against one set of rows.
class Reader {
public:
    Reader(const std::string& file, std::span<const SettingRow> rows, const SettingSchema& schema, bool top)
        : m_file(file), m_rows(rows), m_schema(schema), m_top(top) {}

    Result<LoadedSettings> read(const toml::table& table) {
        TRY(read_table(table, ""));
        for (const SettingRow& row : m_rows) {
            if (std::ranges::find(m_seen, row.name) != m_seen.end()) continue;
            if (row.required)
                return reject("settings.missing", fmt::format("\"{}\" is missing", row.name),
                              place(m_file, table.source()), std::string(row.english));
            set_fallback(row);
        }
        if (m_top && m_loaded.entries.size() < m_schema.fewest)
            return reject("settings.missing",
                          fmt::format("at least {} [[{}]] are needed", m_schema.fewest, m_schema.list), m_file);
        return std::move(m_loaded);
    }

private:
    void set_fallback(const SettingRow& row) {
        if (row.kind == SettingKind::number || row.kind == SettingKind::flag)
            m_loaded.values.set(row.name, row.fallback);
        else
            m_loaded.values.set(row.name, std::string(row.fallback_text));
    }

    Result<> read_table(const toml::table& table, const std::string& prefix) {
        for (const auto& [key, node] : table) {
            const std::string name = prefix + std::string(key.str());
            const auto row = std::ranges::find(m_rows, name, &SettingRow::name);
            if (row != m_rows.end())
                TRY(read_value(*row, node));
            else if (m_top && name == m_schema.list && node.is_array_of_tables())
                TRY(read_entries(*node.as_array()));
            else if (node.is_table() && is_prefix(name))
                TRY(read_table(*node.as_table(), name + '.'));
            else if (is_prefix(name) || (m_top && name == m_schema.list))
                return reject("settings.value", fmt::format("\"{0}\" has values of its own: [{0}]", name),
                              place(m_file, key.source()));
            else
                return unknown(name, key.source());
        }
        return {};
    }

    bool is_prefix(const std::string& name) const {
        return std::ranges::any_of(m_rows, [&](const SettingRow& row) { return row.name.starts_with(name + '.'); });
    }

    std::unexpected<Error> unknown(const std::string& name, const toml::source_region& source) const {
        std::vector<std::string_view> candidates;
        for (const SettingRow& row : m_rows) {
            candidates.push_back(row.name);
            if (const std::size_t dot = row.name.find('.'); dot != row.name.npos)
                candidates.push_back(row.name.substr(0, dot));
        }
        if (m_top) candidates.push_back(m_schema.list);
        const std::string_view near = settings::nearest(name, candidates);
        return reject("settings.unknown", fmt::format("there is no setting \"{}\"", name.substr(0, 64)),
                      place(m_file, source), near.empty() ? "" : fmt::format("did you mean \"{}\"?", near));
    }

    Result<> read_value(const SettingRow& row, const toml::node& node) {
        m_seen.push_back(row.name);
        if (row.kind == SettingKind::flag) return read_flag(row, node);
        if (row.kind == SettingKind::number) return read_number(row, node);
        const auto* text = node.as_string();
        if (!text) return wrong(row, node, fmt::format("a text is expected, not {}", kind_of(node)));
        if (const std::string problem = settings::problem_with(row, text->get()); !problem.empty())
            return wrong(row, node, problem);
        m_loaded.values.set(row.name, text->get());
        return {};
    }

    Result<> read_flag(const SettingRow& row, const toml::node& node) {
        const auto* flag = node.as_boolean();
        if (!flag) return wrong(row, node, fmt::format("true or false is expected, not {}", kind_of(node)));
        m_loaded.values.set(row.name, std::uint64_t{flag->get() ? 1U : 0U});
        return {};
    }

    Result<> read_number(const SettingRow& row, const toml::node& node) {
        std::uint64_t value = 0;
        if (const auto* integer = node.as_integer()) {
            if (integer->get() < 0) return wrong(row, node, "a number of at least 0 is expected");
            value = static_cast<std::uint64_t>(integer->get());
        } else if (const auto* text = node.as_string()) {
            auto parsed = number_in_unit(text->get(), row.unit);
            if (!parsed) return wrong(row, node, parsed.error().message);
            value = *parsed;
        } else {
            return wrong(row, node, fmt::format("a number is expected, not {}", kind_of(node)));
        }
        if (const std::string problem = settings::problem_with(row, value); !problem.empty())
            return wrong(row, node, problem);
        m_loaded.values.set(row.name, value);
        return {};
    }

    Result<> read_entries(const toml::array& list) {
        if (list.size() > m_schema.most)
            return reject("settings.range", fmt::format("at most {} [[{}]] are allowed", m_schema.most, m_schema.list),
                          place(m_file, list.source()));
        for (const toml::node& node : list) {
            Reader reader(m_file, m_schema.columns, m_schema, false);
            m_loaded.entries.push_back(TRY(reader.read(*node.as_table())).values);
        }
        return {};
    }

    std::unexpected<Error> wrong(const SettingRow& row, const toml::node& node, const std::string& why) const {
        return reject("settings.value", fmt::format("\"{}\": {}", row.name, why), place(m_file, node.source()));
    }

    const std::string& m_file;
    std::span<const SettingRow> m_rows;
    const SettingSchema& m_schema;
    bool m_top;
    std::vector<std::string_view> m_seen;
    LoadedSettings m_loaded;
};

} // namespace

const std::string& SettingValues::text(std::string_view name) const {
    const auto found = m_texts.find(name);
    if (found == m_texts.end()) bug(fmt::format("no setting of text \"{}\"", name));
    return found->second;
}

std::uint64_t SettingValues::number(std::string_view name) const {
    const auto found = m_numbers.find(name);
    if (found == m_numbers.end()) bug(fmt::format("no setting of a number \"{}\"", name));
    return found->second;
}

Result<LoadedSettings> parse_settings(std::string_view content, const std::string& file, const SettingSchema& schema) {
    TRY(settings::precheck(content, file));
    try {
        const toml::table table = toml::parse(content, file);
        return Reader(file, schema.rows, schema, true).read(table);
    } catch (const toml::parse_error& error) {
        return reject("settings.syntax", std::string(error.description()), place(file, error.source()));
    } catch (const std::exception& error) {
        return fail("settings.syntax", error.what(), file);
    }
}

Result<LoadedSettings> load_settings(const std::string& path, const SettingSchema& schema) {
    const Bytes content = TRY(read_file(path, largest_file));
    return parse_settings(as_text(content), path, schema);
}

} // namespace sekisho
