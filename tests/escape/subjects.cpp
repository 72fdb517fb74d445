#include "subjects.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/ipc/frame.h"
#include "gateway/launch/ground.h"
#include "sanitizer/worker/fonts.h"

namespace sekisho::tests {

namespace {

std::string make_folder() {
    char name[] = "/tmp/escape-XXXXXX";
    if (!mkdtemp(name)) std::abort();
    chmod(name, 0755);
    return name;
}

std::string settings_text(const std::string& folder) {
    return fmt::format("state.directory = \"{0}/state\"\nrun.directory = \"{0}/run\"\n"
                       "signatures.directory = \"{0}/signatures\"\npolicy.file = \"{0}/policy/policy\"\n"
                       "[[zone]]\nname = \"internet\"\naddress = \"127.0.0.1\"\nport = 443\n"
                       "[[zone]]\nname = \"lgwan\"\naddress = \"127.0.0.2\"\nport = 443\n",
                       folder);
}

// As an ordinary user there are no owners to give; the folders are enough for Landlock.
void make_plain_directories(const Settings& settings) {
    for (const DirectoryRow& row : all_directories())
        for (const Zone& zone : settings.zones())
            std::filesystem::create_directories(expanded(row.path, settings, &zone));
}

template <typename Value> Value must(Result<Value> result) {
    if (!result) bug(to_line(result.error()));
    return std::move(*result);
}

} // namespace

bool Scene::is_root() {
    return geteuid() == 0;
}

Scene& Scene::get() {
    static Scene scene;
    return scene;
}

Scene::Scene() : m_folder(make_folder()), m_settings(must(Settings::parse(settings_text(m_folder), "escape.toml"))) {
    for (const char* name : {"/signatures", "/policy"}) std::filesystem::create_directories(m_folder + name);
    std::ofstream(outside()) << "not yours";
    chmod(outside().c_str(), 0666);
    if (is_root()) {
        if (auto made = launch::make_directories(m_settings); !made) bug(to_line(made.error()));
    } else {
        make_plain_directories(m_settings);
    }
    std::ofstream(public_key_path("verifier", m_settings)) << "key";
    for (const ProcessRow& row : all_processes()) {
        if (!row.has(serves)) continue;
        const std::string path = socket_path(row.name, m_settings);
        m_listeners.push_back(must(listen_at(path, 0660)));
        if (is_root() && chown(path.c_str(), Instance{&row, nullptr}.user_id(), peers_group_id(row)) != 0) std::abort();
    }
}

Scene::~Scene() {
    std::error_code error;
    std::filesystem::remove_all(m_folder, error);
}

std::vector<std::string> Scene::foreign_sockets(const ProcessRow* row) const {
    std::vector<std::string> paths;
    for (const ProcessRow& other : all_processes()) {
        if (!other.has(serves) ||
            (row && (&other == row || std::ranges::find(row->calls, other.name) != row->calls.end())))
            continue;
        paths.push_back(socket_path(other.name, m_settings));
    }
    return paths;
}

const std::vector<Subject>& all_subjects() {
    static const std::vector<Instance> instances = all_instances(Scene::get().settings());
    static const std::vector<Subject> subjects = [] {
        std::vector<Subject> made;
        for (const Instance& instance : instances)
            if (!instance.zone || instance.zone->index == 0)
                made.push_back({instance.name(), confinement_of(instance, Scene::get().settings()), &instance, {}, {}});
        const worker::Options options;
        // The parsers themselves are not needed here: what a worker may do does not depend on them.
        const worker::Kind kinds[] = {{{"sanitize", 0, 0}, nullptr, nullptr, nullptr, worker::font_folders},
                                      {{"verify", 0, 0}, nullptr, nullptr, nullptr},
                                      // as sanitizer/convert has it; the suite's folders make no difference
                                      {.protocol = {"convert", 0, 0},
                                       .warm_up = nullptr,
                                       .work = nullptr,
                                       .ended = nullptr,
                                       .readable = worker::font_folders,
                                       .scratch_bytes = 1 << 20,
                                       .threads = 8}};
        for (const worker::Kind& kind : kinds) {
            const Confinement zygote = worker::zygote_confinement(kind, options);
            for (const Confinement& own : {worker::waiter_confinement(kind, options), zygote})
                made.push_back({own.process, own, nullptr, kind, {}});
            const Confinement own = worker::worker_confinement(kind, options);
            made.push_back({own.process, own, nullptr, kind, zygote});
        }
        return made;
    }();
    return subjects;
}

bool become(const Subject& subject) {
    if (subject.instance && Scene::is_root()) {
        const Instance& instance = *subject.instance;
        const auto groups = groups_of(*instance.row);
        const uid_t user = instance.user_id();
        const gid_t group = instance.group_id();
        if (instance.row->network != Network::management && unshare(CLONE_NEWNET) != 0) return false;
        if (setgroups(groups.size(), groups.data()) != 0 || setresgid(group, group, group) != 0 ||
            setresuid(user, user, user) != 0)
            return false;
    }
    if (subject.kind && !enter_empty_namespaces(worker::readable_folders(*subject.kind),
                                                worker::scratch_folders(*subject.kind, worker::Options{})))
        return false;
    if (subject.zygote && !confine(*subject.zygote)) return false;
    return confine(subject.confinement).has_value();
}

} // namespace sekisho::tests
