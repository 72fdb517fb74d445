#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

constexpr std::size_t shown_max = 8; // of the names of a set

struct Label {
    Axis axis;
    std::string_view english;
    std::string_view japanese;
};

constexpr std::array labels{Label{Axis::from, "from", "送信元"},
                            Label{Axis::to, "to", "宛先"},
                            Label{Axis::origin, "origin", "最初の入口"},
                            Label{Axis::type, "type", "種類"},
                            Label{Axis::size, "size", "大きさ"},
                            Label{Axis::depth, "archive.depth", "圧縮の深さ"},
                            Label{Axis::members, "archive.members", "圧縮内のファイル数"},
                            Label{Axis::data_count, "dlp.count", "個人情報の件数"},
                            Label{Axis::minute, "hours", "時刻"},
                            Label{Axis::day, "day", "日"},
                            Label{Axis::level, "level", "無害化の程度"},
                            Label{Axis::confidentiality, "class", "機密性"},
                            Label{Axis::channel, "channel", "経路"},
                            Label{Axis::flow, "flow", "特定通信"},
                            Label{Axis::sender, "sender", "送信者"},
                            Label{Axis::recipient, "recipient", "受信者"}};

const Label& label_of(Axis axis) {
    return labels[static_cast<std::size_t>(axis)];
}

std::string value_text(Axis axis, std::uint64_t value) {
    if (axis == Axis::size) return size_text(value);
    if (axis == Axis::minute) return minute_text(value);
    if (axis == Axis::day) return day_text(value);
    return fmt::format("{}", value);
}

// The ranges of the classes of a set, those that touch as one, in order.
std::vector<Range> ranges_of(const Dimension& of, const Classes& set) {
    std::vector<Range> all;
    for (std::size_t i = 0; i < of.ranges.size(); ++i)
        if (set.has(i)) all.insert(all.end(), of.ranges[i].begin(), of.ranges[i].end());
    std::ranges::sort(all, {}, &Range::first);
    std::vector<Range> out;
    for (const Range& range : all) {
        if (!out.empty() && out.back().last + 1 == range.first)
            out.back().last = range.last;
        else
            out.push_back(range);
    }
    return out;
}

std::uint64_t most_of(const Dimension& of) {
    std::uint64_t most = 0;
    for (const auto& ranges : of.ranges) most = std::max(most, ranges.back().last);
    return most;
}

Words range_words(Axis axis, const Range& range, std::uint64_t most) {
    const auto text = [&](std::uint64_t value) { return value_text(axis, value); };
    if (axis == Axis::minute) {
        const std::string both = fmt::format("{}..{}", text(range.first), text(range.last + 1));
        return {"in " + both, both};
    }
    if (axis == Axis::day) {
        const std::string both = fmt::format("{}..{}", range.first == 0 ? "" : text(range.first),
                                             range.last == most ? "" : text(range.last));
        return {"in " + both, both};
    }
    if (range.first == range.last) return {"= " + text(range.first), text(range.first)};
    if (range.first == 0) return {"<= " + text(range.last), text(range.last) + "以下"};
    if (range.last == most) return {"> " + text(range.first - 1), text(range.first - 1) + "超"};
    return {fmt::format("> {} and <= {}", text(range.first - 1), text(range.last)),
            fmt::format("{}超 {}以下", text(range.first - 1), text(range.last))};
}

Words ranges_words(const Dimension& of, const Classes& set) {
    std::vector<Words> parts;
    const auto ranges = ranges_of(of, set);
    const std::uint64_t most = most_of(of);
    for (const Range& range : ranges) {
        if (parts.size() == shown_max) {
            parts.push_back({"…", "…"});
            break;
        }
        parts.push_back(range_words(of.axis, range, most));
    }
    return joined(parts, " or ", "、");
}

std::string class_name(const Dimension& of, std::size_t at) {
    const auto& names = of.names[at];
    if (names.empty()) return "";
    return names.size() <= 3 ? joined(names, ", ") : fmt::format("{}, {}, … ({})", names[0], names[1], names.size());
}

Words name_of_class(const Dimension& of, std::size_t at) {
    const std::string name = class_name(of, at);
    if (!name.empty()) return {name, name};
    if (of.axis == Axis::flow) return {"none", "なし"};
    if (of.axis == Axis::from || of.axis == Axis::to) return {"a zone that is not declared", "宣言されていないゾーン"};
    return {"somebody whom no rule names", "規則に名前のない人"};
}

Words names_words(const Dimension& of, const Classes& set, std::size_t classes) {
    const bool all_but = set.count() > classes / 2 && set.count() > 3;
    std::vector<Words> parts;
    for (std::size_t i = 0; i < classes; ++i) {
        if (set.has(i) == all_but) continue;
        if (parts.size() == shown_max) {
            parts.push_back({"…", "…"});
            break;
        }
        parts.push_back(name_of_class(of, i));
    }
    if (all_but && parts.empty()) return {"any", "任意"};
    const Words names = joined(parts, ", ", "、");
    return all_but ? Words{"any but " + names.english, names.japanese + "以外"} : names;
}

