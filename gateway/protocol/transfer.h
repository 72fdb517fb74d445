// The words that every process of the gateway shares.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ipc/codec.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho {

// 128 random bits; 32 lower-case hexadecimal digits as text. Unguessable, but never a permission by itself.
using TransferId = std::array<std::uint8_t, 16>;
std::string to_text(const TransferId& id);
Result<TransferId> transfer_id_of(std::string_view text);
TransferId new_transfer_id();

// Where a transfer is. The journal stores the number: append, never reorder.
enum class State : std::uint8_t {
    uploading,  // 送信中
    received,   // 無害化中: durable and acknowledged, waiting for the conveyor
    processing, // 無害化中: leased by the conveyor
    releasing,  // 無害化中: decided deliver, the move is under way
    held,       // 承認待ち
    delivered,  // 受取可
    refused,    // 差戻し by policy or sanitiser
    sent_back,  // 差戻し by an approver
    failed,     // 差戻し: the environment failed too often
    withdrawn,  // ended by the sender before delivery
    expired,    // kept as long as policy said, content deleted
    count
};
std::string_view name_of(State state);
// Whether nothing more is made of its content.
constexpr bool has_ended(State state) {
    return state >= State::delivered;
}

enum class Stage : std::uint8_t { scan, sanitize, verify, count };
std::string_view name_of(Stage stage);

// Who acts: told by `auth`, carried by the portal, believed by the ledger because only portals may say it.
struct Person {
    std::string account; // of this zone: "tanaka"
    std::string person;  // the same in every zone: "p-0001"
    std::string display; // "田中 太郎"
    std::vector<std::string> groups;
    static void fields(auto& self, auto& codec) {
        codec.text(self.account, 64);
        codec.text(self.person, 64);
        codec.text(self.display, 128);
        codec.texts(self.groups, 32, 64);
    }
};

// Overwrites passwords that are not needed any more, and forgets them.
void wipe(std::vector<std::string>& passwords);

// One finding as it crosses process borders.
using FindingRecord = worker::WireEntry;

} // namespace sekisho
