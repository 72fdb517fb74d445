// A whole small gateway for tests: the real ledger and the real release as processes of their own (this program again,
// so that they can be killed), a small audit log, and calls as portals, conveyor and operator make them.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/ipc/client.h"
#include "base/ipc/server.h"
#include "gateway/judge/record.h"
#include "gateway/protocol/audit.h"
#include "gateway/protocol/ledger.h"
#include "gateway/protocol/policy.h"
#include "gateway/protocol/release.h"
#include "policy/sign/bundle.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

class AuditLog {
public:
    enum class Mood { normal, refuses, hangs };
    explicit AuditLog(std::string path);
    ~AuditLog();
    std::atomic<Mood> mood = Mood::normal;
    const SigningKey key = SigningKey::generate();
    // Bodies of the records, in order.
    std::vector<std::string> records();
    std::size_t count(const std::string& event);
    bool has(const std::string& event, const TransferId& id);
    // The same, within ten seconds: records come after the answers that they tell of.
    bool gets(const std::string& event, const TransferId& id);

private:
    void serve();
    void handle(const Call& call);
    std::string m_path;
    std::mutex m_lock;
    std::vector<std::string> m_records;
    std::uint64_t m_position = 0;
    std::unique_ptr<Loop> m_loop;
    std::thread m_thread;
};

class Process {
public:
    Process(std::vector<std::string> arguments, const std::map<std::string, std::string>& environment);
    ~Process();
    void kill();
    // The exit status (137 for a fault point), or -signal.
    int wait();
    bool running();

private:
    pid_t m_pid = -1;
    int m_status = 0;
};

using Settings = std::map<std::string, std::string>;

// How a policy is signed.
struct Manner {
    std::vector<const PolicySigner*> signers = {}; // empty: the author and the approver
    SignAs as = {};
    std::string author = "sato";
    std::string reason = {};
    std::string previous = {}; // manifest, hexadecimal
    sign::Act act = sign::Act::activate;
};

// The people of every rig.
struct People {
    PolicySigner author, authors_other, approver, glass, stranger;
    std::string signers() const; // the file
};
const People& people();

// The policy that every rig has in force.
extern const char* const usual_policy;

class Rig {
public:
    explicit Rig(Settings settings = {}, std::string root = {});
    Rig(const Rig&) = delete;
    ~Rig();

    void start_ledger(const std::string& fault = {});
    void start_release(const std::string& fault = {});
    void stop_ledger();
    void wait_until_accepting();
    std::string path(const std::string& below) const { return m_root + "/" + below; }

    // The policies of this rig. Its usual one is in force from the start.
    sign::Bundle bundle(const std::string& text, const Manner& manner = {}) const;
    Result<ledger::PolicyStatus> activate(const sign::Bundle& bundle);
    ledger::PolicyStatus policy();
    std::vector<judge::Record> decisions(bool differences = false);
    // As if none had ever been in force.
    void forget_policies();

    std::string socket(const std::string& name) const { return path("run/" + name + ".sock"); }
    Client portal(const std::string& zone) const { return Client(socket("portal-" + zone)); }
    Client conveyor() const { return Client(socket("conveyor")); }
    ledger::Health health();

    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<Process> ledger;
    std::unique_ptr<Process> release;
    Settings settings;
    SigningKey key = SigningKey::generate();

private:
    std::string m_root;
    bool m_own_root = false;
    void put_policy();
};

// --- what portals do
Person person(const std::string& name, std::vector<std::string> groups = {});
Result<ledger::UploadState> create(Client& portal, const Person& sender, std::uint64_t size,
                                   const std::string& name = "memo.txt", const std::string& zone_to = "lgwan");
// The pipe is written by a thread of its own and closed.
Result<ledger::UploadState> append(Client& portal, const Person& sender, const TransferId& id, std::uint64_t offset,
                                   std::string_view content, const ledger::AppendUpload& more = {});
Result<TransferId> send(Client& portal, const Person& sender, std::string_view content,
                        const std::string& zone_to = "lgwan");
Result<ledger::TransferDetail> detail(Client& portal, const Person& viewer, const TransferId& id);
// Waits until the transfer has this state, at most ten seconds.
bool becomes(Client& portal, const Person& viewer, const TransferId& id, State state);
Result<std::string> fetch(Client& portal, const Person& viewer, const TransferId& id);

// --- what the conveyor does
struct Work {
    ledger::Leased lease;
    std::string input;
    std::string output;
    ledger::Complete complete;
};
Result<Work> lease(Client& conveyor, std::chrono::milliseconds patience = std::chrono::seconds(10));
// Stores "clean:" + input, and makes the receipts and the ticket that say so.
Result<> work_on(Client& conveyor, Work& work, const SigningKey& key, std::int64_t valid_seconds = 3600);
Result<Done> complete(Client& conveyor, const Work& work);
// All of it, for the next transfer.
Result<TransferId> convey(Client& conveyor, const SigningKey& key);

// Runs one of the processes if this program was started as one; the exit status.
std::optional<int> run_as_process(int count, char** values);

} // namespace sekisho::tests
