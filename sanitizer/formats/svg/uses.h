// How much a drawing grows when every `use` is drawn: a few lines can stand for millions of shapes, or for themselves.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error/error.h"

namespace sekisho::svg {

class Uses {
public:
    // Every element that is written, in order; `id` may be empty; `target` is the name that a `use` draws.
    void start(std::string_view id, std::string_view target);
    void end();
    // Refuses Reason::limit_members for too many shapes, Reason::input_damaged for what draws itself.
    Result<> check() const;

private:
    struct Piece {
        std::uint64_t elements = 0;       // its own
        std::vector<std::size_t> targets; // pieces that it draws
    };
    enum class State : std::uint8_t { fresh, open, done };

    std::size_t piece_of(std::string_view id);
    Result<std::uint64_t> cost(std::size_t piece, std::vector<State>& states, std::vector<std::uint64_t>& costs,
                               unsigned depth) const;

    std::vector<Piece> m_pieces{Piece()}; // the first is the whole drawing
    std::unordered_map<std::string, std::size_t> m_names;
    std::vector<std::size_t> m_open; // of each open element: its piece, or none
};

} // namespace sekisho::svg
