#include "gateway/ledger/events.h"

#include <array>

namespace sekisho::ledger {

namespace {
constexpr std::array<std::string_view, static_cast<std::size_t>(Event::count)> names{
#define EVENT(id, name, ...) name,
#include "gateway/audit/events.def"
#undef EVENT
};
} // namespace

std::string_view name_of(Event event) {
    return names.at(static_cast<std::size_t>(event));
}

} // namespace sekisho::ledger
