// sekisho policy history: every policy that was put into force, newest first; what is in force now stands before it.
//
// --json: {"now":{"in_force":true,"problem":"","policy":{...},"shadow":null},"history":[{...},...]}
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/policy_words.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/verbs.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{settings_option, json_option};

} // namespace

const Shape policy_history_shape{"", options};

int policy_history(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        auto gateway = TRY(GatewayLedger::open(arguments));
        const auto status = TRY(gateway.status());
        const auto history = TRY(gateway.history());
        if (arguments.flag("--json")) {
            JsonWriter json;
            json.begin_object().key("now").raw(status_json(status)).key("history").begin_array();
            for (const ledger::PolicyEntry& entry : history) write_entry(json, entry);
            fmt::print("{}\n", json.end_array().end_object().take());
            return ExitCode::done;
        }
        fmt::print("{}", status_lines(status));
        fmt::print("\n");
        for (const ledger::PolicyEntry& entry : history) fmt::print("{}\n", entry_line(entry));
        return ExitCode::done;
    });
}

} // namespace sekisho::cli
