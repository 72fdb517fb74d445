#include "sanitizer/convert/convert.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <filesystem>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "sanitizer/convert/clock.h"
#include "sanitizer/convert/filters.h"
#include "sanitizer/convert/profile.h"
#include "sanitizer/convert/suite/suite.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

using namespace convert;

// The cipher library takes its random numbers from the device only.
constexpr std::array<std::string_view, 9> folders{"/dev/urandom",     "/usr/lib/libreoffice",  "/etc/libreoffice",
                                                  "/usr/share/fonts", "/usr/share/poppler",    "/usr/share/fontconfig",
                                                  "/etc/fonts",       "/var/cache/fontconfig", "/usr/share/liblangtag"};
constexpr std::uint64_t scratch_bytes = 512ULL << 20;
// The suite's main loop, its threads for packages, and what its libraries start.
constexpr std::uint32_t most_threads = 24;
constexpr const char* module_name = "sekisho-converter-suite.so";

// The suite's module, once it is loaded: in the zygote, and so in every worker.
struct Suite {
    decltype(&sekisho_suite_start) start = nullptr;
    decltype(&sekisho_suite_convert) convert = nullptr;
};

Suite& suite() {
    static Suite loaded;
    return loaded;
}

template <typename Function> bool find(void* module, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(module, name));
    return function != nullptr;
}

void* open_module() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? nullptr : dlopen((program.parent_path() / module_name).c_str(), RTLD_NOW | RTLD_LOCAL);
}

std::size_t thread_count() {
    std::error_code error;
    const auto threads = std::filesystem::directory_iterator("/proc/self/task", error);
    return error ? 0 : static_cast<std::size_t>(std::distance(begin(threads), end(threads)));
}

// What only runs a while after the suite's settings were read: a process with threads must not be forked.
bool is_alone_soon() {
    constexpr int most_waits = 500;
    for (int i = 0; i < most_waits; ++i) {
        if (thread_count() == 1) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

// The suite tells the terminal how its start goes.
class Quiet {
public:
    Quiet() : m_before(dup(STDERR_FILENO)), m_nothing(open("/dev/null", O_WRONLY | O_CLOEXEC)) {
        if (m_before.valid() && m_nothing.valid()) dup2(m_nothing.get(), STDERR_FILENO);
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() {
        if (m_before.valid()) dup2(m_before.get(), STDERR_FILENO);
    }

private:
    Descriptor m_before, m_nothing;
};

using Preload = decltype(&sekisho_suite_preload);

bool start(Preload preload, const std::string& folder) {
    return write_profile(folder) && preload(url_of(folder).c_str()) == suite_done && is_alone_soon();
}

// A release of the suite that this was not tried with may die of its start. Then a child does, and the suite counts as
// missing: everything else goes on.
bool survives_start(Preload preload, const std::string& folder) {
    const pid_t child = fork();
    if (child < 0) return false;
    if (child == 0) _exit(start(preload, folder) ? 0 : 1);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 && std::filesystem::create_directory(folder, ignored);
}

void warm_up() {
    void* module = open_module();
    Preload preload = nullptr;
    Suite found;
    if (!module || !find(module, "sekisho_suite_preload", preload) ||
        !find(module, "sekisho_suite_start", found.start) || !find(module, "sekisho_suite_convert", found.convert))
        return;
    // Draws without a screen and looks for no printers; one thread at a time, on machines of every size.
    setenv("SAL_USE_VCLPLUGIN", "svp", 1);
    for (const char* without : {"SAL_DISABLE_CUPS", "SAL_DISABLE_PRINTERLIST", "SAL_DISABLE_DEFAULTPRINTER"})
        setenv(without, "1", 1);
    setenv("MAX_CONCURRENCY", "1", 1);
    // What it makes up, and the zone in which it writes the time, are the same each time, too.
    setenv("SAL_RAND_REPEATABLE", "1", 1);
    setenv("TZ", "JST-9", 1);
    tzset();
    char folder[] = "/tmp/sekisho-profile-XXXXXX";
    if (!mkdtemp(folder)) return;
    const Quiet quiet;
    const bool ready = survives_start(preload, folder) && start(preload, folder);
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    if (ready) suite() = found;
}

// Everything that does not depend on the document, before there is one.
bool prepare(const Workplace& place) {
    if (!suite().start) return true; // is told to whoever asks
    setenv("TMPDIR", place.scratch.c_str(), 1);
    setenv("HOME", place.scratch.c_str(), 1);
    const std::string profile = place.scratch + "/profile";
    return write_profile(profile) && suite().start(url_of(profile).c_str()) == suite_done;
}

Result<> copy_in(const Descriptor& document, const std::string& path) {
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.valid()) return refuse(Reason::convert_unavailable);
    Bytes piece(256 * 1024);
    for (std::uint64_t at = 0;;) {
        const std::size_t count = TRY(read_at(document, at, piece));
        if (count == 0) return {};
        // What does not fit does not fit anywhere else either.
        if (!write_all(file, View(piece).first(count))) return refuse(Reason::limit_memory);
        at += count;
    }
}

Result<> copy_out(const std::string& path, const Descriptor& pipe) {
    const Descriptor file = TRY(open_read_only(path));
    Bytes piece(256 * 1024);
    while (const std::size_t count = TRY(read_some(file, piece))) TRY(write_all(pipe, View(piece).first(count)));
    return {};
}

Reason reason_for(int result) {
    switch (result) {
    case suite_done:
        return Reason::none;
    case suite_cannot_load:
        return Reason::convert_unreadable;
    case suite_cannot_save:
        return Reason::convert_unsaved;
    default:
        return Reason::convert_unavailable;
    }
}

Result<> run(const Frame& frame, const Workplace& place) {
    const Convert question = TRY(decode<Convert>(frame.payload));
    if (frame.descriptors.size() != 2) return refuse(Reason::internal);
    const auto filters = filters_for(question.from, question.to);
    if (!filters) return refuse(Reason::internal);
    if (!suite().convert) return refuse(Reason::convert_missing);
    const std::string from = place.scratch + "/document", to = place.scratch + "/converted";
    TRY(copy_in(frame.descriptors[0], from));
    const std::string from_url = url_of(from), to_url = url_of(to);
    const SuiteTask task{
        from_url.c_str(), filters->load, question.password.empty() ? nullptr : question.password.c_str(),
        to_url.c_str(),   filters->save, filters->is_table};
    stop_clock(question.now);
    const Reason reason = reason_for(suite().convert(&task));
    if (reason != Reason::none) return refuse(reason);
    return copy_out(to, frame.descriptors[1]);
}

Bytes ended(Verdict verdict, Reason reason) {
    return encode(Converted{verdict, reason});
}

Bytes work(const Frame& frame, const Workplace& place) {
    const auto done = run(frame, place);
    if (done) return ended(Verdict::delivered, Reason::none);
    const Reason reason = reason_of(done.error());
    return ended(row_of(reason).kind == ErrorKind::reject ? Verdict::refused : Verdict::failed, reason);
}

} // namespace

const Kind convert_kind{
    .protocol = convert_protocol,
    .warm_up = warm_up,
    .work = work,
    .ended = ended,
    .readable = folders,
    .scratch_bytes = scratch_bytes,
    .threads = most_threads,
    .prepare = prepare,
};

} // namespace sekisho::worker
