#include "gateway/cli/policy/ssh_keygen.h"

#include <cerrno>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include "base/descriptor/descriptor.h"
#include "policy/sign/signature.h"

extern char** environ;

namespace sekisho::cli {

namespace {

class Actions {
public:
    Actions() { posix_spawn_file_actions_init(&m_actions); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    ~Actions() { posix_spawn_file_actions_destroy(&m_actions); }
    void put(const Descriptor& descriptor, int as) {
        posix_spawn_file_actions_adddup2(&m_actions, descriptor.get(), as);
    }
    const posix_spawn_file_actions_t* get() const { return &m_actions; }

private:
    posix_spawn_file_actions_t m_actions{};
};

Result<> run(std::vector<std::string> words, const Actions& actions) {
    std::vector<char*> values;
    for (std::string& word : words) values.push_back(word.data());
    values.push_back(nullptr);
    pid_t process = 0;
    const int error = posix_spawnp(&process, values[0], actions.get(), nullptr, values.data(), environ);
    if (error != 0) return fail("ssh-keygen", "ssh-keygen cannot be started", {}, "Install the package openssh-client");
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return fail_errno("ssh-keygen", "wait for ssh-keygen");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return fail("ssh-keygen", "ssh-keygen did not do it", {}, "What it said stands above");
    return {};
}

} // namespace

Result<std::string> ssh_sign(const std::string& key, std::string_view message) {
    const Descriptor input = TRY(make_memory_file("sekisho-manifest"));
    const Descriptor output = TRY(make_memory_file("sekisho-signature"));
    TRY(write_all(input, as_view(message)));
    if (lseek(input.get(), 0, SEEK_SET) != 0) return fail_errno("ssh-keygen", "rewind the manifest");
    Actions actions;
    actions.put(input, STDIN_FILENO);
    actions.put(output, STDOUT_FILENO);
    TRY(run({"ssh-keygen", "-q", "-Y", "sign", "-n", std::string(sign::policy_namespace), "-f", key}, actions));
    const std::uint64_t size = TRY(file_size(output));
    if (size > sign::signature_file_max) return sign::refuse(sign::Problem::signature_format);
    Bytes text(size);
    TRY(read_at(output, 0, text));
    return std::string(as_text(text));
}

Result<> make_ssh_key(const std::string& path) {
    return run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path}, Actions());
}

} // namespace sekisho::cli
