// The requests that the rules of some policies can tell apart: each attribute is a dimension, and values that no rule
// of these policies distinguishes are one class. So a request is a point, and a condition a union of boxes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "policy/analysis/box.h"
#include "policy/analysis/region.h"
#include "policy/engine/compiled.h"

namespace sekisho::policy {

enum class Axis : std::uint8_t {
    from, // the last class: a zone that is not declared
    to,
    origin, // from here to `recipient`: the last class is the value that is not known
    type,
    size,
    depth,
    members,
    data_count,
    minute,
    day,
    level,
    confidentiality,
    channel,
    flow,
    sender,
    recipient,
    findings, // from here on: class 0 no, class 1 yes. Whether it is known what was found
    data,     // whether it is known what personal data there is
    name,     // whether the name is known
    sender_group,
    recipient_group,
    finding,
    data_kind,
    glob
};

inline constexpr std::size_t yes_class = 1;

struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0; // included
};

struct Dimension {
    Axis axis = Axis::from;
    // For each class, the names that are in it: of zones, types, users (empty: one whom no rule names), flows (empty:
    // none) and so on. Of yes and no, for yes: the codes, groups or globs (UTF-8) that it is about.
    std::vector<std::vector<std::string>> names;
    std::vector<std::vector<Range>> ranges; // in place of names: of numbers, minutes and days
    std::size_t unknown = 0;                // the class of the value that is not known, if there is one
};

// The part of a dimension.
struct Piece {
    std::size_t dimension = 0;
    Classes set;
};

// A comparison: yes where any of the pieces is and it is not unknown.
struct Atom {
    Piece unknown;
    std::vector<Piece> yes;
};

class Space {
public:
    // Borrows the policies.
    explicit Space(std::span<const Compiled* const> policies);

    const Shape& shape() const { return m_shape; }
    std::span<const Dimension> dimensions() const { return m_dimensions; }
    std::size_t dimension(Axis axis) const; // of an axis before `sender_group`
    std::size_t policies() const { return m_policies.size(); }
    const Compiled& policy(std::size_t index) const { return *m_policies[index]; }

    // What a comparison of a policy asks.
    const Atom& atom(std::size_t policy, const Step& step) const;
    // Nothing: any zone.
    std::optional<Classes> zone(std::size_t policy, std::uint8_t zone) const;
    Classes days(Range range) const;
    // Of one flow; of any that the policy declares without an id.
    Atom flow_atom(std::size_t policy, const std::string* id) const;
    // Whether any rule asks for that attribute.
    bool asked(std::size_t dimension) const { return m_asked[dimension]; }
    // Points that stand for no request: a flow between zones that are not its own.
    const Region& impossible() const { return m_impossible; }

private:
    friend class SpaceBuilder;
    using Key = std::tuple<std::size_t, Test, Operator, std::uint64_t, std::uint64_t>;

    Atom make_atom(std::size_t policy, const Step& step) const;
    Atom named(Axis axis, const Classes& yes, const Classes& unknown) const;
    Atom zones(std::size_t policy, Axis axis, std::uint64_t mask) const;
    Atom types(std::size_t policy, const Step& step) const;
    Atom numbers(Axis axis, const Step& step) const;
    Atom masked(Axis axis, std::uint64_t mask) const;
    Atom calendar(std::size_t policy, std::size_t number) const;
    Atom flows(std::size_t policy, const Step& step) const;
    Atom people(std::size_t policy, const Step& step) const;
    Atom yes_no(Axis known, Axis axis, const std::string& name) const;
    static bool means(const Compiled& policy, const Step& step, std::size_t member);
    Classes inside(std::size_t dimension, std::span<const Range> ranges) const;

    struct Flow {
        std::string from;
        std::string to;
        std::set<std::size_t> policies; // that declare it so
    };

    std::vector<const Compiled*> m_policies;
    Shape m_shape;
    std::vector<Dimension> m_dimensions;
    std::vector<std::size_t> m_of_axis;
    std::map<std::pair<Axis, std::string>, std::size_t> m_named; // the dimension of a name; of a user, the class
    std::vector<Flow> m_flows;                                   // those of class 1, 2, ...
    Region m_impossible;
    std::map<Key, Atom> m_atoms;
    std::vector<bool> m_asked;
};

// The name of a glob as the policy writes it.
std::string utf8_of(const std::u32string& text);

} // namespace sekisho::policy
