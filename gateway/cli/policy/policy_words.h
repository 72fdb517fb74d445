// A policy that was put into force, for people and as JSON.
#pragma once

#include "base/text/json_writer.h"
#include "gateway/judge/replay.h"
#include "gateway/protocol/policy.h"

namespace sekisho::cli {

// "2026-04-01 09:30"
std::string local_time(std::int64_t time);

// {"number":3,"time":...,"act":"activate","version":42,"title":...,"valid":...,"digest":...,"manifest":...,"author":...,
//  "approvers":[...],"reason":...,"break_glass":false,"until":0}
void write_entry(JsonWriter& json, const ledger::PolicyEntry& entry);
std::string entry_line(const ledger::PolicyEntry& entry);

// {"in_force":true,"problem":"","policy":{...},"shadow":{"digest":...,"version":...,"since":...,"asked":...,
//  "differences":...}|null}
std::string status_json(const ledger::PolicyStatus& status);
// Some lines. What is in force; loudly, if one person alone put it there.
std::string status_lines(const ledger::PolicyStatus& status);

// {"asked":...,"same":...,"opened":...,"closed":...,"obligations":...,"by_rule":{"R-010":{...}},"by_department":{...}}
void write_summary(JsonWriter& json, const judge::Summary& summary);
std::string summary_lines(const judge::Summary& summary);

} // namespace sekisho::cli