class BoxWords {
public:
    BoxWords(const Space& space, const Box& box) : m_space(space), m_box(box) {}

    Words run() {
        for (const std::uint32_t dimension : m_box.narrowed()) {
            const Dimension& of = m_space.dimensions()[dimension];
            const Classes set = m_box.classes(m_space.shape(), dimension);
            if (of.axis == Axis::from || of.axis == Axis::to)
                add_zone(of, set);
            else if (of.axis >= Axis::findings)
                add_yes_no(of, set.has(yes_class));
            else
                add_values(dimension, of, set);
        }
        const Words clauses = joined(m_clauses, ", ", "、");
        if (m_zones.empty()) return clauses.english.empty() ? Words{"every transfer", "すべての移動"} : clauses;
        const Words zones = joined(m_zones, " ", "");
        if (clauses.english.empty()) return zones;
        return {zones.english + ": " + clauses.english, zones.japanese + "：" + clauses.japanese};
    }

private:
    void add_zone(const Dimension& of, const Classes& set) {
        const Words names = names_words(of, set, of.names.size());
        const bool from = of.axis == Axis::from;
        m_zones.push_back({(from ? "from " : "to ") + names.english, names.japanese + (from ? "から" : "へ")});
    }

    // A name that the policies give to exactly this set.
    std::optional<std::string> given_name(Axis axis, const Classes& set) const {
        for (std::size_t policy = 0; policy < m_space.policies(); ++policy) {
            const Compiled& compiled = m_space.policy(policy);
            for (const Step& step : compiled.steps) {
                const bool group = axis == Axis::type && step.test == Test::type_in;
                const bool family = axis == Axis::type && step.test == Test::family_is;
                const bool calendar = axis == Axis::day && step.test == Test::day_in;
                if (!group && !family && !calendar) continue;
                if (m_space.atom(policy, step).yes.front().set != set) continue;
                if (group) return compiled.type_groups[step.first];
                if (calendar) return "in " + compiled.calendars[step.first].name;
                return compiled.families[step.first];
            }
        }
        return std::nullopt;
    }

    void add_values(std::size_t dimension, const Dimension& of, const Classes& set) {
        const Label& label = label_of(of.axis);
        const bool unknown = set.has(of.unknown);
        Classes known = set;
        known.remove(of.unknown);
        if (known.empty()) {
            m_clauses.push_back({fmt::format("{} not known", label.english), fmt::format("{}が不明", label.japanese)});
            return;
        }
        if (known.count() + 1 == m_space.shape().classes(dimension)) {
            m_clauses.push_back({fmt::format("{} known", label.english), fmt::format("{}が判明", label.japanese)});
            return;
        }
        Words values = of.ranges.empty() ? names_words(of, known, of.unknown) : ranges_words(of, known);
        if (const auto name = given_name(of.axis, known)) values = {*name, *name};
        if (unknown) values = {values.english + " or not known", values.japanese + "または不明"};
        m_clauses.push_back({fmt::format("{} {}", label.english, values.english),
                             fmt::format("{} {}", label.japanese, values.japanese)});
    }

    void add_yes_no(const Dimension& of, bool yes) {
        const std::string name = of.names.empty() ? "" : class_name(of, yes_class);
        const auto put = [&](std::string_view english, std::string_view japanese) {
            m_clauses.push_back({fmt::format("{} {}", english, name), fmt::format("{} {}", japanese, name)});
        };
        switch (of.axis) {
        case Axis::findings:
            m_clauses.push_back(yes ? Words{"findings known", "検出結果が判明"}
                                    : Words{"findings not known", "検出結果が不明"});
            return;
        case Axis::data:
            m_clauses.push_back(yes ? Words{"personal data known", "個人情報の有無が判明"}
                                    : Words{"personal data not known", "個人情報の有無が不明"});
            return;
        case Axis::name:
            m_clauses.push_back(yes ? Words{"name known", "名前が判明"} : Words{"name not known", "名前が不明"});
            return;
        case Axis::sender_group:
            return yes ? put("sender of", "送信者の所属") : put("sender not of", "送信者の所属でない");
        case Axis::recipient_group:
            return yes ? put("recipient of", "受信者の所属") : put("recipient not of", "受信者の所属でない");
        case Axis::finding:
            return yes ? put("findings has", "検出あり") : put("findings without", "検出なし");
        case Axis::data_kind:
            return yes ? put("dlp has", "個人情報あり") : put("dlp without", "個人情報なし");
        default:
            return yes ? put("name like", "名前が一致") : put("name not like", "名前が不一致");
        }
    }

    const Space& m_space;
    const Box& m_box;
    std::vector<Words> m_zones;
    std::vector<Words> m_clauses;
};

} // namespace

Words words_of(const Space& space, const Box& box) {
    return BoxWords(space, box).run();
}

} // namespace sekisho::policy
