// What the scanner, the sanitiser and the verifier answer: to the conveyor in the gateway, or to `sekisho sanitize`.
// Answers come from processes that have read hostile content: closed enumerations, bounded numbers, and plain details
// of findings.
#pragma once

#include "base/ipc/codec.h"
#include "sanitizer/core/conversion.h"
#include "sanitizer/core/limits.h"
#include "sanitizer/core/options.h"
#include "sanitizer/core/report.h"

namespace sekisho::worker {

// What a broker has to know of a kind of work.
struct Protocol {
    const char* name;
    std::uint16_t question; // message type
    std::uint16_t answer;
};

// An Entry of a report on the wire.
struct WireEntry {
    Entry entry;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.entry.finding);
        codec.choice(self.entry.action);
        codec.number(self.entry.count);
        codec.number(self.entry.path.length);
        for (auto& step : self.entry.path.steps) {
            codec.choice(step.place);
            codec.number(step.number);
        }
    }
};

// The details of entries, one behind the other: the layout of an entry is as old as the oldest receipt in a journal.
void details_of(auto& entries, auto& codec) {
    for (auto& wire : entries) codec.plain(wire.entry.detail, longest_detail);
}

struct WireLimits {
    Limits limits;
    static void fields(auto& self, auto& codec) {
        codec.number(self.limits.bytes_in);
        codec.number(self.limits.bytes_unpacked);
        codec.number(self.limits.bytes_out);
        codec.number(self.limits.bytes_in_memory);
        codec.number(self.limits.ratio);
        codec.number(self.limits.members);
        codec.number(self.limits.depth);
        codec.number(self.limits.pixels);
        codec.number(self.limits.pixels_one);
        codec.number(self.limits.pages);
        codec.number(self.limits.seconds);
        codec.number(self.limits.memory);
    }
};

struct WireOptions {
    Options options;
    static void fields(auto& self, auto& codec) {
        for (const OptionChoice& choice : all_choices()) codec.flag(self.options.*(choice.chosen));
    }
};

struct WirePart {
    std::uint64_t size = 0;
    static void fields(auto& self, auto& codec) { codec.number(self.size); }
};

// To the scanner, with a read-only descriptor. Answer: Scanned.
struct Scan {
    static constexpr std::uint16_t type = 0x0501;
    static void fields(auto&, auto&) {}
};

struct Scanned {
    static constexpr std::uint16_t type = 0x0502;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::scan_failed; // scan.infected, limit.scan, scan.failed
    std::uint64_t database_version = 0;
    std::uint64_t signatures = 0;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.verdict);
        codec.choice(self.reason);
        codec.number(self.database_version);
        codec.number(self.signatures);
    }
};

// To the sanitiser's zygote, with two descriptors: the input (read-only) and the write end of a pipe for the output.
// One throw-away worker does it. Answer: Sanitized, after the worker has ended.
struct Sanitize {
    static constexpr std::uint16_t type = 0x0511;
    static constexpr std::size_t most_passwords = 10, longest_password = 128, most_parts = 256;
    Level level = Level::rebuild;
    std::string name; // hint for csv or txt only
    WireLimits limits;
    std::vector<std::string> passwords = {}; // that the sender supplied for this job; UTF-8
    std::vector<WirePart> parts = {};        // if the input is a split set, its parts one behind the other
    WireOptions options = {};
    static void fields(auto& self, auto& codec) {
        codec.choice(self.level);
        codec.text(self.name, 512);
        codec.inside(self.limits);
        codec.texts(self.passwords, most_passwords, longest_password);
        codec.list(self.parts, most_parts);
        codec.inside(self.options);
    }
};

struct Sanitized {
    static constexpr std::uint16_t type = 0x0512;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::internal;
    Type type_in = Type::unknown;
    Type type_out = Type::unknown;
    std::uint32_t omitted = 0;
    std::uint32_t archive_depth = 0; // as Report has them
    std::uint32_t archive_members = 0;
    std::vector<WireEntry> entries;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.verdict);
        codec.choice(self.reason);
        codec.choice(self.type_in);
        codec.choice(self.type_out);
        codec.number(self.omitted);
        codec.number(self.archive_depth);
        codec.number(self.archive_members);
        codec.list(self.entries, Report::most_entries);
        details_of(self.entries, codec);
    }
};

inline constexpr Protocol sanitize_protocol{"sanitizer", Sanitize::type, Sanitized::type};

// To the converter's zygote, with two descriptors: the document (sealed) and the write end of a pipe for the output.
// Comes from a worker of the sanitiser, which has read hostile content, by way of its zygote. Answer: Converted.
struct Convert {
    static constexpr std::uint16_t type = 0x0531;
    Document from = Document::count;
    Document to = Document::count;
    std::string password;
    std::int64_t now = 0;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.from);
        codec.choice(self.to);
        codec.text(self.password, Sanitize::longest_password);
        codec.number(self.now);
    }
};

struct Converted {
    static constexpr std::uint16_t type = 0x0532;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::internal;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.verdict);
        codec.choice(self.reason);
    }
};

// From a worker whose start takes a while to its zygote: it can be asked.
struct Ready {
    static constexpr std::uint16_t type = 0x052F;
    static void fields(auto&, auto&) {}
};

// From a broker to its zygote, with one descriptor: the converter to be used instead of the one before. No answer.
struct UseConverter {
    static constexpr std::uint16_t type = 0x0530;
    static void fields(auto&, auto&) {}
};

inline constexpr Protocol convert_protocol{"converter", Convert::type, Converted::type};

// To the verifier's zygote, with a read-only descriptor of the output. Answer: Verified.
struct Verify {
    static constexpr std::uint16_t type = 0x0521;
    Type file_type = Type::unknown;
    WireLimits limits;
    WireOptions options = {}; // that the sanitiser was given
    static void fields(auto& self, auto& codec) {
        codec.choice(self.file_type);
        codec.inside(self.limits);
        codec.inside(self.options);
    }
};

struct Verified {
    static constexpr std::uint16_t type = 0x0522;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::internal;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.verdict);
        codec.choice(self.reason);
    }
};

inline constexpr Protocol verify_protocol{"verifier", Verify::type, Verified::type};

} // namespace sekisho::worker
