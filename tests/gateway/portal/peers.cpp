#include "peers.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <unistd.h>

namespace sekisho::portal::tests {

namespace {

template <typename Question> Question question_of(const Call& call) {
    auto decoded = decode<Question>(call.frame.payload);
    if (!decoded) bug("the portal sent what is not in the protocol");
    return std::move(*decoded);
}

template <typename Answer> void answer(const Call& call, const Result<Answer>& result) {
    if (result)
        call.answer(*result);
    else
        call.refuse(result.error());
}

std::string read_pipe(const Descriptor& pipe) {
    std::string content;
    Bytes buffer(64 * 1024);
    for (;;) {
        const auto count = read_some(pipe, buffer);
        if (!count || *count == 0) return content;
        content += as_text(View(buffer).first(*count));
    }
}

ledger::UploadState state_of(const StoredFile& file) {
    return {file.id, file.content.size(), file.wanted.size, std::time(nullptr) + 3600,
            file.content.size() == file.wanted.size};
}

ledger::Summary summary_of(const StoredFile& file) {
    ledger::Summary summary;
    summary.id = file.id;
    summary.state = file.state;
    summary.name = file.wanted.name;
    summary.zone_from = "lgwan";
    summary.zone_to = file.state == State::delivered ? "lgwan" : file.wanted.zone_to;
    summary.sender = file.wanted.sender.display;
    summary.recipient = file.wanted.sender.person;
    summary.bytes_in = file.wanted.size;
    return summary;
}

} // namespace

Peer::Peer(const std::string& path, Server::Handler handler) {
    auto loop = Loop::create();
    auto listener = listen_at(path, 0600);
    if (!loop || !listener) bug("a test's peer cannot listen");
    m_loop = std::make_unique<Loop>(std::move(*loop));
    m_server = *Server::create(*m_loop, std::move(*listener), {{getuid(), "portal@lgwan"}}, std::move(handler));
    m_thread = std::thread([this] { (void)m_loop->run(); });
}

Peer::~Peer() {
    m_loop->post([this] { m_loop->stop(); });
    m_thread.join();
}

std::vector<StoredFile> FakeLedger::files() {
    const std::lock_guard guard(m_lock);
    return m_files;
}

std::vector<ledger::Decide> FakeLedger::decisions() {
    const std::lock_guard guard(m_lock);
    return m_decisions;
}

void FakeLedger::put(StoredFile file) {
    const std::lock_guard guard(m_lock);
    m_files.push_back(std::move(file));
}

void FakeLedger::clear() {
    const std::lock_guard guard(m_lock);
    m_files.clear();
    m_decisions.clear();
}

StoredFile* FakeLedger::find(const TransferId& id) {
    const auto found = std::ranges::find(m_files, id, &StoredFile::id);
    return found == m_files.end() ? nullptr : &*found;
}

void FakeLedger::handle(Call call) {
    const std::lock_guard guard(m_lock);
    switch (call.frame.type) {
    case ledger::CreateUpload::type:
        return create(call);
    case ledger::AppendUpload::type:
        return append(call);
    case ledger::Decide::type:
        return decide(call);
    case ledger::ListTransfers::type:
        return list(call);
    case ledger::GetTransfer::type:
        return get(call);
    case ledger::OpenDelivered::type:
        return open_delivered(call);
    case ledger::Withdraw::type:
        std::erase_if(m_files,
                      [&](const StoredFile& file) { return file.id == question_of<ledger::Withdraw>(call).id; });
        return call.answer(Done{});
    case ledger::UploadStatus::type: {
        const StoredFile* file = find(question_of<ledger::UploadStatus>(call).id);
        if (!file) return call.refuse(reject("transfer.unknown", "no such transfer").error());
        return call.answer(state_of(*file));
    }
    case ledger::WaitChange::type: {
        const ledger::Changed changed{question_of<ledger::WaitChange>(call).version + 1};
        const auto kept = std::make_shared<Call>(std::move(call));
        return m_peer.loop().after(std::chrono::seconds(1), [kept, changed] { kept->answer(changed); });
    }
    default:
        call.close();
    }
}

void FakeLedger::create(const Call& call) {
    StoredFile file;
    file.wanted = question_of<ledger::CreateUpload>(call);
    if (file.wanted.name == "forbidden.exe")
        return call.refuse(reject("policy.refused", "実行形式は送れません").error());
    if (file.wanted.size == 0) return call.refuse(refuse(Reason::type_empty).error());
    file.id = new_transfer_id();
    m_files.push_back(file);
    call.answer(state_of(file));
}

void FakeLedger::append(const Call& call) {
    const auto piece = question_of<ledger::AppendUpload>(call);
    StoredFile* file = find(piece.id);
    if (!file || call.frame.descriptors.size() != 1) return call.refuse(reject("transfer.unknown", "").error());
    if (piece.offset != file->content.size()) return call.refuse(reject("upload.offset", "another offset").error());
    const std::string content = read_pipe(call.frame.descriptors.front());
    const bool good =
        piece.checksum == ledger::Checksum::none || std::ranges::equal(piece.checksum_value, sha256(as_view(content)));
    if (!good) return call.refuse(reject("upload.checksum", "the piece does not match its checksum").error());
    file->content += content;
    if (file->content.size() == file->wanted.size) file->state = State::received;
    call.answer(state_of(*file));
}

void FakeLedger::decide(const Call& call) {
    const auto decision = question_of<ledger::Decide>(call);
    StoredFile* file = find(decision.id);
    if (!file) return call.refuse(reject("transfer.unknown", "no such transfer").error());
    if (!decision.approve && decision.reason.empty())
        return call.refuse(reject("approval.reason", "needs a reason").error());
    file->state = decision.approve ? State::delivered : State::sent_back;
    m_decisions.push_back(decision);
    call.answer(Done{});
}

void FakeLedger::list(const Call& call) {
    ledger::TransferList list;
    for (const StoredFile& file : m_files) list.transfers.push_back(summary_of(file));
    list.version = m_files.size();
    call.answer(list);
}

void FakeLedger::get(const Call& call) {
    const auto asked = question_of<ledger::GetTransfer>(call);
    const StoredFile* file = find(asked.id);
    if (!file) return call.refuse(reject("transfer.unknown", "no such transfer").error());
    ledger::TransferDetail detail;
    detail.summary = summary_of(*file);
    detail.comment = file->wanted.comment;
    detail.may_approve = file->state == State::held && asked.viewer.account == "sato";
    call.answer(detail);
}

void FakeLedger::open_delivered(const Call& call) {
    const StoredFile* file = find(question_of<ledger::OpenDelivered>(call).id);
    if (!file || file->state != State::delivered) return call.refuse(reject("transfer.not-ready", "").error());
    const auto memory = make_memory_file("delivered");
    if (!memory || !write_all(*memory, as_view(file->content))) bug("no memory file");
    const ledger::Delivered delivered{file->wanted.name, file->content.size(), Type::pdf,
                                      sha256(as_view(file->content))};
    const int number = memory->get();
    call.answer(delivered, std::span(&number, 1));
}

Result<auth::Session> FakeAuth::log_in(const auth::Login& wanted) {
    const bool known = wanted.account == "tanaka" || wanted.account == "suzuki" || wanted.account == "sato";
    if (!known || wanted.password != "correct horse") return reject("login.wrong", "wrong");
    auth::Session session;
    fill_random(session.token);
    session.csrf = to_hex(View(session.token).first(16));
    session.person = {wanted.account, wanted.account == "tanaka" ? "p-0001" : "p-0003", "山田 <太郎>", {}};
    session.expires = std::time(nullptr) + 3600;
    session.fresh_until = wanted.account == "sato" ? 0 : session.expires;
    m_sessions[session.token] = session;
    return session;
}

Result<auth::Session> FakeAuth::find(const auth::SessionToken& token) {
    const auto found = m_sessions.find(token);
    if (found == m_sessions.end()) return reject("session.none", "not logged in");
    return found->second;
}

void FakeAuth::handle(Call call) {
    switch (call.frame.type) {
    case auth::Login::type:
        return answer(call, log_in(question_of<auth::Login>(call)));
    case auth::CheckSession::type:
        return answer(call, find(question_of<auth::CheckSession>(call).token));
    case auth::Logout::type:
        m_sessions.erase(question_of<auth::Logout>(call).token);
        return call.answer(Done{});
    case auth::Confirm::type: {
        const auto asked = question_of<auth::Confirm>(call);
        if (asked.password != "correct horse") return call.refuse(reject("login.wrong", "wrong").error());
        auto session = find(asked.token);
        if (session) session->fresh_until = std::time(nullptr) + 300;
        if (session) m_sessions[asked.token] = *session;
        return answer(call, session);
    }
    default:
        call.close();
    }
}

} // namespace sekisho::portal::tests
