#include "policy/analysis/matrix.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/error/error.h"
#include "policy/analysis/model.h"
#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

class Filler {
public:
    Filler(const Space& space, const Bounded<Model>& model, Work& work)
        : m_space(space), m_policy(space.policy(0)), m_model(model), m_work(work) {}

    MatrixCell cell(std::uint8_t from, std::uint8_t to, bool& too_intricate) {
        MatrixCell out;
        out.from = m_policy.zones[from];
        out.to = m_policy.zones[to];
        const auto speaks = [&](const CompiledRule& rule) {
            return (rule.from == any_zone || rule.from == from) && (rule.to == any_zone || rule.to == to);
        };
        for (std::size_t i = 0; i < m_policy.rules.size(); ++i) {
            const CompiledRule& rule = m_policy.rules[i];
            if (!speaks(rule)) continue;
            if (!rule.allows()) {
                out.forbids.push_back(rule.id);
                continue;
            }
            const auto some = passes(i, from, to);
            if (!some) too_intricate = true;
            if (!some || *some) out.allows.push_back(entry(rule));
        }
        out.closed = out.allows.empty();
        return out;
    }

private:
    Bounded<bool> passes(std::size_t rule, std::uint8_t from, std::uint8_t to) {
        if (!m_model) return std::unexpected(m_model.error());
        const Cover denied = m_model->denied();
        for (const Box& box : m_model->rules[rule].boxes()) {
            Box here = box;
            if (!here.narrow(m_space.shape(), m_space.dimension(Axis::from), *m_space.zone(0, from))) continue;
            if (!here.narrow(m_space.shape(), m_space.dimension(Axis::to), *m_space.zone(0, to))) continue;
            const auto left = TRY(uncovered(m_space.shape(), here, denied, m_work));
            if (left) return true;
        }
        return false;
    }

    MatrixEntry entry(const CompiledRule& rule) const {
        MatrixEntry out{rule.id, rule.title, {"anything", "すべて"}, {}};
        if (rule.condition) out.condition = condition_words(m_policy, *rule.condition);
        if (rule.until) {
            const std::string day = day_text(*rule.until);
            out.condition.english += ", until " + day;
            out.condition.japanese += "（" + day + "まで）";
        }
        out.obligations = joined(obligations_of(m_policy, rule), ", ", "、");
        return out;
    }

    const Space& m_space;
    const Compiled& m_policy;
    const Bounded<Model>& m_model;
    Work& m_work;
};

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out;
}

std::string json(const Words& words) {
    return fmt::format(R"({{"en":"{}","ja":"{}"}})", escaped(words.english), escaped(words.japanese));
}

std::string json(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const std::string& text : texts) out.push_back('"' + escaped(text) + '"');
    return "[" + joined(out, ",") + "]";
}

} // namespace

Matrix matrix(const Policy& policy) {
    const Compiled& compiled = policy.compiled();
    Matrix out;
    out.title = {fmt::format("{}, version {}", compiled.name, compiled.version),
                 fmt::format("{}（第{}版）", compiled.name, compiled.version)};
    out.zones = compiled.zones;
    const Compiled* const policies[] = {&compiled};
    const Space space(policies);
    Work work;
    const auto model = Model::make(space, 0, work);
    Filler filler(space, model, work);
    for (std::size_t from = 0; from < out.zones.size(); ++from)
        for (std::size_t to = 0; to < out.zones.size(); ++to)
            if (from != to)
                out.cells.push_back(
                    filler.cell(static_cast<std::uint8_t>(from), static_cast<std::uint8_t>(to), out.too_intricate));
    return out;
}

std::string json(const Matrix& matrix) {
    std::vector<std::string> cells;
    for (const MatrixCell& cell : matrix.cells) {
        std::vector<std::string> allows;
        for (const MatrixEntry& entry : cell.allows)
            allows.push_back(fmt::format(R"({{"rule":"{}","title":"{}","condition":{},"obligations":{}}})",
                                         escaped(entry.rule), escaped(entry.title), json(entry.condition),
                                         json(entry.obligations)));
        cells.push_back(fmt::format(R"({{"from":"{}","to":"{}","closed":{},"allows":[{}],"forbids":{}}})",
                                    escaped(cell.from), escaped(cell.to), cell.closed, joined(allows, ","),
                                    json(cell.forbids)));
    }
    return fmt::format(R"({{"title":{},"zones":{},"cells":[{}],"too_intricate":{}}})", json(matrix.title),
                       json(matrix.zones), joined(cells, ","), matrix.too_intricate);
}

} // namespace sekisho::policy
