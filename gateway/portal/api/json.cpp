#include "gateway/portal/api/json.h"

#include "base/text/json_writer.h"
#include "gateway/portal/page/texts.h"
#include "gateway/protocol/choices.h"

namespace sekisho::portal {

namespace {

void write_reason(JsonWriter& json, Reason reason, bool japanese) {
    if (reason == Reason::none) {
        json.key("reason").null();
        return;
    }
    const ReasonRow& row = row_of(reason);
    json.member("reason", row.code).member("reason_text", japanese ? row.japanese : row.english);
    json.member("reason_help", help_of(reason, japanese));
}

void write_summary(JsonWriter& json, const ledger::Summary& summary, bool japanese) {
    const TypeRow& type = row_of(summary.type);
    json.member("id", to_text(summary.id))
        .member("state", name_of(summary.state))
        .member("phase", phase_of(summary.state));
    json.member("name", summary.name).member("zone_from", summary.zone_from).member("zone_to", summary.zone_to);
    json.member("sender", summary.sender).member("recipient", summary.recipient);
    json.member("bytes_in", summary.bytes_in).member("bytes_out", summary.bytes_out).member("offset", summary.offset);
    json.member("type", type.name).member("type_text", japanese ? type.japanese : type.english);
    write_reason(json, summary.reason, japanese);
    json.member("findings", summary.findings).member("approvals_needed", summary.approvals_needed);
    json.member("approvals_given", summary.approvals_given).member("created", time_text(summary.created));
    json.member("changed", time_text(summary.changed)).member("picked_up", summary.picked_up);
}

void write_stage(JsonWriter& json, const StageReceipt& stage, bool japanese) {
    json.begin_object().member("stage", name_of(stage.stage)).member("verdict", name_of(stage.verdict));
    write_reason(json, stage.reason, japanese);
    json.member("digest_in", to_hex(stage.digest_in)).member("digest_out", to_hex(stage.digest_out));
    json.member("bytes_in", stage.bytes_in).member("bytes_out", stage.bytes_out);
    json.member("type_in", row_of(stage.type_in).name).member("type_out", row_of(stage.type_out).name);
    json.member("level", name_of(stage.level))
        .member("millis", stage.wall_microseconds / 1000)
        .key("findings")
        .begin_array();
    for (const FindingRecord& record : stage.findings) {
        const FindingRow& row = row_of(record.entry.finding);
        json.begin_object().member("code", row.code).member("text", japanese ? row.japanese : row.english);
        json.member("where", to_text(record.entry.path)).member("action", name_of(record.entry.action));
        if (!record.entry.detail.empty()) json.member("detail", record.entry.detail);
        json.member("count", record.entry.count).end_object();
    }
    json.end_array().member("omitted", stage.omitted).end_object();
}

} // namespace

std::string list_json(const ledger::TransferList& list, bool japanese) {
    JsonWriter json;
    json.begin_object().key("transfers").begin_array();
    for (const ledger::Summary& summary : list.transfers) {
        json.begin_object();
        write_summary(json, summary, japanese);
        json.end_object();
    }
    json.end_array()
        .member("next", list.next)
        .member("version", list.version)
        .member("emergency", list.emergency)
        .end_object();
    return json.take();
}

std::string detail_json(const ledger::TransferDetail& detail, bool japanese) {
    JsonWriter json;
    json.begin_object();
    write_summary(json, detail.summary, japanese);
    json.member("comment", detail.comment).member("message", detail.message).member("rules", detail.rules);
    json.member("policy_digest", detail.policy_digest).key("options");
    write_options(json, detail.options.options);
    json.key("stages").begin_array();
    for (const StageReceipt& stage : detail.stages) write_stage(json, stage, japanese);
    json.end_array().key("approvals").begin_array();
    for (const ledger::ApprovalRecord& approval : detail.approvals) {
        json.begin_object().member("approver", approval.approver).member("approved", approval.approved);
        json.member("reason", approval.reason).member("time", time_text(approval.time)).end_object();
    }
    json.end_array().member("may_approve", detail.may_approve).end_object();
    return json.take();
}

} // namespace sekisho::portal
