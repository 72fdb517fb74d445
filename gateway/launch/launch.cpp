#include "gateway/launch/launch.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/launch/ground.h"
#include "gateway/launch/supervisor.h"

namespace sekisho::launch {

namespace {

Result<std::string> whole_path(const std::string& path) {
    const std::unique_ptr<char, decltype(&std::free)> whole(realpath(path.c_str(), nullptr), std::free);
    if (!whole) return fail_errno("settings.missing", "find", path);
    return std::string(whole.get());
}

Result<std::string> own_directory() {
    const std::string program = TRY(whole_path("/proc/self/exe"));
    return program.substr(0, program.rfind('/'));
}

std::string holder_of(const Descriptor& lock) {
    Bytes text(32);
    const auto size = read_at(lock, 0, text);
    return size ? std::string(as_text(View(text).first(*size))) : "unknown";
}

// Held until the launcher ends; the file stays, its content says who holds it.
Result<Descriptor> take_run_directory(const std::string& directory) {
    const std::string path = directory + "/lock";
    Descriptor lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!lock.valid()) return fail_errno("launch.start", "open", path);
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return fail_errno("launch.start", "lock", path);
        return reject("launch.busy", fmt::format("process {} has started the gateway here already", holder_of(lock)),
                      directory, "End it first, or use another run.directory");
    }
    if (ftruncate(lock.get(), 0) != 0) return fail_errno("launch.start", "write", path);
    TRY(write_all(lock, as_view(std::to_string(getpid()))));
    return lock;
}

} // namespace

Result<> run(const Options& options) {
    if (geteuid() != 0)
        return reject("not-permitted", "starting the gateway needs root", {},
                      "It gives every process a user and a network of its own, and keeps none of the rights");
    const std::string settings_path = TRY(whole_path(options.settings));
    const Settings settings = TRY(Settings::load(settings_path));
    umask(022);
    TRY(check_reachable(settings));
    const std::string run_directory = settings.text("run.directory");
    TRY(make_directories(settings));
    const Descriptor lock = TRY(take_run_directory(run_directory));
    TRY(make_keys(settings));
    TRY(make_certificates(settings));
    std::vector<Station> stations = TRY(make_stations(settings, options.isolate));
    const std::string programs = options.programs.empty() ? TRY(own_directory()) : options.programs;
    const auto supervisor =
        TRY(Supervisor::create(std::move(stations), {{programs, settings_path, run_directory + "/notify.sock"},
                                                     run_directory + "/status.json",
                                                     options.isolate,
                                                     options.longest_pause}));
    auto ran = supervisor->run();
    remove_sockets(settings);
    return ran;
}

} // namespace sekisho::launch
