#include "tests/policy/analysis/oracle/random_policy.h"

#include <algorithm>

#include <fmt/format.h>

namespace sekisho::tests {

unsigned pick(Chance& chance, unsigned end) {
    return static_cast<unsigned>(chance() % end);
}

namespace {

constexpr std::array<std::uint64_t, 4> sizes{0, 10, 100, 1000};

bool likely(Chance& chance, unsigned percent) {
    return pick(chance, 100) < percent;
}

std::pair<unsigned, unsigned> random_days(Chance& chance) {
    const unsigned first = first_day + pick(chance, 20);
    return {first, first + pick(chance, 20)};
}

std::uint64_t mask(Chance& chance, unsigned size) {
    return 1 + pick(chance, (1U << size) - 1);
}

Tree leaf(Chance& chance, bool flows) {
    Tree out;
    do out.attribute = static_cast<Attribute>(pick(chance, attributes));
    while (!flows && (out.attribute == Attribute::flow_is || out.attribute == Attribute::flow_specific));
    out.sign = pick(chance, 4);
    switch (out.attribute) {
    case Attribute::from:
    case Attribute::to:
    case Attribute::origin:
        out.first = mask(chance, 3);
        break;
    case Attribute::type:
        out.first = mask(chance, type_names.size());
        break;
    case Attribute::size:
        out.first = sizes[pick(chance, sizes.size())];
        break;
    case Attribute::depth:
    case Attribute::members:
    case Attribute::data_count:
        out.first = pick(chance, 4);
        break;
    case Attribute::hours:
        out.first = pick(chance, 24) * 60;
        do out.last = pick(chance, 24) * 60;
        while (out.last == out.first);
        break;
    case Attribute::date:
        std::tie(out.first, out.last) = random_days(chance);
        break;
    case Attribute::level:
        out.first = mask(chance, 4);
        break;
    case Attribute::confidentiality:
        out.first = mask(chance, 5);
        break;
    case Attribute::channel:
        out.first = mask(chance, 6);
        break;
    case Attribute::day:
    case Attribute::user_in:
    case Attribute::recipient_in:
    case Attribute::name:
    case Attribute::flow_is:
        out.first = pick(chance, 2);
        break;
    default:
        out.first = pick(chance, 3);
    }
    return out;
}

Tree tree(Chance& chance, bool flows, unsigned depth) {
    if (depth == 0 || likely(chance, 35)) return leaf(chance, flows);
    Tree out;
    const unsigned kind = pick(chance, 10);
    out.kind = kind < 5 ? Tree::Kind::all : kind < 8 ? Tree::Kind::any : Tree::Kind::negation;
    const unsigned children = out.kind == Tree::Kind::negation ? 1 : 2 + pick(chance, 2);
    for (unsigned i = 0; i < children; ++i) out.children.push_back(tree(chance, flows, depth - 1));
    return out;
}

RandomRule random_rule(Chance& chance, RandomRule::Kind kind, std::string id, bool flows) {
    RandomRule out;
    out.kind = kind;
    out.id = std::move(id);
    const bool allow = kind == RandomRule::Kind::allow;
    do {
        out.from = pick(chance, allow ? 3 : 4);
        out.to = pick(chance, allow ? 3 : 4);
    } while (out.from == out.to && out.from != 3);
    if (likely(chance, 85)) out.when = tree(chance, flows, 2);
    if (kind == RandomRule::Kind::exception || (allow && likely(chance, 15))) out.until = first_day + pick(chance, 40);
    if (!allow) return out;
    out.level = likely(chance, 60) ? 0 : pick(chance, 3);
    if (likely(chance, 40)) out.approvals = 1 + pick(chance, 2);
    if (likely(chance, 30)) out.keep = 10 * (1 + pick(chance, 3));
    if (likely(chance, 20)) out.delay = 5 * (1 + pick(chance, 2));
    if (likely(chance, 20)) out.mark = likely(chance, 50) ? "secret" : "copy";
    return out;
}

RandomClaim random_claim(Chance& chance, bool must, std::string id, bool flows) {
    RandomClaim out;
    out.must = must;
    out.id = std::move(id);
    out.from = pick(chance, 3);
    out.to = (out.from + 1 + pick(chance, 2)) % 3;
    if (!must) {
        if (likely(chance, 50)) out.when = tree(chance, flows, 1);
        if (flows) out.unless = pick(chance, 3);
        return out;
    }
    // What the oracle can go through value by value.
    Tree type;
    type.attribute = Attribute::type;
    type.first = mask(chance, type_names.size());
    Tree size;
    size.attribute = Attribute::size;
    size.sign = 1;
    size.first = sizes[1 + pick(chance, sizes.size() - 1)];
    out.when = type;
    if (likely(chance, 50)) out.when = Tree{Tree::Kind::all, {type, size}, {}, 0, 0, 0};
    return out;
}

std::string day_text(std::uint64_t day) {
    constexpr std::array<unsigned, 4> lengths{30, 31, 30, 31};
    std::uint64_t left = day - first_day;
    unsigned month = 4;
    for (; left >= lengths[month - 4]; ++month) left -= lengths[month - 4];
    return fmt::format("2026-{:02}-{:02}", month, left + 1);
}

template <std::size_t size>
std::string masked(std::string_view attribute, std::uint64_t mask, const std::array<std::string_view, size>& names) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i)
        if (((mask >> i) & 1) != 0) out += fmt::format("{}{}", out.empty() ? "" : ", ", names[i]);
    return fmt::format("{} in {}", attribute, out);
}

