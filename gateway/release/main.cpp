// release: reads the verifier's public key, gives up everything but two folders, and moves what may move.
#include "gateway/daemon/daemon.h"
#include "gateway/release/service.h"

using namespace sekisho;

int main(int count, char** values) {
    return run_daemon("release", count, values, [](Daemon& daemon) -> Result<> {
        const std::string path = public_key_path("verifier", daemon.settings());
        const std::string text(as_text(TRY(read_file(path, 65))));
        const Bytes key = TRY(from_hex(std::string_view(text).substr(0, 64)));
        release::Options options{daemon.state("staging"), daemon.state("egress"), {}};
        if (key.size() != options.verifier.size()) return reject("daemon.key", "a public key has 64 digits", path);
        std::copy(key.begin(), key.end(), options.verifier.begin());
        TRY(daemon.confine());
        const release::Service service(std::move(options));
        TRY(daemon.serve([&](Call call) { service.handle(call); }));
        return daemon.run();
    });
}
