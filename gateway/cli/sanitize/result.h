// How an outcome looks: as JSON (the documented shape), as a receipt file, as lines for a person.
#pragma once

#include "gateway/cli/sanitize/job.h"

namespace sekisho::cli {

// One object, one line: input, output, type, type_out, level, verdict, reason, message, help, findings (code, where,
// action, count), findings_omitted, scanned, sha256_in, sha256_out, bytes_in, bytes_out, millis, version.
std::string to_json(const Outcome& outcome);
// A few lines in the user's language.
std::string to_words(const Outcome& outcome);
// `directory`/<name of the output, or of the input if there is none>.receipt.json
Result<> write_receipt(const Outcome& outcome, const std::string& directory);

} // namespace sekisho::cli
