// Ways of a file from zone to zone. Inside the room only.
#pragma once

#include <optional>
#include <vector>

#include "policy/analysis/model.h"

namespace sekisho::policy {

struct Way {
    std::size_t from = 0; // zones, by number
    std::size_t to = 0;
    const Box* allow = nullptr; // of the model
    std::size_t rule = 0;
    Box left; // a part of the allow that nothing denies
};

class Paths {
public:
    // Borrows the model.
    explicit Paths(const Model& model);

    // A shortest way from one zone to another on which every hop is allowed to some of `files`, whose origin is the
    // first zone, and lies outside of `excused`. Empty: there is none.
    Bounded<std::vector<Way>> shortest(std::size_t from, std::size_t to, const Region& files, const Region& excused,
                                       Work& work) const;
    const Cover& denied() const { return m_denied; }

private:
    Bounded<std::optional<Way>> hop(std::size_t from, std::size_t to, std::size_t origin, const Region& files,
                                    const Cover& denied, Work& work) const;

    const Model& m_model;
    Cover m_denied;
};

} // namespace sekisho::policy
