// Any bytes as a policy of one or several files: it is refused with printable text, each problem in its place, or it
// decides without a way to allow what it calls impossible. Formatting changes nothing but lines and spaces.
#include <cstdint>
#include <cstdlib>

#include "policy/engine/compiled.h"
#include "policy/engine/engine.h"
#include "policy/language/format.h"
#include "policy/language/parser.h"
#include "policy/language/unicode.h"
#include "tests/policy/print.h"
#include "tests/policy/vocabulary.h"

namespace {

using namespace sekisho::policy;

void check(bool holds) {
    if (!holds) std::abort();
}

// A form feed, which no policy can have, begins the next file.
Sources files_of(std::string_view input) {
    constexpr std::size_t files_max = 6;
    Sources files;
    while (files.size() < files_max) {
        const std::size_t end = files.size() + 1 == files_max ? input.npos : input.find('\f');
        files.push_back(
            {std::string(1, static_cast<char>('a' + files.size())) + ".sekisho", std::string(input.substr(0, end))});
        if (end == input.npos) break;
        input.remove_prefix(end + 1);
    }
    return files;
}

void try_problems(const Sources& sources, const std::vector<Diagnostic>& problems) {
    check(!problems.empty() && problems.size() <= Problems::problems_max + 1);
    for (const Diagnostic& problem : problems) {
        check(problem.at.file < sources.size());
        check(problem.at.begin <= problem.at.end && problem.at.end <= sources[problem.at.file].text.size());
    }
    for (const Language language : {Language::english, Language::japanese}) {
        std::string shown = render(problems, sources, language);
        std::erase(shown, '\n');
        check(visible(shown) == shown);
    }
}

std::string printed(std::string_view text) {
    Problems problems;
    return sekisho::tests::print(parse(Source("fuzz", text), problems));
}

void try_format(std::string_view text) {
    const auto once = format(Source("fuzz", text));
    if (!once) return;
    const auto twice = format(Source("fuzz", *once));
    // A file at the limit of its size may become too large, and is then refused whole.
    if (once->size() > source_bytes_max) return;
    check(twice && *twice == *once);
    check(printed(*once) == printed(text));
}

void try_requests(const Policy& policy) {
    for (const std::string& from : policy.zones()) {
        for (const std::string& to : policy.zones()) {
            Sample sample = unremarkable();
            sample.from = from;
            sample.to = to;
            sample.sender = "tanaka";
            sample.findings.reset();
            sample.archive_depth.reset();
            const Asked early(sample);
            const bool possible = policy.possible(early.request());
            check(possible || policy.decide(early.request()).outcome == Outcome::deny);
            sample.type = "pdf";
            sample.size = 1000;
            sample.name = "a.pdf";
            sample.findings.emplace();
            sample.archive_depth = 0;
            sample.minute = 600;
            sample.day = std::chrono::sys_days(std::chrono::year(2026) / 6 / 1);
            const Asked late(sample);
            check(possible || policy.decide(late.request()).outcome == Outcome::deny);
        }
    }
    for (const CompiledTest& test : policy.compiled().tests) policy.decide(Asked(test.given).request());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Sources sources = files_of(sekisho::as_text({data, size}));
    const auto policy = Policy::load(sources, sekisho::tests::vocabulary());
    if (policy)
        try_requests(*policy);
    else
        try_problems(sources, policy.error());
    try_format(sources[0].text);
    return 0;
}
