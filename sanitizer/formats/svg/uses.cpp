#include "sanitizer/formats/svg/uses.h"

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::svg {

namespace {

constexpr std::size_t no_piece = SIZE_MAX;
constexpr std::uint64_t most_drawn = 1'000'000;
constexpr unsigned deepest_use = 64;

} // namespace

std::size_t Uses::piece_of(std::string_view id) {
    const auto [at, added] = m_names.try_emplace(std::string(id), m_pieces.size());
    if (added) m_pieces.emplace_back();
    return at->second;
}

void Uses::start(std::string_view id, std::string_view target) {
    m_open.push_back(id.empty() ? no_piece : piece_of(id));
    const std::size_t drawn = target.empty() ? no_piece : piece_of(target);
    const auto count = [&](Piece& piece) {
        ++piece.elements;
        if (drawn != no_piece) piece.targets.push_back(drawn);
    };
    count(m_pieces[0]);
    for (const std::size_t piece : m_open)
        if (piece != no_piece) count(m_pieces[piece]);
}

void Uses::end() {
    m_open.pop_back();
}

Result<std::uint64_t> Uses::cost(std::size_t piece, std::vector<State>& states, std::vector<std::uint64_t>& costs,
                                 unsigned depth) const {
    if (states[piece] == State::done) return costs[piece];
    if (states[piece] == State::open) return refuse(Reason::input_damaged);
    if (depth > deepest_use) return refuse(Reason::limit_members);
    states[piece] = State::open;
    std::uint64_t sum = m_pieces[piece].elements;
    for (const std::size_t target : m_pieces[piece].targets) {
        sum += TRY(cost(target, states, costs, depth + 1));
        if (sum > most_drawn + m_pieces[0].elements) return refuse(Reason::limit_members);
    }
    states[piece] = State::done;
    return costs[piece] = sum;
}

Result<> Uses::check() const {
    std::vector<State> states(m_pieces.size(), State::fresh);
    std::vector<std::uint64_t> costs(m_pieces.size());
    for (std::size_t piece = 0; piece < m_pieces.size(); ++piece) TRY(cost(piece, states, costs, 0));
    return {};
}

} // namespace sekisho::svg
