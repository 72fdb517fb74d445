// sekisho sanitize INPUT... --out DIR: the confined workers without any daemon.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/sanitize/limits_file.h"
#include "gateway/cli/sanitize/password_file.h"
#include "gateway/cli/sanitize/result.h"
#include "gateway/cli/sanitize/sets.h"
#include "gateway/cli/sanitize/workshop.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {

namespace fs = std::filesystem;

namespace {

struct Plan {
    std::vector<Input> inputs;
    std::string directory;
    Terms terms;
    std::uint32_t jobs = 1;
    std::optional<std::string> signatures;
    bool json = false;
};

// A private directory that goes with the process.
class TemporaryDirectory {
public:
    explicit TemporaryDirectory(const fs::path& parent) {
        std::string pattern = (parent / ".sekisho-XXXXXX").string();
        if (mkdtemp(pattern.data())) m_path = pattern;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        if (!m_path.empty()) fs::remove_all(m_path, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

// Files below a directory keep their place below --out. Links are not followed.
Result<std::vector<Input>> walk(const std::vector<std::string>& operands) {
    std::vector<Input> inputs;
    for (const std::string& operand : operands) {
        std::error_code broken;
        if (!fs::is_directory(operand, broken)) {
            inputs.push_back({operand, fs::path(operand).filename().string()});
            continue;
        }
        std::vector<Input> found;
        for (auto item = fs::recursive_directory_iterator(operand, broken);
             !broken && item != fs::recursive_directory_iterator(); item.increment(broken))
            if (item->symlink_status().type() == fs::file_type::regular)
                found.push_back({item->path().string(), fs::relative(item->path(), operand).string()});
        if (broken) return fail("file.open", broken.message(), operand, "Check the directory's permissions");
        std::ranges::sort(found, {}, &Input::path);
        inputs.insert(inputs.end(), found.begin(), found.end());
    }
    return inputs;
}

Result<Plan> plan_of(const Arguments& arguments) {
    Plan plan;
    if (arguments.operands().empty())
        return reject("usage", "no input is named", {}, "Write: sekisho sanitize FILE... --out DIR");
    const auto directory = arguments.value("--out");
    if (!directory || directory->empty())
        return reject("usage", "--out DIR is missing", {}, "Name a directory for what is delivered");
    plan.directory = *directory;
    if (const auto name = arguments.value("--level")) {
        const auto level = level_by_name(*name);
        if (!level || *level == Level::block)
            return reject("usage", fmt::format("there is no level {}", *name), {},
                          "Levels are rebuild, flatten and text");
        plan.terms.level = *level;
    }
    plan.jobs = static_cast<std::uint32_t>(
        TRY(arguments.number("--jobs", std::max(1U, std::thread::hardware_concurrency()), 1, 64)));
    if (const auto path = arguments.value("--limits")) plan.terms.limits = TRY(limits_of_file(*path));
    plan.signatures = arguments.value("--signatures");
    if (const auto path = arguments.value("--password-file")) plan.terms.passwords = TRY(passwords_of_file(*path));
    for (const OptionChoice& choice : all_choices()) {
        const auto word = arguments.value(fmt::format("--{}", choice.name));
        if (word && !choose(plan.terms.options, choice.name, *word))
            return reject("usage", fmt::format("--{} is {} or {}", choice.name, choice.strict, choice.kept));
    }
    plan.json = arguments.flag("--json");
    plan.inputs = join_sets(TRY(walk(arguments.operands())));
    std::error_code broken;
    fs::create_directories(plan.directory, broken);
    if (broken) return fail("file.create", broken.message(), plan.directory, "Choose another directory");
    return plan;
}

class Printer {
public:
    Printer(const Plan& plan)
        : m_json(plan.json), m_total(plan.inputs.size()), m_terminal(isatty(STDERR_FILENO) == 1) {}

    void print(const Outcome& outcome) {
        const std::lock_guard guard(m_lock);
        if (m_terminal) fmt::print(stderr, "\r\033[K");
        if (m_json)
            fmt::print("{}\n", to_json(outcome));
        else
            fmt::print(outcome.verdict == Verdict::delivered ? stdout : stderr, "{}", to_words(outcome));
        ++m_done;
        m_refused += outcome.verdict == Verdict::refused ? 1U : 0U;
        m_failed += outcome.verdict == Verdict::failed ? 1U : 0U;
        if (m_terminal && m_done < m_total) fmt::print(stderr, "[{}/{}] ", m_done, m_total);
        std::fflush(stdout);
    }
    int exit_code() const {
        if (m_failed > 0) return ExitCode::failed;
        return m_refused > 0 ? ExitCode::answer_is_no : ExitCode::done;
    }

private:
    std::mutex m_lock;
    bool m_json;
    std::size_t m_total;
    bool m_terminal;
    std::size_t m_done = 0;
    std::size_t m_refused = 0;
    std::size_t m_failed = 0;
};

Result<int> run(const Plan& plan) {
    const TemporaryDirectory temporary(plan.directory);
    worker::Options options;
    options.idle = plan.jobs;
    options.parallel = plan.jobs;
    options.seconds = plan.terms.limits.seconds;
    options.memory = plan.terms.limits.memory;
    options.bytes_out = plan.terms.limits.bytes_out;
    const auto workshop = TRY(ConfinedWorkshop::start(options, plan.signatures, temporary.path()));
    Printer printer(plan);
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> threads;
    for (std::uint32_t i = 0; i < plan.jobs; ++i)
        threads.emplace_back([&] {
            for (std::size_t index = next++; index < plan.inputs.size(); index = next++)
                printer.print(sanitize_one(plan.inputs[index], plan.directory, plan.terms, *workshop));
        });
    for (std::thread& thread : threads) thread.join();
    return printer.exit_code();
}

} // namespace

int sanitize(const Arguments& arguments) {
    const auto plan = plan_of(arguments);
    if (!plan) return complain(plan.error());
    const auto ran = run(*plan);
    return ran ? *ran : complain(ran.error());
}

} // namespace sekisho::cli
