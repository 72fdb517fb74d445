#include "gateway/ledger/sending.h"

#include <algorithm>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/fault/fault.h"
#include "base/text/utf8.h"
#include "sanitizer/name/name.h"

namespace sekisho::ledger {

namespace {

constexpr std::size_t most_copies = 1024;

std::unexpected<Error> unknown() {
    return reject("transfer.unknown", "there is no such transfer");
}

// Only a pipe: a file would stay in the hands of the process that sent it.
Result<Descriptor> pipe_of(const Caller& caller) {
    auto& descriptors = caller.call->frame.descriptors;
    struct stat status {};
    if (descriptors.size() != 1 || fstat(descriptors.front().get(), &status) != 0 || !S_ISFIFO(status.st_mode))
        return reject("upload.pipe", "the content must come through one pipe");
    return std::move(descriptors.front());
}

bool is_gone(State state) {
    return state == State::withdrawn || state == State::expired || state == State::failed;
}

// The sizes of the parts of a split archive are those of the whole: what is hashed and read later relies on it.
Result<> check_parts(const CreateUpload& wanted) {
    const auto bad = [] { return reject("upload.parts", "the sizes of the parts are not that of the whole"); };
    if (wanted.parts.size() == 1) return bad();
    std::uint64_t left = wanted.size;
    for (const worker::WirePart& part : wanted.parts) {
        if (part.size == 0 || part.size > left) return bad();
        left -= part.size;
    }
    if (!wanted.parts.empty() && left > 0) return bad();
    return {};
}

void describe(JsonWriter& json, const Transfer& transfer) {
    json.member("sender", transfer.sender.person).member("account", transfer.sender.account);
    json.member("recipient", transfer.recipient).member("name", transfer.name).member("bytes", transfer.size);
}

} // namespace

UploadState upload_state_of(const Transfer& transfer) {
    const bool uploading = transfer.state == State::uploading;
    return {transfer.id, uploading ? transfer.offset : transfer.size, transfer.size,
            uploading ? transfer.expires / 1000 : 0, !uploading};
}

Result<> Sending::check_wanted(const CreateUpload& wanted) const {
    TRY(check_person(wanted.sender));
    if (const auto obstacle = m_core.obstacle()) return std::unexpected(*obstacle);
    if (!is_zone_name(wanted.zone_to)) return reject("upload.zone", "the zone's name is not valid");
    if (!wanted.recipient.empty() && cleaned_text(wanted.recipient, 64) != wanted.recipient)
        return reject("upload.recipient", "the recipient's name is not valid");
    if (!std::ranges::all_of(wanted.passwords, [](const std::string& one) { return !one.empty() && is_utf8(one); }))
        return reject("upload.passwords", "a password is empty or not UTF-8");
    if (wanted.size == 0) return refuse(Reason::type_empty);
    TRY(check_parts(wanted));
    if (wanted.size > m_core.options.largest_upload)
        return reject("upload.too-large", fmt::format("at most {} bytes are accepted", m_core.options.largest_upload));
    const std::uint64_t own = TRY(m_core.journal.unfinished_uploads(wanted.sender.person));
    if (own >= m_core.options.most_uploads_of_one)
        return reject("upload.too-many", "too many unfinished uploads", {}, "Finish or withdraw some of them first");
    return m_core.check_space(wanted.size);
}

Result<> Sending::create(const CreateUpload& wanted, const Caller& caller) {
    TRY(check_wanted(wanted));
    Transfer transfer;
    transfer.id = new_transfer_id();
    transfer.sender = wanted.sender;
    transfer.zone_from = caller.zone;
    transfer.zone_to = wanted.zone_to;
    transfer.recipient = wanted.recipient.empty() ? wanted.sender.person : wanted.recipient;
    // Some browsers name the folder, too; npos + 1 is 0.
    bool changed = false;
    transfer.name = clean_file_name(wanted.name.substr(wanted.name.find_last_of("/\\") + 1), changed);
    transfer.comment = cleaned_text(wanted.comment, 2000);
    transfer.size = wanted.size;
    for (const worker::WirePart& part : wanted.parts) transfer.parts.push_back({part.size, {}});
    transfer.created = transfer.changed = m_core.now();
    transfer.expires = transfer.created + std::int64_t{m_core.options.upload_hours} * 3'600'000;
    transfer.policy_digest = m_core.judge.digest();
    const Admission admission = m_core.judge.admit(transfer);
    TRY(m_core.note_decision(transfer, judge::Phase::announced, admission.question, admission.answer));
    if (!admission.allowed || transfer.zone_to == transfer.zone_from)
        return refuse_by_policy(transfer, admission, caller);
    transfer.level = admission.level;
    transfer.options = admission.options;
    transfer.with_password = !wanted.passwords.empty();
    TRY(m_core.journal.insert(transfer));
    TRY(m_core.record(Event::transfer_created, &transfer, [&](JsonWriter& json) {
        describe(json, transfer);
        json.member("policy", transfer.policy_digest);
    }));
    TRY(m_core.passwords.keep(transfer.id, wanted.passwords)); // last: nothing undoes it but the batch
    m_core.promised += transfer.size;
    m_core.batch.otherwise([this, id = transfer.id, size = transfer.size](const Error&) {
        m_core.passwords.forget(id);
        m_core.promised -= size;
    });
    m_core.batch.answer(caller.call, upload_state_of(transfer));
    return {};
}

Result<> Sending::refuse_by_policy(const Transfer& transfer, const Admission& admission, const Caller& caller) {
    const bool same_zone = transfer.zone_to == transfer.zone_from;
    const std::string message =
        same_zone ? "送信元と送信先が同じです (the zone is the sender's own)" : admission.message;
    TRY(m_core.record(Event::transfer_decided, &transfer, [&](JsonWriter& json) {
        describe(json, transfer);
        json.member("verdict", "refuse").member("rules", admission.rules).member("why", message);
        json.member("policy", transfer.policy_digest);
    }));
    m_core.batch.refuse(caller.call, reject("policy.refused", message, admission.rules).error());
    return {};
}

Result<Transfer> Sending::own(const TransferId& id, const Person& sender, const std::string& zone) const {
    auto found = TRY(m_core.journal.find(id));
    if (!found || found->sender.person != sender.person || found->zone_from != zone) return unknown();
    return std::move(*found);
}

Result<> Sending::status(const UploadStatus& asked, const Caller& caller) {
    const Transfer transfer = TRY(own(asked.id, asked.sender, caller.zone));
    if (is_gone(transfer.state)) return reject("transfer.gone", "this upload has ended");
    m_core.batch.answer(caller.call, upload_state_of(transfer));
    return {};
}

Result<> Sending::check_piece(const AppendUpload& piece, const Transfer& transfer) const {
    if (is_gone(transfer.state)) return reject("transfer.gone", "this upload has ended");
    // Everything arrived while the client, whose connection broke, still asked where to go on: no reason to give up.
    if (transfer.state != State::uploading)
        return reject("upload.offset", fmt::format("all {} bytes have arrived", transfer.size));
    if (const auto obstacle = m_core.obstacle()) return std::unexpected(*obstacle);
    if (m_appending.contains(piece.id)) return fail("upload.busy", "another piece of this upload is on its way");
    if (piece.offset != transfer.offset)
        return reject("upload.offset", fmt::format("the upload goes on at byte {}", transfer.offset));
    if (m_core.intake.running() >= most_copies) return fail("intake.busy", "too many uploads at once");
    if (m_core.spool.usable(m_core.options.reserve_bytes) < transfer.size - transfer.offset)
        return Core::no_space("there is no space left for this file");
    return {};
}

Result<> Sending::append(const AppendUpload& piece, const Caller& caller) {
    const Transfer transfer = TRY(own(piece.id, piece.sender, caller.zone));
    // The answer to the last piece was lost, and the client asks again.
    if (transfer.received != 0 && piece.offset == transfer.size) {
        m_core.batch.answer(caller.call, upload_state_of(transfer));
        return {};
    }
    TRY(check_piece(piece, transfer));
    start_copy(piece, transfer, caller);
    return {};
}

void Sending::start_copy(const AppendUpload& piece, const Transfer& transfer, const Caller& caller) {
    auto pipe = pipe_of(caller);
    if (!pipe) return m_core.batch.refuse(caller.call, pipe.error());
    CopyOrder order;
    order.pipe = std::move(*pipe);
    order.path = m_core.spool.incoming(piece.id);
    order.offset = piece.offset;
    order.limit = transfer.size;
    order.in_memory = piece.offset == 0 && transfer.size <= m_core.options.largest_in_journal;
    for (const Part& part : transfer.parts) order.parts.push_back(part.size);
    order.checksum = piece.checksum;
    order.checksum_value = piece.checksum_value;
    m_appending.insert(piece.id);
    const auto done = [this, id = piece.id, call = caller.call](const Copied& copied) {
        m_appending.erase(id);
        m_core.attempt_for(call, [&] { return arrived(id, copied, call); });
    };
    m_core.intake.copy(std::move(order), done,
                       [this, id = piece.id](std::uint64_t durable) { checkpoint(id, durable); });
}

Result<> Sending::arrived(const TransferId& id, const Copied& copied, const CallPointer& call) {
    auto transfer = TRY(m_core.journal.find(id));
    if (!transfer || transfer->state != State::uploading) {
        m_core.spool.remove(m_core.spool.incoming(id)); // withdrawn meanwhile
        return reject("transfer.gone", "this upload has ended");
    }
    if (copied.error) return std::unexpected(*copied.error);
    const std::uint64_t came = copied.size - transfer->offset;
    transfer->offset = copied.size;
    const bool in_journal = !copied.content.empty();
    if (in_journal) TRY(m_core.journal.keep_content(*transfer, copied.content));
    if (transfer->offset == transfer->size) TRY(became_whole(*transfer, copied));
    TRY(m_core.save(*transfer));
    m_core.batch.after([this, came] { m_core.promised -= came; });
    m_core.batch.answer(call, upload_state_of(*transfer));
    if (transfer->state == State::received && !in_journal)
        m_core.batch.after([this, id] {
            SEKISHO_FAULT("ledger.before-take-in");
            static_cast<void>(m_core.spool.take_in(id)); // if it fails, the file is found in incoming
        });
    return {};
}

Result<> Sending::became_whole(Transfer& transfer, const Copied& copied) {
    transfer.state = State::received;
    transfer.digest_in = copied.digest;
    if (copied.parts.size() != transfer.parts.size()) bug("a split set is whole without the digests of its parts");
    for (std::size_t i = 0; i < transfer.parts.size(); ++i) transfer.parts[i].digest = copied.parts[i];
    transfer.received = m_core.now();
    transfer.expires = 0;
    transfer.origin = TRY(m_core.journal.origin_of(transfer.digest_in));
    if (transfer.origin.empty()) transfer.origin = transfer.zone_from;
    TRY(m_core.record(Event::transfer_received, &transfer, [&](JsonWriter& json) {
        describe(json, transfer);
        json.member("digest_in", to_hex(transfer.digest_in));
        if (!transfer.parts.empty()) json.member("parts", transfer.parts.size());
    }));
    m_received(transfer.id);
    return {};
}

void Sending::checkpoint(const TransferId& id, std::uint64_t durable) {
    static_cast<void>(m_core.attempt([&]() -> Result<> {
        auto transfer = TRY(m_core.journal.find(id));
        if (!transfer || transfer->state != State::uploading || durable <= transfer->offset) return {};
        m_core.batch.after([this, came = durable - transfer->offset] { m_core.promised -= came; });
        transfer->offset = durable;
        return m_core.save(*transfer);
    }));
}

Result<> Sending::withdraw(const Withdraw& asked, const Caller& caller) {
    Transfer transfer = TRY(own(asked.id, asked.sender, caller.zone));
    const bool possible = transfer.state == State::uploading || transfer.state == State::received ||
                          transfer.state == State::processing || transfer.state == State::held;
    if (!possible) return reject("transfer.too-late", "it cannot be withdrawn any more");
    if (transfer.state == State::uploading)
        m_core.batch.after([this, left = transfer.size - transfer.offset] { m_core.promised -= left; });
    transfer.state = State::withdrawn;
    transfer.expires = 0;
    TRY(m_core.record(Event::transfer_withdrawn, &transfer,
                      [&](JsonWriter& json) { json.member("sender", transfer.sender.person); }));
    TRY(m_core.save(transfer));
    TRY(m_core.discard(transfer));
    m_core.batch.answer(caller.call, Done{});
    return {};
}

} // namespace sekisho::ledger
