#include "policy/analysis/plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/error/error.h"
#include "policy/analysis/demand.h"
#include "policy/analysis/difference.h"
#include "policy/analysis/model.h"
#include "policy/analysis/witness.h"
#include "policy/analysis/words.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

void add_boxes(std::vector<Box>& into, const Region& region) {
    into.insert(into.end(), region.boxes().begin(), region.boxes().end());
}

// The boxes of those allows that demand it; of all without a demand.
std::vector<Box> allows_of(const Model& model, const Demand* demand = nullptr) {
    std::vector<Box> out;
    for (std::size_t i = model.bare.size(); i < model.rules.size(); ++i)
        if (demand == nullptr || demand->made_by(model.compiled(), model.compiled().rules[i]))
            add_boxes(out, model.rules[i]);
    return out;
}

std::vector<Box> forbids_of(const Model& model) {
    std::vector<Box> out;
    for (std::size_t i = 0; i < model.bare.size(); ++i) add_boxes(out, model.rules[i]);
    return out;
}

Cover cover_of(const std::vector<Box>& boxes) {
    Cover out;
    for (const Box& box : boxes) out.push_back(&box);
    return out;
}

void append(Cover& cover, const std::vector<Box>& boxes) {
    for (const Box& box : boxes) cover.push_back(&box);
}

// Of the first list, the boxes that are not in the second: only there can anything have changed.
std::vector<Box> changed(const std::vector<Box>& boxes, const std::vector<Box>& others) {
    std::vector<Box> out;
    for (const Box& box : boxes)
        if (std::ranges::find(others, box) == others.end()) out.push_back(box);
    return out;
}

// For each rule of the one, whether the other has one of the same id that decides the same.
std::vector<const CompiledRule*> twins_of(const Model& one, const Model& other) {
    std::vector<const CompiledRule*> out(one.rules.size());
    std::map<std::string_view, std::size_t> by_id;
    const auto& others = other.compiled().rules;
    for (std::size_t i = 0; i < others.size(); ++i) by_id.emplace(others[i].id, i);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const CompiledRule& rule = one.compiled().rules[i];
        const auto found = by_id.find(rule.id);
        if (found == by_id.end() || others[found->second].kind != rule.kind) continue;
        if (one.rules[i].boxes() == other.rules[found->second].boxes()) out[i] = &others[found->second];
    }
    return out;
}

// Boxes in which the one may demand what the other does not.
std::vector<Box> seeds_of(const Model& one, const Model& other, const std::vector<const CompiledRule*>& twins,
                          const Demand& demand) {
    std::vector<Box> out;
    for (std::size_t i = one.bare.size(); i < one.rules.size(); ++i) {
        if (!demand.made_by(one.compiled(), one.compiled().rules[i])) continue;
        if (twins[i] == nullptr || !demand.made_by(other.compiled(), *twins[i])) add_boxes(out, one.rules[i]);
    }
    return out;
}

class Planner {
public:
    Planner(const Policy& before, const Policy& after, const Space& space, const Model& old_model,
            const Model& new_model, Work& work)
        : m_before(before), m_after(after), m_space(space), m_old(old_model), m_new(new_model), m_work(work) {}

    Bounded<bool> run(Plan& plan) {
        TRY(only(m_new, m_old, Change::Kind::newly_allowed, plan));
        TRY(only(m_old, m_new, Change::Kind::newly_denied, plan));
        const Compiled* const policies[] = {&m_old.compiled(), &m_new.compiled()};
        Describer describer(m_space);
        std::vector<Part> parts;
        const auto old_twins = twins_of(m_old, m_new);
        const auto new_twins = twins_of(m_new, m_old);
        for (const Demand& demand : demands_of(policies)) {
            if (parts.size() >= changes_max) {
                plan.complete = false;
                break;
            }
            TRY(demanded(m_new, m_old, new_twins, demand, parts, plan));
            TRY(demanded(m_old, m_new, old_twins, demand, parts, plan));
        }
        add(Change::Kind::obligations, parts, plan);
        return true;
    }

private:
    // What the one policy allows and the other does not.
    Bounded<bool> only(const Model& one, const Model& other, Change::Kind kind, Plan& plan) {
        const auto its_allows = allows_of(one);
        const auto its_forbids = forbids_of(one);
        const auto other_allows = allows_of(other);
        const auto other_forbids = forbids_of(other);
        Describer describer(m_space);
        std::vector<Part> parts;
        Bounds bounds{{cover_of(its_allows)}, cover_of(its_forbids)};
        sekisho::policy::append(bounds.outside, m_space.impossible());

        Bounds no_longer = bounds; // forbidden by the other only
        no_longer.inside.push_back(cover_of(other_forbids));
        const auto freed = changed(other_forbids, its_forbids);
        plan.complete &= TRY(describer.describe(freed, its_allows, no_longer, changes_max, parts, m_work));

        append(bounds.outside, other_allows);
        const auto opened = changed(its_allows, other_allows);
        const std::vector<Box> everywhere{Box(m_space.shape())};
        plan.complete &= TRY(describer.describe(opened, everywhere, bounds, changes_max, parts, m_work));
        add(kind, parts, plan);
        return true;
    }

