#include "gateway/launch/sockets.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/ipc/frame.h"

namespace sekisho::launch {

namespace {

// Closed to everybody until it has its owner.
Result<Descriptor> serve_at(const Instance& instance, const Settings& settings) {
    const std::string path = socket_path(instance.row->name, settings);
    Descriptor socket = TRY(listen_at(path, 0600));
    if (lchown(path.c_str(), instance.user_id(), peers_group_id(*instance.row)) != 0 || chmod(path.c_str(), 0660) != 0)
        return fail_errno("launch.socket", "give a socket its owner", path);
    return socket;
}

Result<Station> make_station(const Instance& instance, const Settings& settings, bool isolate) {
    Station station;
    station.instance = instance;
    if (instance.row->has(serves)) station.sockets.push_back({"socket", TRY(serve_at(instance, settings))});
    if (instance.row->has(listens)) {
        ZoneNetwork network = TRY(open_zone(*instance.zone, isolate));
        station.sockets.push_back({"tls", std::move(network.listener)});
        station.name_space = std::move(network.name_space);
    }
    return station;
}

} // namespace

Result<std::vector<Station>> make_stations(const Settings& settings, bool isolate) {
    std::vector<Station> stations;
    for (const Instance& instance : all_instances(settings))
        stations.push_back(TRY(make_station(instance, settings, isolate)));
    return stations;
}

void remove_sockets(const Settings& settings) {
    for (const ProcessRow& row : all_processes())
        if (row.has(serves)) unlink(socket_path(row.name, settings).c_str());
}

} // namespace sekisho::launch
