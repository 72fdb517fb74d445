// Any bytes as a policy: it is refused with printable text, or it decides without a way to allow what it calls
// impossible.
#include <cstdint>
#include <cstdlib>

#include "policy/engine/engine.h"
#include "policy/language/unicode.h"
#include "tests/policy/vocabulary.h"

namespace {

using namespace sekisho::policy;

void check(bool holds) {
    if (!holds) std::abort();
}

void try_problems(std::string_view source, const std::vector<Diagnostic>& problems) {
    check(!problems.empty() && problems.size() <= Problems::problems_max + 1);
    for (const Language language : {Language::english, Language::japanese}) {
        std::string shown = render(problems, Source("fuzz", source), language);
        std::erase(shown, '\n');
        check(visible(shown) == shown);
    }
}

void try_requests(const Policy& policy) {
    for (const std::string& from : policy.zones()) {
        for (const std::string& to : policy.zones()) {
            Request request;
            request.from = from;
            request.to = to;
            request.sender = "tanaka";
            check(policy.possible(request) || policy.decide(request).outcome == Outcome::deny);
            const bool possible = policy.possible(request);
            request.type = "pdf";
            request.size = 1000;
            request.findings.emplace();
            request.archive_depth = 0;
            request.minute = 600;
            check(possible || policy.decide(request).outcome == Outcome::deny);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view source = sekisho::as_text({data, size});
    const auto policy = Policy::load(source, sekisho::tests::vocabulary());
    if (policy)
        try_requests(*policy);
    else
        try_problems(source, policy.error());
    return 0;
}
