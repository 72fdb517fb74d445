#include "gateway/cli/policy/gateway.h"

#include "gateway/cli/up.h"
#include "gateway/launch/table.h"
#include "policy/sign/problem.h"

namespace sekisho::cli {

namespace {

constexpr std::chrono::seconds long_patience{120}; // proving thousands of rules
constexpr std::uint64_t page_max = 64U << 20;      // bytes

Result<Descriptor> sealed(View octets) {
    auto file = TRY(make_memory_file("sekisho-policy"));
    TRY(write_all(file, octets));
    TRY(seal(file));
    return file;
}

Result<Bytes> content_of(const std::vector<Descriptor>& received, std::uint64_t size) {
    if (received.size() != 1 || size > page_max) return sign::refuse(sign::Problem::bundle_format);
    Bytes octets(size);
    if (TRY(read_at(received.front(), 0, octets)) != size) return sign::refuse(sign::Problem::bundle_format);
    return octets;
}

} // namespace

Result<GatewayLedger> GatewayLedger::open(const Arguments& arguments) {
    const auto settings = TRY(Settings::load(arguments.value("--settings").value_or(std::string(usual_settings))));
    return GatewayLedger(Client(socket_path("ledger", settings)));
}

Result<ledger::PolicyStatus> GatewayLedger::status() {
    return m_client.call<ledger::PolicyStatus>(ledger::GetPolicy{});
}

Result<ledger::PolicyStatus> GatewayLedger::activate(const sign::Bundle& bundle) {
    const Descriptor file = TRY(sealed(bundle.encode()));
    const int passed = file.get();
    return m_client.call<ledger::PolicyStatus>(ledger::ActivatePolicy{}, {&passed, 1}, nullptr, long_patience);
}

Result<ledger::PolicyStatus> GatewayLedger::shadow(const sign::Bundle* candidate) {
    if (!candidate) return m_client.call<ledger::PolicyStatus>(ledger::ShadowPolicy{false});
    const Descriptor file = TRY(sealed(candidate->encode()));
    const int passed = file.get();
    return m_client.call<ledger::PolicyStatus>(ledger::ShadowPolicy{true}, {&passed, 1}, nullptr, long_patience);
}

Result<std::vector<ledger::PolicyEntry>> GatewayLedger::history() {
    std::vector<ledger::PolicyEntry> all;
    for (;;) {
        const std::uint64_t before = all.empty() ? 0 : all.back().number;
        auto page = TRY(m_client.call<ledger::PolicyList>(ledger::ListPolicies{before}));
        if (page.policies.empty()) return all;
        for (ledger::PolicyEntry& entry : page.policies) all.push_back(std::move(entry));
        if (all.back().number <= 1) return all;
    }
}

Result<GatewayLedger::Kept> GatewayLedger::kept(std::uint64_t number) {
    std::vector<Descriptor> received;
    auto answer = TRY(m_client.call<ledger::PolicyBundle>(ledger::GetPolicyBundle{number}, {}, &received));
    const Bytes octets = TRY(content_of(received, answer.size));
    return Kept{std::move(answer.entry), TRY(sign::Bundle::decode(octets))};
}

Result<> GatewayLedger::decisions(std::int64_t since, bool differences, const Take& take) {
    ledger::ListDecisions question{since, 0, differences};
    for (;;) {
        std::vector<Descriptor> received;
        const auto page = TRY(m_client.call<ledger::DecisionPage>(question, {}, &received));
        if (page.last == 0) return {};
        for (const judge::Record& record : TRY(judge::decode_records(TRY(content_of(received, page.size)))))
            TRY(take(record));
        question.after = page.last;
    }
}

} // namespace sekisho::cli
