#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace sekisho::ledger {

std::int64_t milliseconds_now(); // Unix

struct Options {
    std::string journal;                       // the SQLite file
    std::string spool;                         // incoming and input are made below it
    std::string staging;                       // shared with `release`; on the same file system as the spool and egress
    std::string egress;                        // written by `release` only
    std::string audit_socket;                  // of the process `audit`
    std::string release_socket;                // of the process `release`
    std::string signers;                       // the file of those who may sign a policy
    unsigned signers_owner = 0;                // user id that it has to belong to
    std::uint64_t reserve_bytes = 1ULL << 30;  // that must stay free on the spool
    std::uint64_t largest_upload = 2ULL << 30; // bytes
    // What is received in one piece and is no larger goes into the journal instead of a file: one sync instead of three.
    std::uint64_t largest_in_journal = 64ULL << 10;
    std::uint32_t upload_hours = 24;           // an upload that is not finished by then is dropped
    std::uint32_t keep_days = 30;              // of what is delivered, where no rule says
    std::uint32_t decision_days = 400;         // recorded decisions are kept for replay
    std::uint32_t conveyor_attempts = 3;
    std::uint32_t most_uploads = 2000;              // unfinished ones of all senders together
    std::uint32_t most_uploads_of_one = 100;        // unfinished ones of one sender
    std::chrono::milliseconds lease{300'000};       // settings/deadlines.h
    std::chrono::milliseconds output_idle{70'000};  // the same for a worker's pipe that brings nothing
    std::chrono::milliseconds pipe_idle{60'000};    // a sender's pipe that brings nothing for so long has ended
    std::chrono::milliseconds wait_longest{25'000}; // of Lease and WaitChange
    std::chrono::milliseconds audit_patience{5'000};
    std::chrono::milliseconds audit_gather{100};    // records that nobody waits for go together
    std::chrono::milliseconds retry_pause{1'000};   // before a failed stage or release is tried again; doubles
    std::chrono::milliseconds longest_pause{4'000};
    std::chrono::milliseconds tick{1'000};
    unsigned copy_threads = 2;
    unsigned sync_threads = 16;
    std::function<std::int64_t()> now = milliseconds_now;
};

} // namespace sekisho::ledger
