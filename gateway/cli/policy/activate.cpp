// sekisho policy activate FILE [SIGNATURES...]: hands a signed policy to the gateway, which checks and proves it.
//
// --json: as `sekisho policy history --json` has its "now".
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/policy_words.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/cli/policy/verbs.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{settings_option, json_option};

} // namespace

const Shape policy_activate_shape{"[FILE [SIGNATURES...]]", options};

int policy_activate(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        const auto& operands = arguments.operands();
        const std::string path = operands.empty() ? TRY(gateway_policy(arguments)) : operands.front();
        const PolicyFiles files = TRY(read_policy(path));
        const std::span<const std::string> signatures(operands.begin() + (operands.empty() ? 0 : 1), operands.end());
        const sign::Bundle bundle = TRY(bundle_of(path, files.sources, signatures));
        const auto status = TRY(TRY(GatewayLedger::open(arguments)).activate(bundle));
        if (arguments.flag("--json"))
            fmt::print("{}\n", status_json(status));
        else
            fmt::print("{}", status_lines(status));
        return ExitCode::done;
    });
}

} // namespace sekisho::cli