std::string compared(std::string_view attribute, const Tree& tree, std::string_view unit) {
    constexpr std::array<std::string_view, 4> signs{"<", "<=", ">", ">="};
    return fmt::format("{} {} {}{}", attribute, signs[tree.sign], tree.first, unit);
}

std::string types_text(const Tree& tree) {
    std::string out;
    for (std::size_t i = 0; i < type_names.size(); ++i)
        if (((tree.first >> i) & 1) != 0) out += fmt::format("{}type is {}", out.empty() ? "" : " or ", type_names[i]);
    return "(" + out + ")";
}

std::string leaf_text(const Tree& tree) {
    constexpr std::array<std::string_view, 4> levels{"exact", "rebuild", "flatten", "text"};
    constexpr std::array<std::string_view, 5> classes{"1", "2", "3C", "3B", "3A"};
    constexpr std::array<std::string_view, 6> channels{"portal", "mail", "folder", "api", "sync", "flow"};
    switch (tree.attribute) {
    case Attribute::from:
        return masked("from", tree.first, zone_names);
    case Attribute::to:
        return masked("to", tree.first, zone_names);
    case Attribute::origin:
        return masked("origin", tree.first, zone_names);
    case Attribute::type:
        return types_text(tree);
    case Attribute::size:
        return compared("size", tree, "KB");
    case Attribute::depth:
        return compared("archive.depth", tree, "");
    case Attribute::members:
        return compared("archive.members", tree, "");
    case Attribute::data_count:
        return compared("dlp.count", tree, "");
    case Attribute::hours:
        return fmt::format("hours in {:02}:00..{:02}:00", tree.first / 60, tree.last / 60);
    case Attribute::date:
        return fmt::format("date in {}..{}", day_text(tree.first), day_text(tree.last));
    case Attribute::day:
        return fmt::format("day in c{}", tree.first);
    case Attribute::level:
        return masked("level", tree.first, levels);
    case Attribute::confidentiality:
        return masked("class", tree.first, classes);
    case Attribute::channel:
        return masked("channel", tree.first, channels);
    case Attribute::flow_specific:
        return "flow in specific";
    case Attribute::flow_is:
        return fmt::format("flow is \"T-00{}\"", tree.first);
    case Attribute::user_in:
        return fmt::format("user in g{}", tree.first);
    case Attribute::user_is:
        return fmt::format("user is \"{}\"", user_names[tree.first]);
    case Attribute::dept_is:
        return fmt::format("dept is \"{}\"", dept_names[tree.first]);
    case Attribute::recipient_in:
        return fmt::format("recipient in g{}", tree.first);
    case Attribute::recipient_is:
        return fmt::format("recipient is \"{}\"", user_names[tree.first]);
    case Attribute::finding:
        return fmt::format("findings has \"{}\"", finding_names[tree.first]);
    case Attribute::data:
        return fmt::format("dlp has {}", data_names[tree.first]);
    case Attribute::name:
        return fmt::format("name like \"{}\"", glob_texts[tree.first]);
    }
    return {};
}

