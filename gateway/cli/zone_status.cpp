// sekisho zone status: what runs, beside what the process table says.
//
// --json: one object per process and line:
// {"process":"ledger","pid":12,"workers":0,"equal":true,"items":[{"item":"user","found":"...","wanted":"...",
//  "equal":true,"warning":""},...]}
// and a last line {"policy":{...}} as `sekisho policy history --json` has its "now", if the ledger answers.
#include <algorithm>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text/json_writer.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/policy_words.h"
#include "gateway/cli/up.h"
#include "gateway/cli/verbs.h"
#include "gateway/launch/census.h"

namespace sekisho::cli {

namespace {

void print_json(const launch::Counted& counted) {
    JsonWriter json;
    json.begin_object().member("process", counted.process).member("pid", counted.id);
    json.member("workers", counted.workers).member("equal", counted.equal()).key("items").begin_array();
    for (const launch::Item& item : counted.items)
        json.begin_object()
            .member("item", item.name)
            .member("found", item.found)
            .member("wanted", item.wanted)
            .member("equal", item.equal)
            .member("warning", item.warning)
            .end_object();
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

void print_text(const launch::Counted& counted) {
    fmt::print("{}{}\n", counted.process, counted.id == 0 ? "" : fmt::format(" (process {})", counted.id));
    for (const launch::Item& item : counted.items) {
        const char* mark = !item.equal ? "NO" : item.warning.empty() ? "yes" : "(!)";
        fmt::print("  {:<3} {:<15} {}\n", mark, item.name, item.found);
        if (item.equal && !item.warning.empty()) fmt::print("  {:<19} {}\n", "", item.warning);
        if (!item.equal) fmt::print("  {:<19} wanted: {}\n", "", item.wanted);
    }
}

// What the ledger says is in force; it says nothing if it is down, which the census tells.
void print_policy(const Arguments& arguments, const Settings& settings) {
    const auto status = GatewayLedger{Client(socket_path("ledger", settings))}.status();
    if (!status) return;
    if (arguments.flag("--json"))
        fmt::print("{{\"policy\":{}}}\n", status_json(*status));
    else
        fmt::print("\n{}", status_lines(*status));
}

} // namespace

int zone_status(const Arguments& arguments) {
    if (geteuid() != 0)
        return complain(
            Error{ErrorKind::reject, "not-permitted", "looking into other users' processes needs root", {}, {}});
    const auto settings = Settings::load(arguments.value("--settings").value_or(std::string(usual_settings)));
    if (!settings) return complain(settings.error());
    const auto census = launch::take_census(*settings);
    for (const launch::Counted& counted : census) arguments.flag("--json") ? print_json(counted) : print_text(counted);
    const bool warned = std::ranges::any_of(census, [](const launch::Counted& counted) {
        return std::ranges::any_of(counted.items, [](const launch::Item& item) { return !item.warning.empty(); });
    });
    if (warned)
        fmt::print(stderr, "{}\n",
                   speaks_japanese() ? "警告：各領域がこのマシンのネットワークを共有しています。実運用では --isolate を付けて起動してください。"
                                     : "Warning: the zones share this machine's network. For real use start it with --isolate.");
    print_policy(arguments, *settings);
    return std::ranges::all_of(census, &launch::Counted::equal) ? ExitCode::done : ExitCode::answer_is_no;
}

int zone_status(std::span<const std::string> words) {
    const auto arguments = Arguments::parse(words, zone_status_options);
    return arguments ? zone_status(*arguments) : complain(arguments.error());
}

} // namespace sekisho::cli
