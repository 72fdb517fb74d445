#include "suite.h"

#include <csignal>
#include <unistd.h>

namespace sekisho::tests {

Suite::Suite(const worker::Options& options, const std::string& folder) {
    std::signal(SIGPIPE, SIG_IGN);
    auto channel =
        worker::Pool::launch_converter((folder.empty() ? SEKISHO_BIN_DIR : folder) + "/sekisho-converter", options);
    if (channel) m_channel = std::move(*channel);
    m_converter.emplace(m_channel, m_budget);
}

bool Suite::is_installed() {
    return access(SEKISHO_BIN_DIR "/sekisho-converter-suite.so", R_OK) == 0 &&
           access("/usr/lib/libreoffice/program/libswlo.so", R_OK) == 0;
}

worker::Options Suite::usual_options() {
    worker::Options options;
    options.idle = 1;
    options.parallel = 2;
    options.memory = worker::convert_memory;
    return options;
}

Result<Bytes> Suite::convert(View document, const Conversion& conversion) {
    MemorySink out(1ULL << 30);
    TRY(m_converter->convert(MemorySource(document), out, conversion));
    return out.take();
}

} // namespace sekisho::tests
