#include "tests/gateway/ledger/rig.h"

#include "gateway/audit/receipt.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/judge/loading.h"
#include "gateway/ledger/database.h"
#include "gateway/ticket/ticket.h"

namespace sekisho::tests {

using namespace std::chrono_literals;

// --- audit log

AuditLog::AuditLog(std::string path) : m_path(std::move(path)) {
    m_loop = std::make_unique<Loop>(*Loop::create());
    m_thread = std::thread([this] { serve(); });
}

AuditLog::~AuditLog() {
    m_loop->post([this] { m_loop->stop(); });
    m_thread.join();
    std::filesystem::remove(m_path);
}

void AuditLog::serve() {
    auto server = Server::create(*m_loop, *listen_at(m_path, 0600), {{getuid(), "ledger"}},
                                 [this](const Call& call) { handle(call); });
    static_cast<void>(m_loop->run());
}

void AuditLog::handle(const Call& call) {
    if (mood == Mood::hangs) return;
    if (mood == Mood::refuses) return call.refuse(fail("audit.unwritable", "the disk is full").error());
    const std::lock_guard guard(m_lock);
    if (call.frame.type == audit::Append::type) {
        const auto append = decode<audit::Append>(call.frame.payload);
        if (!append) return call.close();
        for (const audit::Record& record : append->records) {
            if (record.source_sequence <= m_position) continue;
            m_position = record.source_sequence;
            m_records.push_back(record.body);
        }
    }
    if (call.frame.type == audit::GetProof::type) {
        const auto asked = decode<audit::GetProof>(call.frame.payload);
        if (!asked || asked->leaf >= m_records.size())
            return call.refuse(reject("audit.proof", "no such leaf").error());
        return call.answer(audit::ProofAnswer{"{\"record\":" + m_records[asked->leaf] + "}"});
    }
    if (call.frame.type == audit::SignReceipt::type) {
        const auto asked = decode<audit::SignReceipt>(call.frame.payload);
        if (!asked) return call.close();
        return call.answer(audit::ReceiptSignature{audit::sign_receipt(asked->digest, key)});
    }
    call.answer(audit::Appended{m_position, m_records.empty() ? 0 : m_records.size() - 1});
}

std::vector<std::string> AuditLog::records() {
    const std::lock_guard guard(m_lock);
    return m_records;
}

std::size_t AuditLog::count(const std::string& event) {
    std::size_t count = 0;
    for (const std::string& body : records()) count += body.find("\"event\":\"" + event + "\"") != std::string::npos;
    return count;
}

bool AuditLog::gets(const std::string& event, const TransferId& id) {
    for (int i = 0; i < 500; ++i) {
        if (has(event, id)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

bool AuditLog::has(const std::string& event, const TransferId& id) {
    for (const std::string& body : records())
        if (body.find("\"event\":\"" + event + "\"") != std::string::npos &&
            body.find(to_text(id)) != std::string::npos)
            return true;
    return false;
}

// --- processes

Process::Process(std::vector<std::string> arguments, const std::map<std::string, std::string>& environment) {
    arguments.insert(arguments.begin(), "/proc/self/exe");
    std::vector<char*> values;
    for (std::string& argument : arguments) values.push_back(argument.data());
    values.push_back(nullptr);
    std::vector<std::string> texts;
    for (const auto& [name, value] : environment) texts.push_back(name + "=" + value);
    std::vector<char*> variables;
    for (std::string& text : texts) variables.push_back(text.data());
    variables.push_back(nullptr);
    m_pid = fork();
    if (m_pid != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    execve("/proc/self/exe", values.data(), variables.data());
    _exit(126);
}

Process::~Process() {
    kill();
}

void Process::kill() {
    if (m_pid <= 0) return;
    ::kill(m_pid, SIGKILL);
    wait();
}

int Process::wait() {
    if (m_pid > 0) waitpid(std::exchange(m_pid, -1), &m_status, 0);
    return WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -WTERMSIG(m_status);
}

bool Process::running() {
    if (m_pid <= 0) return false;
    if (waitpid(m_pid, &m_status, WNOHANG) == 0) return true;
    m_pid = -1;
    return false;
}

// --- rig

namespace {} // namespace

const char* const usual_policy = R"(policy "試験" version 1
zone internet, lgwan, mynumber
types plain = text csv
types picture = jpeg png
group chief = role "chief"
allow "R-1 文書" from internet to lgwan when type in plain and size <= 200MB require rebuild, keep 3 days reason "通常の受け取り"
allow "R-2 持ち出し" from lgwan to internet when type in plain require rebuild, approve 1 by chief reason "承認付き"
allow "R-3 画像" from internet to lgwan when type in picture and size <= 200MB require flatten reason "画像"
forbid "F-1 禁止利用者" from any to any when user is "mallory" reason "利用停止中です"
)";

namespace {

bool can_connect(const std::string& path) {
    for (int i = 0; i < 500; ++i) {
        if (connect_to(path)) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

} // namespace

Rig::Rig(Settings given, std::string root) : settings(std::move(given)), m_root(std::move(root)) {
    if (m_root.empty()) {
        std::string name = (std::filesystem::temp_directory_path() / "sekisho-ledger-XXXXXX").string();
        m_root = mkdtemp(name.data());
        m_own_root = true;
    }
    for (const char* folder : {"run", "ledger", "staging", "egress/lgwan", "egress/internet", "egress/mynumber"})
        std::filesystem::create_directories(path(folder));
    put_policy();
    audit = std::make_unique<AuditLog>(socket("audit"));
}

Rig::~Rig() {
    ledger.reset();
    release.reset();
    audit.reset();
    if (m_own_root) std::filesystem::remove_all(m_root);
}

const People& people() {
    static const People all;
    return all;
}

std::string People::signers() const {
    return "sekisho-policy-trust 1\nthreshold 2\nbreak-glass 24 hours\nsigner sato author approver always " +
           author.line() + "\nsigner sato author approver always " + authors_other.line() +
           "\nsigner ito approver always " + approver.line() + "\nsigner mori break-glass always " + glass.line() +
           "\n";
}

// Putting it into force takes a moment, so the first rig's journal is every rig's.
void Rig::put_policy() {
    std::ofstream(path("signers")) << people().signers();
    static std::map<std::string, std::string> journal;
    if (journal.empty()) {
        Settings usual;
        std::swap(settings, usual);
        start_ledger();
        const auto activated = activate(bundle(usual_policy));
        if (!activated) bug(to_line(activated.error()));
        stop_ledger();
        std::swap(settings, usual);
        // A rig's log begins with what happens in the rig.
        auto database = ledger::Database::open(path("journal.sqlite"));
        if (!database || !database->run("DELETE FROM outbox")) bug("the usual journal");
        for (const char* file : {"journal.sqlite", "journal.sqlite-wal"})
            if (const auto content = read_file(path(file), 64U << 20)) journal[file] = as_text(*content);
        for (const char* file : {"journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"})
            std::filesystem::remove(path(file));
    }
    for (const auto& [file, content] : journal) std::ofstream(path(file), std::ios::binary) << content;
}

sign::Bundle Rig::bundle(const std::string& text, const Manner& manner) const {
    sign::Bundle made{{{"policy.sekisho", text}}, {}, {}};
    const auto policy = judge::load_policy(made.files);
    if (!policy) bug(to_line(policy.error()));
    sign::Manifest manifest = *judge::describe_policy(*policy, made.files);
    manifest.author = manner.author;
    manifest.reason = manner.reason;
    manifest.act = manner.act;
    if (!manner.previous.empty()) std::ranges::copy(*from_hex(manner.previous), manifest.previous.emplace().begin());
    made.manifest = manifest.text();
    std::vector<const PolicySigner*> signers = manner.signers;
    if (signers.empty()) signers = {&people().author, &people().approver};
    for (const PolicySigner* signer : signers) made.signatures += signer->sign(made.manifest, manner.as);
    return made;
}

Result<ledger::PolicyStatus> Rig::activate(const sign::Bundle& bundle) {
    const Descriptor file = TRY(make_memory_file("bundle"));
    TRY(write_all(file, bundle.encode()));
    TRY(seal(file));
    const int passed = file.get();
    Client client(socket("operator"));
    return client.call<ledger::PolicyStatus>(ledger::ActivatePolicy{}, {&passed, 1}, nullptr, 30s);
}

ledger::PolicyStatus Rig::policy() {
    Client client(socket("operator"));
    return client.call<ledger::PolicyStatus>(ledger::GetPolicy{}).value_or(ledger::PolicyStatus{});
}

std::vector<judge::Record> Rig::decisions(bool differences) {
    Client client(socket("operator"));
    std::vector<Descriptor> received;
    const auto page = client.call<ledger::DecisionPage>(ledger::ListDecisions{0, 0, differences}, {}, &received);
    if (!page) bug(to_line(page.error()));
    Bytes octets(page->size);
    static_cast<void>(read_at(received.at(0), 0, octets));
    return *judge::decode_records(octets);
}

void Rig::forget_policies() {
    for (const char* file : {"journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"})
        std::filesystem::remove(path(file));
}

void Rig::start_ledger(const std::string& fault) {
    std::vector<std::string> arguments{"--ledger", m_root};
    for (const auto& [name, value] : settings) arguments.push_back(name + "=" + value);
    std::map<std::string, std::string> environment;
    if (!fault.empty()) environment["SEKISHO_FAULT_POINT"] = fault;
    std::filesystem::remove(socket("operator"));
    ledger.reset(); // first: the journal lets only one in
    ledger = std::make_unique<Process>(arguments, environment);
    if (fault.empty()) can_connect(socket("operator"));
}

void Rig::start_release(const std::string& fault) {
    std::map<std::string, std::string> environment;
    if (!fault.empty()) environment["SEKISHO_FAULT_POINT"] = fault;
    std::filesystem::remove(socket("release"));
    release.reset();
    release =
        std::make_unique<Process>(std::vector<std::string>{"--release", m_root, to_hex(key.public_key())}, environment);
    can_connect(socket("release"));
}

void Rig::stop_ledger() {
    ledger.reset();
}

ledger::Health Rig::health() {
    Client client(socket("operator"));
    return client.call<ledger::Health>(ledger::GetHealth{}).value_or(ledger::Health{});
}

void Rig::wait_until_accepting() {
    for (int i = 0; i < 500 && !health().accepting; ++i) std::this_thread::sleep_for(20ms);
}

// --- portal

Person person(const std::string& name, std::vector<std::string> groups) {
    return {name, name, name + " 様", std::move(groups)};
}

Result<ledger::UploadState> create(Client& portal, const Person& sender, std::uint64_t size, const std::string& name,
                                   const std::string& zone_to) {
    return portal.call<ledger::UploadState>(ledger::CreateUpload{sender, zone_to, "", name, size, "comment"});
}

Result<ledger::UploadState> append(Client& portal, const Person& sender, const TransferId& id, std::uint64_t offset,
                                   std::string_view content, const ledger::AppendUpload& more) {
    auto pipe = TRY(make_pipe());
    ledger::AppendUpload piece = more;
    piece.sender = sender;
    piece.id = id;
    piece.offset = offset;
    std::thread writer(
        [&content, end = std::move(pipe.write_end)] { static_cast<void>(write_all(end, as_view(content))); });
    const int read_end = pipe.read_end.get();
    struct Join {
        Descriptor& pipe;
        std::thread& thread;
        ~Join() {
            pipe.close();
            thread.join();
        }
    } join{pipe.read_end, writer};
    auto sent = portal.call<ledger::UploadState>(piece, {&read_end, 1}, nullptr, 30s);
    return sent;
}

Result<TransferId> send(Client& portal, const Person& sender, std::string_view content, const std::string& zone_to) {
    const auto created = TRY(create(portal, sender, content.size(), "memo.txt", zone_to));
    const auto state = TRY(append(portal, sender, created.id, 0, content));
    if (!state.complete) return fail("test", "the upload is not complete");
    return created.id;
}

Result<ledger::TransferDetail> detail(Client& portal, const Person& viewer, const TransferId& id) {
    return portal.call<ledger::TransferDetail>(ledger::GetTransfer{viewer, id});
}

bool becomes(Client& portal, const Person& viewer, const TransferId& id, State state) {
    for (int i = 0; i < 500; ++i) {
        const auto now = detail(portal, viewer, id);
        if (now && now->summary.state == state) return true;
        std::this_thread::sleep_for(20ms);
    }
    return false;
}

Result<std::string> fetch(Client& portal, const Person& viewer, const TransferId& id) {
    std::vector<Descriptor> received;
    const auto delivered = TRY(portal.call<ledger::Delivered>(ledger::OpenDelivered{viewer, id}, {}, &received));
    std::string content(delivered.size, '\0');
    Bytes bytes(delivered.size);
    TRY(read_at(received.at(0), 0, bytes));
    if (sha256(bytes) != delivered.digest) return fail("test", "the digest is wrong");
    return std::string(as_text(bytes));
}

// --- conveyor

Result<Work> lease(Client& conveyor, std::chrono::milliseconds patience) {
    Work work;
    std::vector<Descriptor> received;
    work.lease = TRY(conveyor.call<ledger::Leased>(ledger::Lease{}, {}, &received, patience));
    if (work.lease.nothing) return fail("test.nothing", "no work");
    Bytes bytes(work.lease.size);
    TRY(read_at(received.at(0), 0, bytes));
    if (sha256(bytes) != work.lease.digest) return fail("test", "the leased file has another digest");
    work.input = as_text(bytes);
    work.output = "clean:" + work.input;
    return work;
}

namespace {

StageReceipt receipt(Stage stage, const Digest& in, const Digest& out, std::uint64_t bytes_in, std::uint64_t bytes_out,
                     Level level) {
    StageReceipt made;
    made.stage = stage;
    made.verdict = Verdict::delivered;
    made.digest_in = in;
    made.digest_out = out;
    made.bytes_in = bytes_in;
    made.bytes_out = bytes_out;
    made.type_in = made.type_out = Type::text;
    made.level = level;
    return made;
}

} // namespace

Result<> work_on(Client& conveyor, Work& work, const SigningKey& key, std::int64_t valid_seconds) {
    auto pipe = TRY(make_pipe());
    std::thread writer(
        [&work, end = std::move(pipe.write_end)] { static_cast<void>(write_all(end, as_view(work.output))); });
    const int read_end = pipe.read_end.get();
    std::vector<Descriptor> received;
    const auto stored = conveyor.call<ledger::OutputStored>(
        ledger::StoreOutput{work.lease.id, work.lease.epoch, 1U << 30}, {&read_end, 1}, &received, 30s);
    pipe.read_end.close();
    writer.join();
    if (!stored) return std::unexpected(stored.error());
    const Level level = work.lease.level;
    const Digest& in = work.lease.digest;
    work.complete = {};
    work.complete.id = work.lease.id;
    work.complete.epoch = work.lease.epoch;
    work.complete.options = work.lease.options;
    work.complete.receipts = {
        receipt(Stage::scan, in, in, work.lease.size, work.lease.size, level),
        receipt(Stage::sanitize, in, stored->digest, work.lease.size, stored->size, level),
        receipt(Stage::verify, stored->digest, stored->digest, stored->size, stored->size, level)};
    FindingRecord finding;
    finding.entry.finding = all_findings().front().finding;
    finding.entry.detail = "https://code.example/";
    work.complete.receipts[1].findings = {finding};
    work.complete.has_ticket = true;
    Ticket& ticket = work.complete.ticket;
    ticket.transfer = work.lease.id;
    ticket.epoch = work.lease.epoch;
    ticket.digest_in = in;
    ticket.digest_out = stored->digest;
    ticket.bytes_out = stored->size;
    ticket.type = Type::text;
    ticket.level = level;
    ticket.zone_from = work.lease.zone_from;
    ticket.zone_to = work.lease.zone_to;
    ticket.not_after = std::time(nullptr) + valid_seconds;
    sign_ticket(ticket, key);
    return {};
}

Result<Done> complete(Client& conveyor, const Work& work) {
    return conveyor.call<Done>(work.complete);
}

Result<TransferId> convey(Client& conveyor, const SigningKey& key) {
    Work work = TRY(lease(conveyor));
    TRY(work_on(conveyor, work, key));
    TRY(complete(conveyor, work));
    return work.lease.id;
}

} // namespace sekisho::tests
