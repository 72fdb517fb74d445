// The ledger of this machine's gateway, asked as its operator (root).
#pragma once

#include <functional>

#include "base/ipc/client.h"
#include "gateway/cli/arguments.h"
#include "gateway/judge/record.h"
#include "gateway/protocol/policy.h"
#include "policy/sign/bundle.h"

namespace sekisho::cli {

inline constexpr OptionRow settings_option{"--settings", "FILE", "settings (default: /etc/sekisho/sekisho.toml)",
                                           "設定ファイル（既定：/etc/sekisho/sekisho.toml）"};
inline constexpr OptionRow json_option{"--json", "", "as JSON", "JSONで出力"};

class GatewayLedger {
public:
    static Result<GatewayLedger> open(const Arguments& arguments);
    explicit GatewayLedger(Client client) : m_client(std::move(client)) {}

    Result<ledger::PolicyStatus> status();
    // Checked, proved and journalled by the ledger; may take some seconds.
    Result<ledger::PolicyStatus> activate(const sign::Bundle& bundle);
    // Nothing: ends it.
    Result<ledger::PolicyStatus> shadow(const sign::Bundle* candidate);
    Result<std::vector<ledger::PolicyEntry>> history();
    struct Kept {
        ledger::PolicyEntry entry;
        sign::Bundle bundle;
    };
    Result<Kept> kept(std::uint64_t number); // 0: the newest
    // Each recorded decision since then, oldest first.
    using Take = std::function<Result<>(const judge::Record&)>;
    Result<> decisions(std::int64_t since, bool differences, const Take& take);

private:
    Client m_client;
};

} // namespace sekisho::cli
