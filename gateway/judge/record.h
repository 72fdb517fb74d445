// A question and its answer as they are kept: a question put again gives the same bytes, or the answer differs.
#pragma once

#include "gateway/judge/deciding.h"

namespace sekisho::judge {

struct Record {
    std::uint64_t number = 0; // in the order of deciding
    std::int64_t time = 0;    // Unix milliseconds
    std::string transfer;     // 32 hexadecimal digits
    std::string policy;       // digest of the policy that answered, hexadecimal; empty: none was in force
    Phase phase = Phase::announced;
    policy::Sample question;
    Bytes answer;        // encode_answer()
    std::string shadow;  // digest of the policy that decided beside it; empty: none did
    Bytes shadow_answer; // if it would have come to something else (see Flip)
};

// Long answers (very many rules or words) are kept up to bounds, with how many there were.
Bytes encode_answer(const Answer& answer);
// reject "record.damaged".
Result<Answer> decode_answer(View octets);
Bytes encode_question(const policy::Sample& question);
Result<policy::Sample> decode_question(View octets);

// A list as it is handed to the operator.
Bytes encode_records(const std::vector<Record>& records);
Result<std::vector<Record>> decode_records(View octets);

} // namespace sekisho::judge
