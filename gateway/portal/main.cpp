// portal@ZONE: reads its certificate, gives up everything but its listener and two peers, and serves people.
#include <thread>

#include "gateway/daemon/daemon.h"
#include "gateway/portal/http/listener.h"
#include "gateway/portal/router.h"
#include "sanitizer/name/name.h"

using namespace sekisho;

int main(int count, char** values) {
    return run_daemon("portal", count, values, [](Daemon& daemon) -> Result<> {
        portal::Options options;
        for (const Zone& zone : daemon.settings().zones())
            options.zones.push_back({zone.name, zone.title_ja, zone.title_en});
        options.zone = options.zones.at(daemon.zone()->index);
        options.ledger_socket = daemon.peer_path("ledger");
        options.auth_socket = daemon.peer_path("auth");
        options.largest_upload = daemon.settings().number("ledger.largest_upload");
        const auto tls = TRY(portal::TlsServer::create(daemon.zone()->certificate, daemon.zone()->key));
        const Descriptor listener = TRY(daemon.take_socket("tls"));
        warm_up_names();
        TRY(daemon.confine());
        const auto connected = [&]() -> portal::Handler {
            return [&options, peers = std::make_shared<portal::Peers>(options)](const portal::Request& request) {
                return portal::answer(options, *peers, request);
            };
        };
        portal::Listener door(*tls, connected, {});
        std::thread([&] { (void)door.accept_for_ever(listener); }).detach();
        auto ran = daemon.run();
        std::_Exit(ran ? 0 : 1); // connections may still be waiting for their clients
    });
}
