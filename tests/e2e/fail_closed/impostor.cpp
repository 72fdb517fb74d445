// Speaks to a daemon's socket as a process of the gateway would that has been taken over. Run under that process's
// user:
//   e2e_impostor late-writer LEDGER-SOCKET      a portal that keeps its pipe and writes after it was told "complete"
//   e2e_impostor passed-file LEDGER-SOCKET FILE a portal that passes a file it can still write, in place of a pipe
//   e2e_impostor forged-release RELEASE-SOCKET STAGED-FILE   a ledger that signs its own ticket
//   e2e_impostor oversized SOCKET               a message larger than any may be
// Prints the transfer's id and the answer's code ("done" if there is none).
#include <csignal>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ipc/client.h"
#include "gateway/protocol/ledger.h"
#include "gateway/protocol/release.h"
#include "gateway/ticket/ticket.h"

using namespace sekisho;

namespace {

constexpr std::string_view content = "what was sent\n";

Result<ledger::UploadState> announce(Client& ledger, const Person& sender) {
    ledger::CreateUpload wanted;
    wanted.sender = sender;
    wanted.zone_to = "lgwan";
    wanted.name = "memo.txt";
    wanted.size = content.size();
    return ledger.call<ledger::UploadState>(wanted);
}

Result<> say(const TransferId& id, const Error* error) {
    std::printf("%s %s\n", to_text(id).c_str(), error ? error->code.c_str() : "done");
    return {};
}

Result<> late_writer(const std::string& socket) {
    Client ledger(socket);
    const Person sender{"tanaka", "p-0001", "tanaka", {"tax"}};
    const auto announced = TRY(announce(ledger, sender));
    ledger::AppendUpload piece;
    piece.sender = sender;
    piece.id = announced.id;
    const Pipe pipe = TRY(make_pipe());
    const int read_end = pipe.read_end.get(); // kept, too
    TRY(ledger.ask(piece, std::span(&read_end, 1)));
    TRY(write_all(pipe.write_end, as_view(content)));
    const auto state = TRY(ledger.await<ledger::UploadState>(nullptr, std::chrono::seconds(60)));
    if (!state.complete) return fail("test", "the upload is not complete");
    for (int i = 0; i < 20; ++i) {
        (void)write_all(pipe.write_end, as_view("and what came too late\n"));
        usleep(50'000);
    }
    return say(announced.id, nullptr);
}

Result<> passed_file(const std::string& socket, const std::string& path) {
    Client ledger(socket);
    const Person sender{"tanaka", "p-0001", "tanaka", {"tax"}};
    const auto announced = TRY(announce(ledger, sender));
    ledger::AppendUpload piece;
    piece.sender = sender;
    piece.id = announced.id;
    const Descriptor file(open(path.c_str(), O_RDWR | O_CLOEXEC));
    const int passed = file.get();
    const auto state = ledger.call<ledger::UploadState>(piece, std::span(&passed, 1));
    return say(announced.id, state ? nullptr : &state.error());
}

// Everything fits together but for the key that signed.
Result<> forged_release(const std::string& socket, const std::string& staged) {
    const std::string name = std::filesystem::path(staged).filename().string();
    release::Release wanted;
    wanted.id = TRY(transfer_id_of(name.substr(0, 32)));
    wanted.epoch = 1;
    wanted.zone_from = "internet";
    wanted.zone_to = "lgwan";
    wanted.digest_in = sha256(as_view("input"));
    const Digest out = sha256(as_view(content));
    StageReceipt scan;
    scan.stage = Stage::scan;
    scan.verdict = Verdict::delivered;
    scan.digest_in = scan.digest_out = wanted.digest_in;
    StageReceipt sanitize = scan;
    sanitize.stage = Stage::sanitize;
    sanitize.digest_out = out;
    sanitize.bytes_out = content.size();
    sanitize.type_in = sanitize.type_out = Type::text;
    StageReceipt verify = sanitize;
    verify.stage = Stage::verify;
    verify.digest_in = out;
    verify.bytes_in = content.size();
    for (StageReceipt* receipt : {&scan, &sanitize, &verify}) receipt->reason = Reason::none;
    wanted.receipts = {scan, sanitize, verify};
    wanted.ticket.transfer = wanted.id;
    wanted.ticket.epoch = wanted.epoch;
    wanted.ticket.digest_in = wanted.digest_in;
    wanted.ticket.digest_out = out;
    wanted.ticket.bytes_out = content.size();
    wanted.ticket.type = Type::text;
    wanted.ticket.zone_from = wanted.zone_from;
    wanted.ticket.zone_to = wanted.zone_to;
    wanted.ticket.not_after = std::time(nullptr) + 3600;
    sign_ticket(wanted.ticket, SigningKey::generate());
    wanted.deliver = true;
    wanted.policy_digest = "digest";
    Client release(socket);
    const auto released = release.call<release::Released>(wanted);
    return say(wanted.id, released ? nullptr : &released.error());
}

Result<> oversized(const std::string& path) {
    const Descriptor socket = TRY(connect_to(path));
    const Bytes much(Frame::largest + 1000, 1);
    if (send(socket.get(), much.data(), much.size(), MSG_NOSIGNAL) < 0) return fail_errno("test.send", "send");
    pollfd waiting{socket.get(), POLLIN, 0};
    std::uint8_t octet = 0;
    const bool closed = poll(&waiting, 1, 10'000) == 1 && recv(socket.get(), &octet, 1, 0) <= 0;
    std::printf("%s\n", closed ? "closed" : "still open");
    return {};
}

Result<> run(std::span<char* const> words) {
    const std::string what = words.size() > 1 ? words[0] : "";
    if (what == "late-writer") return late_writer(words[1]);
    if (what == "oversized") return oversized(words[1]);
    if (what == "passed-file" && words.size() > 2) return passed_file(words[1], words[2]);
    if (what == "forged-release" && words.size() > 2) return forged_release(words[1], words[2]);
    return reject("usage", "see the head of impostor.cpp");
}

} // namespace

int main(int count, char** values) {
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 1;
    const auto done = run({values + 1, static_cast<std::size_t>(count) - 1});
    if (done) return 0;
    std::printf("%s\n", done.error().code.c_str());
    return 1;
}
