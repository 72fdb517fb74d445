#include "gateway/ledger/receipt_json.h"

#include <ctime>

#include <fmt/format.h>

#include "base/text/json_check.h"
#include "base/text/json_writer.h"
#include "gateway/protocol/audit.h"
#include "sanitizer/name/name.h"

namespace sekisho::ledger {

namespace {

// RFC 3339 in UTC; empty for a time that has not come.
std::string time_text(std::int64_t milliseconds) {
    if (milliseconds <= 0) return {};
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts{};
    if (!gmtime_r(&seconds, &parts)) return {};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

void write_file(JsonWriter& json, std::string_view key, const Digest& digest, std::uint64_t bytes, Type type) {
    json.key(key).begin_object();
    json.member("sha256", to_hex(digest)).member("bytes", bytes).member("type", row_of(type).name).end_object();
}

void write_parts(JsonWriter& json, const std::vector<Part>& parts) {
    json.key("parts").begin_array();
    for (const Part& part : parts)
        json.begin_object().member("sha256", to_hex(part.digest)).member("bytes", part.size).end_object();
    json.end_array();
}

void write_stage(JsonWriter& json, const StageReceipt& stage) {
    json.begin_object().member("stage", name_of(stage.stage)).member("verdict", name_of(stage.verdict));
    if (stage.reason != Reason::none)
        json.member("reason", row_of(stage.reason).code).member("reason_ja", row_of(stage.reason).japanese);
    json.member("level", name_of(stage.level));
    write_file(json, "in", stage.digest_in, stage.bytes_in, stage.type_in);
    if (stage.verdict == Verdict::delivered) write_file(json, "out", stage.digest_out, stage.bytes_out, stage.type_out);
    json.member("microseconds", stage.wall_microseconds).member("engine_version", stage.engine_version);
    if (stage.archive_depth > 0)
        json.member("archive_depth", stage.archive_depth).member("archive_members", stage.archive_members);
    json.member("findings_omitted", stage.omitted).key("findings").begin_array();
    for (const FindingRecord& record : stage.findings) {
        const FindingRow& row = row_of(record.entry.finding);
        json.begin_object().member("code", row.code).member("action", name_of(record.entry.action));
        json.member("place", to_text(record.entry.path)).member("count", record.entry.count);
        if (!record.entry.detail.empty()) json.member("detail", record.entry.detail);
        json.member("english", row.english).member("japanese", row.japanese).end_object();
    }
    json.end_array().end_object();
}

void write_people(JsonWriter& json, const Transfer& transfer) {
    json.key("sender").begin_object().member("person", transfer.sender.person);
    json.member("account", transfer.sender.account).member("name", transfer.sender.display);
    json.member("zone", transfer.zone_from).end_object();
    json.key("recipient").begin_object().member("person", transfer.recipient);
    json.member("zone", transfer.zone_to).end_object();
}

void write_times(JsonWriter& json, const Transfer& transfer) {
    json.key("times").begin_object().member("created", time_text(transfer.created));
    json.member("received", time_text(transfer.received))
        .member("delivered", time_text(transfer.delivered))
        .end_object();
}

void write_approvals(JsonWriter& json, const std::vector<ApprovalRow>& approvals) {
    json.key("approvals").begin_array();
    for (const ApprovalRow& row : approvals) {
        json.begin_object().member("person", row.approver.person).member("name", row.approver.display);
        json.member("zone", row.zone).member("approved", row.approved).member("reason", row.reason);
        json.member("time", time_text(row.time)).member("sha256", to_hex(row.digest_out)).end_object();
    }
    json.end_array();
}

} // namespace

std::string receipt_json(const ReceiptContent& content) {
    const Transfer& transfer = content.transfer;
    JsonWriter json;
    json.begin_object().member("format", "sekisho receipt 1").member("transfer", to_text(transfer.id));
    json.member("state", name_of(transfer.state)).member("name", transfer.name);
    if (transfer.bytes_out > 0) json.member("delivered_name", name_for_type(transfer.name, transfer.type_out));
    write_people(json, transfer);
    write_times(json, transfer);
    write_file(json, "in", transfer.digest_in, transfer.size, transfer.type_in);
    if (!transfer.parts.empty()) write_parts(json, transfer.parts);
    if (transfer.bytes_out > 0) write_file(json, "out", transfer.digest_out, transfer.bytes_out, transfer.type_out);
    json.key("policy").begin_object().member("sha256", transfer.policy_digest).member("rules", transfer.rules);
    json.member("message", transfer.message).end_object();
    if (transfer.reason != Reason::none)
        json.member("reason", row_of(transfer.reason).code).member("reason_ja", row_of(transfer.reason).japanese);
    json.key("options");
    write_options(json, transfer.options);
    json.key("stages").begin_array();
    for (const StageReceipt& stage : content.stages) write_stage(json, stage);
    json.end_array();
    write_approvals(json, content.approvals);
    json.key("ticket");
    transfer.ticket.empty() ? json.null() : json.text(to_base64(transfer.ticket));
    json.key("audit");
    content.proof.empty() ? json.null() : json.raw(content.proof);
    return json.end_object().take();
}

Result<Descriptor> receipt_file(const ReceiptContent& content, Client& audit) {
    Descriptor file = TRY(make_memory_file("receipt"));
    std::string text = receipt_json(content);
    const auto answer = audit.call<audit::ReceiptSignature>(audit::SignReceipt{sha256(as_view(text))});
    text.pop_back(); // the closing brace
    text += answer ? fmt::format(",\"signature\":\"{}\"}}", to_base64(answer->signature)) : ",\"signature\":null}";
    TRY(write_all(file, as_view(text)));
    TRY(seal(file));
    return file;
}

// The log may have stored records of others right behind ours before it answered, so the leaf that we were told is the
// latest that ours can be at: the record itself says which one it is.
std::string fetch_proof(Client& audit, const Transfer& transfer) {
    constexpr std::int64_t most_steps = 64;
    const std::string id = to_text(transfer.id);
    for (std::int64_t leaf = transfer.leaf; leaf >= 0 && leaf > transfer.leaf - most_steps; --leaf) {
        auto proof = audit.call<audit::ProofAnswer>(audit::GetProof{static_cast<std::uint64_t>(leaf)});
        if (!proof || !is_json_object(proof->json)) return {};
        if (proof->json.find("transfer.released") != std::string::npos && proof->json.find(id) != std::string::npos)
            return std::move(proof->json);
    }
    return {};
}

} // namespace sekisho::ledger
