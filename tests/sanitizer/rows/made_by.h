// Files that another program makes of what the test wrote.
#pragma once

#include <string>

#include "base/bytes/bytes.h"
#include "tests/sanitizer/formats/archive_foreign/samples.h"

namespace sekisho::rows {

// Runs a command in a folder of its own that holds `in`; the command leaves `out` there.
inline Bytes made_by(const std::string& command, View input, const std::string& output = "out") {
    const tests::Workbench bench;
    bench.write("in", as_text(input));
    if (!bench.run(command)) bug("the sample could not be made: " + command);
    return to_bytes(bench.read(output));
}

} // namespace sekisho::rows
