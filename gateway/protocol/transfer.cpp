#include "gateway/protocol/transfer.h"

#include "base/crypto/crypto.h"

#include <cstring>

namespace sekisho {

void wipe(std::vector<std::string>& passwords) {
    for (std::string& password : passwords) explicit_bzero(password.data(), password.size());
    passwords.clear();
}

namespace {
constexpr std::array<std::string_view, 11> state_names{"uploading", "received",  "processing", "releasing",
                                                       "held",      "delivered", "refused",    "sent-back",
                                                       "failed",    "withdrawn", "expired"};
constexpr std::array<std::string_view, 3> stage_names{"scan", "sanitize", "verify"};
} // namespace

std::string to_text(const TransferId& id) {
    return to_hex(id);
}

Result<TransferId> transfer_id_of(std::string_view text) {
    const Bytes bytes = TRY(from_hex(text));
    TransferId id{};
    if (bytes.size() != id.size()) return reject("transfer.id", "a transfer id has 32 hexadecimal digits");
    std::copy(bytes.begin(), bytes.end(), id.begin());
    return id;
}

TransferId new_transfer_id() {
    TransferId id{};
    fill_random(id);
    return id;
}

std::string_view name_of(State state) {
    static_assert(state_names.size() == static_cast<std::size_t>(State::count));
    return state < State::count ? state_names[static_cast<std::size_t>(state)] : "unknown";
}

std::string_view name_of(Stage stage) {
    static_assert(stage_names.size() == static_cast<std::size_t>(Stage::count));
    return stage < Stage::count ? stage_names[static_cast<std::size_t>(stage)] : "unknown";
}

} // namespace sekisho