std::string tree_text(const Tree& tree) {
    if (tree.kind == Tree::Kind::comparison) return leaf_text(tree);
    if (tree.kind == Tree::Kind::negation) return "not (" + tree_text(tree.children.front()) + ")";
    std::string out;
    for (const Tree& child : tree.children) {
        if (!out.empty()) out += tree.kind == Tree::Kind::all ? " and " : " or ";
        out += "(" + tree_text(child) + ")";
    }
    return out;
}

std::string obligations_text(const RandomRule& rule) {
    constexpr std::array<std::string_view, 3> levels{"rebuild", "flatten", "text"};
    std::string out = fmt::format("  require {}", levels[rule.level]);
    if (rule.approvals > 0) out += fmt::format(", approve {} by chief", rule.approvals);
    if (rule.keep) out += fmt::format(", keep {} days", *rule.keep);
    if (rule.delay) out += fmt::format(", delay {} minutes", *rule.delay);
    if (rule.mark) out += fmt::format(", watermark \"{}\"", *rule.mark);
    return out + "\n";
}

std::string rule_text(const RandomRule& rule) {
    constexpr std::array<std::string_view, 3> kinds{"allow", "forbid", "exception"};
    constexpr std::array<std::string_view, 4> zones{"internet", "lgwan", "mynumber", "any"};
    const bool exception = rule.kind == RandomRule::Kind::exception;
    std::string out =
        fmt::format("{} \"{} rule\"{}\n  from {} to {}\n", kinds[static_cast<std::size_t>(rule.kind)], rule.id,
                    exception ? fmt::format(" of \"{}\"", rule.of) : "", zones[rule.from], zones[rule.to]);
    if (rule.when) out += fmt::format("  when {}\n", tree_text(*rule.when));
    if (rule.kind == RandomRule::Kind::allow) out += obligations_text(rule);
    if (exception) out += "  requested by \"u\" approved by \"v\"\n";
    if (rule.until) out += fmt::format("  until {}\n", day_text(*rule.until));
    return out + "  reason \"a reason\"\n";
}

std::string claim_text(const RandomClaim& claim) {
    std::string out = fmt::format("{} \"{} claim\" {} reaches {}", claim.must ? "must" : "never", claim.id,
                                  zone_names[claim.from], zone_names[claim.to]);
    if (claim.when) out += fmt::format(" when {}", tree_text(*claim.when));
    if (claim.unless == 1) out += " unless flow in specific";
    if (claim.unless == 2) out += " unless flow \"T-001\"";
    return out + "\n";
}

std::string members_text(const RandomGroup& group) {
    std::string out;
    const auto put = [&](std::string_view kind, std::string_view name) {
        out += fmt::format("{} {} \"{}\"", out.empty() ? "" : ",", kind, name);
    };
    for (const unsigned user : group.users) put("user", user_names[user]);
    for (const unsigned dept : group.depts) put("dept", dept_names[dept]);
    return out;
}

