// sekisho policy prove: never and must, over all paths.
//
// --json:
// {"file":...,"proved":true,"proofs":[{"kind":"never","id","title","verdict":"holds","words","path":[{"from",
//  "to","rules":[...],"sample":{...}}],"missing":{...}}]}; path and missing
//  only if it does not hold.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/request_words.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/prove.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    settings_option,
    json_option,
};

bool holds(const policy::Proof& proof) {
    return proof.verdict == policy::Proof::Verdict::holds;
}

std::string_view name_of(policy::Proof::Verdict verdict) {
    switch (verdict) {
    case policy::Proof::Verdict::holds:
        return "holds";
    case policy::Proof::Verdict::broken:
        return "broken";
    case policy::Proof::Verdict::too_intricate:
        return "too-intricate";
    }
    bug("a proof without a verdict");
}

void write_proof(JsonWriter& json, const policy::Proof& proof) {
    json.begin_object().member("kind", proof.always_possible ? "must" : "never").member("id", proof.id);
    json.member("title", proof.title).member("verdict", name_of(proof.verdict));
    json.member("words", proof.words.in(language()));
    if (!proof.path.empty()) {
        json.key("path").begin_array();
        for (const policy::Hop& hop : proof.path) {
            json.begin_object().member("from", hop.from).member("to", hop.to).key("rules").begin_array();
            for (const std::string& rule : hop.rules) json.text(rule);
            json.end_array().key("sample");
            write_sample(json, hop.sample);
            json.end_object();
        }
        json.end_array();
    }
    if (proof.missing) {
        json.key("missing");
        write_sample(json, *proof.missing);
    }
    json.end_object();
}

void print_json(const Opened& opened, const std::vector<policy::Proof>& proofs) {
    JsonWriter json;
    json.begin_object().member("file", opened.files.path).member("proved", std::ranges::all_of(proofs, holds));
    json.key("proofs").begin_array();
    for (const policy::Proof& proof : proofs) write_proof(json, proof);
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

void print_proof(const policy::Proof& proof) {
    const std::string_view verdict = holds(proof) ? either("holds", "成立  ") : either("BROKEN", "不成立");
    fmt::print("{:<6} {:<5} {}  {}\n", verdict, proof.always_possible ? "must" : "never", proof.id, proof.title);
    if (holds(proof)) return;
    fmt::print("       {}\n", proof.words.in(language()));
    for (const policy::Hop& hop : proof.path)
        fmt::print("       {} → {}  {}  {}\n", hop.from, hop.to, fmt::join(hop.rules, ", "), line_of(hop.sample));
    if (proof.missing) fmt::print("       {}\n", line_of(*proof.missing));
}

void print_words(const Opened& opened, const std::vector<policy::Proof>& proofs) {
    for (const policy::Proof& proof : proofs) print_proof(proof);
    const auto broken = proofs.size() - static_cast<std::size_t>(std::ranges::count_if(proofs, holds));
    if (proofs.empty())
        fmt::print(stderr,
                   fmt::runtime(either("{}: there is nothing to prove; write never and must statements\n",
                                       "{}: 証明するものがありません。neverやmustの文を書いてください\n")),
                   opened.files.path);
    else if (broken == 0)
        fmt::print(stderr, fmt::runtime(either("{}: all {} hold\n", "{}: {}件すべて成り立ちます\n")), opened.files.path,
                   proofs.size());
    else
        fmt::print(stderr,
                   fmt::runtime(either("{}: {} of {} do not hold\n", "{0}: {2}件のうち{1}件が成り立ちません\n")),
                   opened.files.path, broken, proofs.size());
}

Result<int> prove_all(const Arguments& arguments) {
    const auto opened = open_policy(arguments, TRY(named_policy(arguments)));
    if (!opened) return opened.error();
    std::vector<policy::Proof> proofs;
    {
        const Progress progress(std::string(either("following every path", "すべての経路をたどっています")));
        proofs = policy::prove(opened->policy);
    }
    arguments.flag("--json") ? print_json(*opened, proofs) : print_words(*opened, proofs);
    return std::ranges::all_of(proofs, holds) ? ExitCode::done : ExitCode::answer_is_no;
}

} // namespace

constinit const Shape policy_prove_shape{"[FILE]", options};

int policy_prove(const Arguments& arguments) {
    return finish([&] { return prove_all(arguments); });
}

} // namespace sekisho::cli