    // What both allow, and only the one with a demand.
    Bounded<bool> demanded(const Model& one, const Model& other, const std::vector<const CompiledRule*>& twins,
                           const Demand& demand, std::vector<Part>& parts, Plan& plan) {
        const auto seeds = seeds_of(one, other, twins, demand);
        if (seeds.empty()) return true;
        const auto with = allows_of(one, &demand);
        const auto others_with = allows_of(other, &demand);
        const auto others = allows_of(other);
        const auto its_forbids = forbids_of(one);
        const auto other_forbids = forbids_of(other);
        Bounds bounds{{cover_of(with), cover_of(others)}, cover_of(its_forbids)};
        append(bounds.outside, other_forbids);
        append(bounds.outside, others_with);
        sekisho::policy::append(bounds.outside, m_space.impossible());
        Describer describer(m_space);
        plan.complete &= TRY(describer.describe(seeds, others, bounds, changes_max, parts, m_work));
        return true;
    }

    void add(Change::Kind kind, const std::vector<Part>& parts, Plan& plan) {
        std::set<std::pair<Words, Words>> said;
        for (const Part& part : parts) {
            Change change;
            change.kind = kind;
            change.where = part.where;
            change.witness = sample_of(m_space, part.witness);
            const Asked asked(change.witness);
            change.before = m_before.decide(asked.request());
            change.after = m_after.decide(asked.request());
            change.what = kind == Change::Kind::obligations ? obligations(change) : by_rules(change);
            if (said.emplace(change.where, change.what).second) plan.changes.push_back(std::move(change));
        }
    }

    static Words by_rules(const Change& change) {
        const bool allowed = change.kind == Change::Kind::newly_allowed;
        const Decision& decision = change.after;
        const std::string rules = joined(decision.rules, ", ");
        if (allowed) {
            const Words required = joined(obligations_of(decision), ", ", "、");
            return {fmt::format("by {}; requires {}", rules, required.english),
                    fmt::format("{}による。条件は{}", rules, required.japanese)};
        }
        if (decision.ground == Ground::not_valid)
            return {"the policy is not valid on that day", "その日はポリシーの有効期間外です"};
        if (rules.empty()) return {"no rule allows it any more", "許可する規則がなくなります"};
        return {"by " + rules, rules + "による"};
    }

    // A choice that is mild on one side only is strict on the other: there it goes without saying, here it does not.
    static void add_strict(std::vector<Words>& into, const Decision& own, const Decision& other, const Policy& policy) {
        for (const Chosen& choice : other.mild) {
            const auto& choices = policy.compiled().choices;
            const auto row = std::ranges::find(choices, choice.name, &CompiledChoice::name);
            if (row != choices.end() && std::ranges::find(own.mild, choice) == own.mild.end())
                into.push_back(choice_words(row->name, row->strict));
        }
    }

    Words obligations(const Change& change) const {
        auto before = obligations_of(change.before);
        auto after = obligations_of(change.after);
        add_strict(before, change.before, change.after, m_after);
        add_strict(after, change.after, change.before, m_before);
        std::vector<Words> gone;
        std::vector<Words> fresh;
        std::ranges::copy_if(before, std::back_inserter(gone),
                             [&](const Words& one) { return std::ranges::find(after, one) == after.end(); });
        std::ranges::copy_if(after, std::back_inserter(fresh),
                             [&](const Words& one) { return std::ranges::find(before, one) == before.end(); });
        const Words no_longer = joined(gone, ", ", "、");
        const Words now = joined(fresh, ", ", "、");
        if (fresh.empty()) return {"no longer required: " + no_longer.english, "不要になる条件: " + no_longer.japanese};
        if (gone.empty()) return {"now required: " + now.english, "新しい条件: " + now.japanese};
        return {fmt::format("{} in place of {}", now.english, no_longer.english),
                fmt::format("{}に代わり{}", no_longer.japanese, now.japanese)};
    }