void add_rules(RandomPolicy& out, Chance& chance) {
    const bool flows = !out.flows.empty();
    const unsigned allows = 1 + pick(chance, 5);
    const unsigned forbids = pick(chance, 4);
    for (unsigned i = 0; i < allows; ++i)
        out.rules.push_back(random_rule(chance, RandomRule::Kind::allow, fmt::format("R-{:03}", i), flows));
    for (unsigned i = 0; i < forbids; ++i)
        out.rules.push_back(random_rule(chance, RandomRule::Kind::forbid, fmt::format("F-{:03}", i), flows));
    if (forbids == 0 || !likely(chance, 50)) return;
    out.rules.push_back(random_rule(chance, RandomRule::Kind::exception, "E-000", flows));
    RandomRule& exception = out.rules.back();
    exception.of = fmt::format("F-{:03}", pick(chance, forbids));
    const auto of = std::ranges::find(out.rules, exception.of, &RandomRule::id);
    if (of->from != 3) exception.from = of->from;
    if (of->to != 3) exception.to = of->to;
    if (exception.from == exception.to && exception.from != 3) exception.to = 3;
    if (exception.to == 3 && of->to != 3) exception.from = 3, exception.to = of->to;
}

} // namespace

RandomPolicy random_policy(Chance& chance) {
    RandomPolicy out;
    if (likely(chance, 30)) out.valid = {first_day, first_day + 10 + pick(chance, 20)};
    out.groups = {{{0}, {0, 1}}, {{pick(chance, 3)}, {pick(chance, 3)}}};
    if (likely(chance, 50))
        for (unsigned i = 0; i < 2; ++i) {
            const unsigned from = pick(chance, 3);
            out.flows.push_back({from, (from + 1 + pick(chance, 2)) % 3});
        }
    out.calendar = random_days(chance);
    out.closed = random_days(chance);
    add_rules(out, chance);
    out.claims.push_back(random_claim(chance, false, "N-000", !out.flows.empty()));
    if (likely(chance, 30)) out.claims.push_back(random_claim(chance, true, "M-000", false));
    return out;
}

RandomPolicy changed(const RandomPolicy& policy, Chance& chance) {
    RandomPolicy out = policy;
    const unsigned changes = 1 + pick(chance, 2);
    for (unsigned i = 0; i < changes; ++i) {
        const unsigned at = pick(chance, static_cast<unsigned>(out.rules.size()));
        RandomRule fresh = random_rule(chance, out.rules[at].kind, out.rules[at].id, !out.flows.empty());
        fresh.of = out.rules[at].of;
        const bool excepted = std::ranges::find(out.rules, fresh.id, &RandomRule::of) != out.rules.end();
        if (likely(chance, 40) || !fresh.of.empty() || excepted) { // only what it requires
            fresh.when = out.rules[at].when;
            fresh.from = out.rules[at].from;
            fresh.to = out.rules[at].to;
            fresh.until = out.rules[at].until;
        }
        out.rules[at] = std::move(fresh);
    }
    if (likely(chance, 10)) out.groups[1] = {{pick(chance, 3)}, {pick(chance, 3)}};
    return out;
}

std::string RandomPolicy::text() const {
    std::string out = "policy \"by chance\" version 1";
    if (valid) out += fmt::format(" valid {}..{}", day_text(valid->first), day_text(valid->second));
    out += "\nzone internet, lgwan, mynumber\n";
    for (std::size_t i = 0; i < groups.size(); ++i) out += fmt::format("group g{} ={}\n", i, members_text(groups[i]));
    out += "group chief = user \"ann\"\n";
    out += fmt::format("calendar c0 = {}..{}\n", day_text(calendar.first), day_text(calendar.second));
    out += fmt::format("calendar c1 = c0 except {}..{}\n", day_text(closed.first), day_text(closed.second));
    for (std::size_t i = 0; i < flows.size(); ++i)
        out += fmt::format("flow \"T-00{}\"\n  from {} host 192.0.2.1 mac 02:00:00:00:00:01 port 1\n"
                           "  to {} host 192.0.2.2 mac 02:00:00:00:00:02 port 2\n  peer eltax\n  reason \"r\"\n",
                           i, zone_names[flows[i].from], zone_names[flows[i].to]);
    for (const RandomRule& rule : rules) out += rule_text(rule);
    for (const RandomClaim& claim : claims) out += claim_text(claim);
    return out;
}

} // namespace sekisho::tests
