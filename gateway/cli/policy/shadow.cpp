// sekisho policy shadow [NEW]: lets a policy decide beside the one in force, without effect. Without NEW: what it would
// have decided differently until now.
//
// --json: {"now":{...},"asked":...,"same":...,"opened":...,"closed":...,"obligations":...,"by_rule":{...},
//  "by_department":{...}}; exit code 10 if it differed.
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

constexpr std::array options{
    OptionRow{"--stop", "", "end it", "終了する"},
    settings_option,
    json_option,
};

Result<judge::Summary> differences(GatewayLedger& gateway, const ledger::PolicyStatus& status) {
    judge::Summary summary;
    TRY(gateway.decisions(status.shadow_since, true, [&](const judge::Record& record) -> Result<> {
        if (record.shadow != status.shadow_digest) return {};
        judge::Difference difference;
        difference.before = TRY(judge::decode_answer(record.answer));
        difference.after = TRY(judge::decode_answer(record.shadow_answer));
        difference.flip = judge::flip_of(difference.before, difference.after);
        summary.add(record, difference);
        return {};
    }));
    // Those that came out the same are not listed.
    summary.same = status.shadow_asked - std::min(status.shadow_asked, summary.asked);
    summary.asked = status.shadow_asked;
    return summary;
}

Result<int> show(const Arguments& arguments, GatewayLedger& gateway, const ledger::PolicyStatus& status) {
    const judge::Summary summary = status.shadowing ? TRY(differences(gateway, status)) : judge::Summary();
    if (arguments.flag("--json")) {
        JsonWriter json;
        json.begin_object().key("now").raw(status_json(status));
        write_summary(json, summary);
        fmt::print("{}\n", json.end_object().take());
    } else {
        fmt::print("{}", status_lines(status));
        if (status.shadowing)
            fmt::print("{}", summary_lines(summary));
        else
            fmt::print("{}\n", either("no policy decides beside it", "並行判定中のポリシーはありません"));
    }
    return summary.asked > summary.same ? ExitCode::answer_is_no : ExitCode::done;
}

} // namespace

const Shape policy_shadow_shape{"[NEW]", options};

int policy_shadow(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        auto gateway = TRY(GatewayLedger::open(arguments));
        if (arguments.flag("--stop")) return show(arguments, gateway, TRY(gateway.shadow(nullptr)));
        if (arguments.operands().empty()) return show(arguments, gateway, TRY(gateway.status()));
        const auto opened = open_policy(arguments, TRY(policy_path(arguments)));
        if (!opened) return opened.error();
        const sign::Bundle candidate{named_texts(opened->files.sources), {}, {}};
        return show(arguments, gateway, TRY(gateway.shadow(&candidate)));
    });
}

} // namespace sekisho::cli
