// sekisho up: the launcher for machines without systemd.
#include "gateway/cli/up.h"

#include "gateway/cli/exit_code.h"
#include "gateway/cli/verbs.h"
#include "gateway/launch/launch.h"

namespace sekisho::cli {

int up(const Arguments& arguments) {
    launch::Options options;
    options.settings = arguments.value("--settings").value_or(std::string(usual_settings));
    options.isolate = arguments.flag("--isolate");
    const auto ran = launch::run(options);
    return ran ? ExitCode::done : complain(ran.error());
}

int up(std::span<const std::string> words) {
    const auto arguments = Arguments::parse(words, up_options);
    return arguments ? up(*arguments) : complain(arguments.error());
}

} // namespace sekisho::cli
