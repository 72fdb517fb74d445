// sekisho formats: the catalogue as a table.
#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/formats_table.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {

int formats(const Arguments& arguments) {
    if (arguments.flag("--json"))
        fmt::print("{}\n", formats_as_json());
    else if (arguments.flag("--manual"))
        fmt::print("{}", formats_as_manual());
    else
        fmt::print("{}", formats_as_text(speaks_japanese()));
    return ExitCode::done;
}

} // namespace sekisho::cli
