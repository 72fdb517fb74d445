// scanner: loads the signatures, keeps the right to read them anew, and scans descriptors.
#include "gateway/daemon/daemon.h"
#include "gateway/scanner/channel.h"
#include "sanitizer/scan/service.h"

using namespace sekisho;

int main(int count, char** values) {
    const std::span<char* const> words(values + 1, static_cast<std::size_t>(count) - 1);
    if (!words.empty() && std::string_view(words[0]) == "--channel") return scanner::serve_channel(words);
    return run_daemon("scanner", count, values, [](Daemon& daemon) -> Result<> {
        const Settings& settings = daemon.settings();
        const auto number = [&](std::string_view name) { return static_cast<std::uint32_t>(settings.number(name)); };
        const scan::Options options{settings.text("signatures.directory"),
                                    daemon.state("scanner"),
                                    settings.number("scanner.largest_file"),
                                    settings.number("scanner.largest_scan"),
                                    number("scanner.files"),
                                    number("scanner.recursion"),
                                    number("scanner.seconds")};
        TRY(daemon.confine());
        const auto service = TRY(scan::Service::start(options, number("scanner.threads")));
        TRY(daemon.serve([&](Call call) {
            if (call.frame.type != worker::Scan::type || call.frame.descriptors.size() != 1) return call.close();
            auto shared = std::make_shared<Call>(std::move(call));
            service->submit(std::move(shared->frame.descriptors[0]), [&daemon, shared](const worker::Scanned& scanned) {
                daemon.loop().post([shared, scanned] { shared->answer(scanned); });
            });
        }));
        return daemon.run();
    });
}
