// sekisho policy matrix: who may send what where.
//
// --json:
// {"title","zones":[...],"cells":[{"from","to","closed","allows":[{"rule","title","condition","obligations"}],
//  "forbids":[...]}]}
#include <array>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/matrix.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--svg", "PICTURE", "write a picture (SVG) instead of the table", "表の代わりに図（SVG）をPICTUREに書く"},
    settings_option,
    json_option,
};

constexpr unsigned everybody_reads = 0644;

Result<int> draw(const Arguments& arguments) {
    const auto opened = open_policy(arguments, TRY(named_policy(arguments)));
    if (!opened) return opened.error();
    policy::Matrix found;
    {
        const Progress progress(std::string(either("looking at every pair of zones", "ゾーンの組を調べています")));
        found = policy::matrix(opened->policy);
    }
    if (const auto picture = arguments.value("--svg")) {
        TRY(write_file_durably(*picture, as_view(policy::svg(found, language())), everybody_reads));
        fmt::print(stderr, fmt::runtime(either("written: {}\n", "{} に書きました\n")), *picture);
        if (!arguments.flag("--json")) return ExitCode::done;
    }
    if (arguments.flag("--json"))
        fmt::print("{}\n", policy::json(found));
    else
        fmt::print("{}", policy::table(found, language()));
    return ExitCode::done;
}

} // namespace

constinit const Shape policy_matrix_shape{"[FILE]", options};

int policy_matrix(const Arguments& arguments) {
    return finish([&] { return draw(arguments); });
}

} // namespace sekisho::cli
