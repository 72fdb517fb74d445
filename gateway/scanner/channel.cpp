#include "gateway/scanner/channel.h"

#include <fmt/format.h>

#include "base/confine/confine.h"
#include "base/ipc/frame.h"
#include "sanitizer/scan/engine.h"

namespace sekisho::scanner {

namespace {

constexpr int channel_descriptor = 3;

Result<> serve(const scan::Options& options) {
    const Descriptor channel(channel_descriptor);
    const auto engine = TRY(scan::Engine::load(options));
    Confinement confinement;
    confinement.process = "scanner";
    confinement.groups = {SyscallGroup::base, SyscallGroup::messages, SyscallGroup::files_read,
                          SyscallGroup::files_write, SyscallGroup::threads};
    confinement.writable = {options.temporary};
    confinement.most_processes = 64;
    TRY(confine(confinement));
    for (;;) {
        const auto question = receive_frame(channel);
        if (!question) return {};
        if (question->type != worker::Scan::type || question->descriptors.size() != 1)
            return reject("ipc.malformed", "not a question for a scanner");
        TRY(send_frame(channel, worker::Scanned::type, question->call, encode(engine->scan(question->descriptors[0]))));
    }
}

} // namespace

int serve_channel(std::span<char* const> words) {
    if (words.size() != 3) return 2;
    scan::Options options;
    options.directory = words[1];
    options.temporary = words[2];
    const auto served = serve(options);
    if (served) return 0;
    fmt::print(stderr, "sekisho-scanner: {}\n", to_line(served.error()));
    return 1;
}

} // namespace sekisho::scanner
