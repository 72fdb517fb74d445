// One file of `sekisho sanitize`: copied, scanned, sanitised, verified, written.
#pragma once

#include <future>
#include <optional>
#include <string>

#include "base/crypto/crypto.h"
#include "sanitizer/worker/pool.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::cli {

struct Input {
    std::string path;                    // as the user named it or the walk found it
    std::string relative;                // below --out
    std::vector<std::string> parts = {}; // of a split archive, in order, `path` among them; else empty
};

struct Outcome {
    Input input;
    std::string output; // path; empty unless delivered
    Type type_in = Type::unknown;
    Type type_out = Type::unknown;
    Level level = Level::rebuild;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::internal;
    std::string detail; // of our own making, for a failure of the environment: "open for reading: Permission denied"
    std::vector<Entry> entries;
    std::uint32_t omitted = 0;
    bool scanned = false;
    std::uint64_t database_version = 0;
    std::optional<Digest> digest_in;
    std::optional<Digest> digest_out;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t milliseconds = 0;
};

// The processes that do the work; each ask_* may be called from any thread and waits.
class Workshop {
public:
    virtual ~Workshop() = default;
    virtual bool scans() const = 0;
    virtual Result<worker::Scanned> scan(const Descriptor& input) = 0;
    virtual Result<worker::Sanitized> sanitize(const worker::Sanitize& question, const Descriptor& input,
                                               Descriptor output_pipe) = 0;
    virtual Result<worker::Verified> verify(const worker::Verify& question, const Descriptor& output) = 0;
};

// What holds for every input of one call.
struct Terms {
    Level level = Level::rebuild;
    Limits limits = {};
    std::vector<std::string> passwords = {}; // tried on what is encrypted
    Options options = {};
};

// Writes `directory`/<name> and its receipt, or only the receipt.
Outcome sanitize_one(const Input& input, const std::string& directory, const Terms& terms, Workshop& workshop);

} // namespace sekisho::cli
