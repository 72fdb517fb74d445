#include "gateway/cli/sanitize/job.h"

#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/cli/sanitize/result.h"
#include "sanitizer/name/name.h"

namespace sekisho::cli {

namespace fs = std::filesystem;

namespace {

// Beyond this an input is copied to a file without a name instead of memory.
constexpr std::uint64_t most_in_memory = 32ULL << 20;
constexpr std::string_view worker_killed = "worker.killed";

struct Copy {
    Descriptor file; // nobody else can write it any more
    std::uint64_t size = 0;
    Digest digest{};
    std::vector<worker::WirePart> parts; // of a split archive
};

Result<Descriptor> nameless_file(const std::string& directory) {
    Descriptor file(open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!file.valid()) return fail_errno("file.create", "make a temporary file", directory);
    return file;
}

Result<Descriptor> opened(const std::string& path, std::uint64_t& size) {
    Descriptor source(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!source.valid()) return fail_errno("file.open", "open for reading", path);
    struct stat status {};
    if (fstat(source.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail("file.kind", "not an ordinary file", path);
    size = static_cast<std::uint64_t>(status.st_size);
    return source;
}

// Appends one file to the copy.
Result<> append(Copy& copy, const Descriptor& source, Sha256& hash, const Limits& limits) {
    Bytes buffer(256 * 1024);
    for (;;) {
        const std::size_t count = TRY(read_some(source, buffer));
        if (count == 0) return {};
        const View piece = View(buffer).first(count);
        copy.size += count;
        if (copy.size > limits.bytes_in) return refuse(Reason::limit_bytes);
        hash.add(piece);
        TRY(write_all(copy.file, piece));
    }
}

// Copies and hashes in one pass, so that what is judged cannot change any more while it is. The parts of a split
// archive one behind the other.
Result<Copy> copied(const Input& input, const std::string& directory, const Limits& limits) {
    std::vector<Descriptor> sources;
    std::uint64_t expected = 0;
    for (const std::string& path : input.parts.empty() ? std::vector{input.path} : input.parts) {
        std::uint64_t size = 0;
        sources.push_back(TRY(opened(path, size)));
        if (size > limits.bytes_in - expected) return refuse(Reason::limit_bytes);
        expected += size;
    }
    const bool in_memory = expected <= most_in_memory;
    Copy copy;
    copy.file = in_memory ? TRY(make_memory_file("input")) : TRY(nameless_file(directory));
    Sha256 hash;
    for (const Descriptor& source : sources) {
        const std::uint64_t before = copy.size;
        TRY(append(copy, source, hash, limits));
        if (!input.parts.empty()) copy.parts.push_back({copy.size - before});
    }
    copy.digest = hash.digest();
    if (in_memory) TRY(seal(copy.file));
    copy.file = TRY(reopen_read_only(copy.file));
    return copy;
}

// Takes what the worker writes into its pipe: the worker never holds a descriptor of the file that is verified.
struct Drained {
    Descriptor file;
    std::uint64_t size = 0;
    Digest digest{};
};

Result<Drained> drain(const Descriptor& pipe, Descriptor file, std::uint64_t limit) {
    Drained drained{std::move(file), 0, {}};
    Sha256 hash;
    Bytes buffer(256 * 1024);
    for (;;) {
        const std::size_t count = TRY(read_some(pipe, buffer));
        if (count == 0) break;
        drained.size += count;
        if (drained.size > limit) return refuse(Reason::limit_bytes);
        hash.add(View(buffer).first(count));
        TRY(write_all(drained.file, View(buffer).first(count)));
    }
    drained.digest = hash.digest();
    return drained;
}

void set_refusal(Outcome& outcome, const Error& error) {
    outcome.reason = reason_of(error);
    outcome.verdict =
        error.kind == ErrorKind::reject && outcome.reason != Reason::internal ? Verdict::refused : Verdict::failed;
    if (outcome.verdict == Verdict::failed) outcome.detail = to_line(error);
}

// A path below `directory` that is not taken yet.
std::string free_path(const fs::path& directory, const std::string& relative, Type type) {
    const fs::path wanted = directory / fs::path(relative).parent_path();
    const std::string name = name_for_type(fs::path(relative).filename().string(), type);
    fs::path path = wanted / name;
    for (int i = 2; fs::exists(path); ++i)
        path =
            wanted / fmt::format("{} ({}){}", fs::path(name).stem().string(), i, fs::path(name).extension().string());
    return path.string();
}

// Gives a nameless file its name; never replaces one that is there.
Result<> name_file(const Descriptor& file, const std::string& path) {
    const std::string source = fmt::format("/proc/self/fd/{}", file.get());
    if (linkat(AT_FDCWD, source.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0)
        return fail_errno("file.create", "write", path);
    return {};
}

Result<> scan(Outcome& outcome, const Copy& copy, Workshop& workshop) {
    const auto scanned = TRY(workshop.scan(copy.file));
    outcome.scanned = true;
    outcome.database_version = scanned.database_version;
    if (scanned.verdict != Verdict::delivered) return refuse(scanned.reason);
    return {};
}

Result<Drained> rebuild(Outcome& outcome, const Copy& copy, const std::string& directory, const Terms& terms,
                        Workshop& workshop) {
    Pipe pipe = TRY(make_pipe());
    Descriptor file = TRY(nameless_file(directory));
    auto draining = std::async(std::launch::async, [&, file = std::move(file)]() mutable {
        return drain(pipe.read_end, std::move(file), terms.limits.bytes_out);
    });
    const worker::Sanitize question{outcome.level,  fs::path(outcome.input.relative).filename().string().substr(0, 512),
                                    {terms.limits}, terms.passwords,
                                    copy.parts,     {terms.options}};
    const auto sanitized = workshop.sanitize(question, copy.file, std::move(pipe.write_end));
    auto drained = draining.get();
    if (!sanitized) return std::unexpected(sanitized.error());
    outcome.type_in = sanitized->type_in;
    outcome.type_out = sanitized->type_out;
    outcome.omitted = sanitized->omitted;
    for (const worker::WireEntry& entry : sanitized->entries) outcome.entries.push_back(entry.entry);
    if (sanitized->verdict == Verdict::failed && sanitized->reason == Reason::worker_died)
        return fail(std::string(worker_killed), "a worker was killed from outside");
    if (sanitized->verdict != Verdict::delivered) return refuse(sanitized->reason);
    return drained;
}

// Once may be a machine without memory; a file that kills two workers is at fault.
Result<Drained> rebuild_patiently(Outcome& outcome, const Copy& copy, const std::string& directory, const Terms& terms,
                                  Workshop& workshop) {
    auto drained = rebuild(outcome, copy, directory, terms, workshop);
    if (drained || drained.error().code != worker_killed) return drained;
    drained = rebuild(outcome, copy, directory, terms, workshop);
    if (!drained && drained.error().code == worker_killed) return refuse(Reason::worker_died);
    return drained;
}

Result<> run(Outcome& outcome, const std::string& directory, const Terms& terms, Workshop& workshop) {
    const Copy copy = TRY(copied(outcome.input, directory, terms.limits));
    outcome.digest_in = copy.digest;
    outcome.bytes_in = copy.size;
    if (workshop.scans()) TRY(scan(outcome, copy, workshop));
    const Drained drained = TRY(rebuild_patiently(outcome, copy, directory, terms, workshop));
    const Descriptor read_only = TRY(reopen_read_only(drained.file));
    const auto verified = TRY(workshop.verify({outcome.type_out, {terms.limits}, {terms.options}}, read_only));
    if (verified.verdict != Verdict::delivered) return refuse(verified.reason);
    const std::string path = free_path(directory, outcome.input.relative, outcome.type_out);
    std::error_code broken;
    fs::create_directories(fs::path(path).parent_path(), broken);
    if (fchmod(drained.file.get(), 0644) != 0) return fail_errno("file.mode", "set the mode", path);
    TRY(name_file(drained.file, path));
    outcome.output = path;
    outcome.digest_out = drained.digest;
    outcome.bytes_out = drained.size;
    return {};
}

} // namespace

Outcome sanitize_one(const Input& input, const std::string& directory, const Terms& terms, Workshop& workshop) {
    Outcome outcome;
    outcome.input = input;
    outcome.level = terms.level;
    const auto started = std::chrono::steady_clock::now();
    if (auto ran = run(outcome, directory, terms, workshop)) {
        outcome.verdict = Verdict::delivered;
        outcome.reason = Reason::none;
    } else {
        set_refusal(outcome, ran.error());
    }
    outcome.milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count());
    if (auto written = write_receipt(outcome, directory); !written) set_refusal(outcome, written.error());
    return outcome;
}

} // namespace sekisho::cli