    const Policy& m_before;
    const Policy& m_after;
    const Space& m_space;
    const Model& m_old;
    const Model& m_new;
    Work& m_work;
};

using Members = std::set<std::pair<bool, std::string>>;

std::optional<Members> members_of(const Compiled& policy, const std::string& group) {
    const auto found = std::ranges::find(policy.groups, group);
    if (found == policy.groups.end()) return std::nullopt;
    const auto number = static_cast<std::size_t>(found - policy.groups.begin());
    Members out;
    for (const CompiledMember& member : policy.members)
        if (member.groups[number]) out.emplace(member.user, member.name);
    return out;
}

std::string listed(const Members& some, const Members& without, std::string_view sign) {
    std::vector<std::string> names;
    for (const auto& member : some)
        if (!without.contains(member)) names.push_back(fmt::format("{}{}", sign, member.second));
    return joined(names, " ");
}

// Who may approve is no attribute of a transfer: a group that is asked to and has other members now is told by itself.
void add_approvers(const Policy& before, const Policy& after, Plan& plan) {
    std::set<std::string> groups;
    for (const CompiledRule& rule : after.compiled().rules)
        for (const CompiledApproval& approval : rule.approvals) groups.insert(after.compiled().groups[approval.group]);
    for (const std::string& group : groups) {
        const auto old_members = members_of(before.compiled(), group);
        const auto new_members = members_of(after.compiled(), group);
        if (!old_members || !new_members || *old_members == *new_members) continue;
        std::vector<std::string> parts{listed(*new_members, *old_members, "+"),
                                       listed(*old_members, *new_members, "-")};
        std::erase(parts, "");
        const std::string who = joined(parts, " ");
        Change change;
        change.kind = Change::Kind::obligations;
        change.where = {fmt::format("everything that needs {} to approve", group),
                        fmt::format("{}の承認が要るすべての移動", group)};
        change.what = {fmt::format("who may approve: {}", who), fmt::format("承認できる人: {}", who)};
        plan.changes.push_back(std::move(change));
    }
}

} // namespace

Plan plan(const Policy& before, const Policy& after, Work work) {
    const Compiled* const policies[] = {&before.compiled(), &after.compiled()};
    const Space space(policies);
    Plan out;
    const auto old_model = Model::make(space, 0, work);
    const auto new_model = Model::make(space, 1, work);
    out.too_intricate = !old_model || !new_model;
    if (out.too_intricate) return out;
    out.too_intricate = !Planner(before, after, space, *old_model, *new_model, work).run(out);
    if (!out.too_intricate) add_approvers(before, after, out);
    return out;
}

std::string words(const Plan& plan, Language language) {
    const bool english = language == Language::english;
    struct Heading {
        Change::Kind kind;
        std::string_view english;
        std::string_view japanese;
    };
    constexpr std::array headings{Heading{Change::Kind::newly_allowed, "Newly allowed", "新しく許可されるもの"},
                                  Heading{Change::Kind::newly_denied, "Newly denied", "新しく拒否されるもの"},
                                  Heading{Change::Kind::obligations, "Other obligations", "条件が変わるもの"}};
    std::string out;
    for (const Heading& heading : headings) {
        bool headed = false;
        for (const Change& change : plan.changes) {
            if (change.kind != heading.kind) continue;
            if (!headed) out += fmt::format("{}\n", english ? heading.english : heading.japanese);
            headed = true;
            out +=
                fmt::format("  - {}\n    {}\n", visible(change.where.in(language)), visible(change.what.in(language)));
            if (change.witness.from.empty()) continue;
            out += fmt::format("    {}: {}\n", english ? "for example" : "例",
                               visible(words_of(change.witness).in(language)));
        }
    }
    if (plan.too_intricate)
        out += english ? "The policies are too intricate to compare: there may be more.\n"
                       : "込み入りすぎていて比べきれません。他にも違いがあるかもしれません。\n";
    else if (!plan.complete)
        out += english ? "There are more changes than are shown.\n" : "ここに示した他にも違いがあります。\n";
    if (plan.same()) out = english ? "Nothing changes.\n" : "変わることはありません。\n";
    return out;
}

} // namespace sekisho::policy
