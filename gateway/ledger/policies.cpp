#include "gateway/ledger/policies.h"

#include "base/text/utf8.h"

namespace sekisho::ledger {

namespace {

constexpr std::int64_t hour = 3'600'000;     // milliseconds
constexpr std::size_t page_bytes = 4U << 20; // of recorded decisions

std::int64_t end_of(const sign::Seal& seal, std::int64_t activated) {
    return seal.break_glass ? activated + std::int64_t{seal.break_glass_hours} * hour : 0;
}

PolicyEntry entry_of(const judge::SignedPolicy& signed_policy, std::int64_t now) {
    const sign::Manifest& manifest = signed_policy.manifest;
    PolicyEntry entry;
    entry.time = now;
    entry.act = sign::name_of(manifest.act);
    entry.version = manifest.version;
    entry.title = manifest.title;
    entry.valid = manifest.valid ? sign::to_text(*manifest.valid) : "";
    entry.digest = to_hex(signed_policy.policy.digest());
    entry.manifest = to_hex(signed_policy.manifest_digest);
    entry.author = signed_policy.seal.author;
    entry.approvers = signed_policy.seal.approvers;
    entry.reason = manifest.reason;
    entry.break_glass = signed_policy.seal.break_glass;
    entry.until = end_of(signed_policy.seal, now);
    return entry;
}

Result<std::chrono::sys_days> day_of(std::int64_t time) {
    const auto day = local_day(time);
    if (!day) return fail("clock.day", "the local day cannot be told", {}, "Check the time zone of this machine");
    return *day;
}

Result<> check_time(const std::optional<sign::Days>& valid, std::chrono::sys_days today) {
    if (!valid || valid->contains(today)) return {};
    return sign::refuse(today < valid->first ? sign::Problem::validity_ahead : sign::Problem::validity_over,
                        sign::to_text(*valid));
}

Result<judge::SignedPolicy> load(View octets, const Options& options, std::int64_t time) {
    const auto bundle = TRY(sign::Bundle::decode(octets));
    const auto trust = TRY(sign::Trust::load(options.signers, options.signers_owner));
    return judge::load_signed(bundle, trust, TRY(day_of(time)));
}

// Proved, but not signed: it decides nothing.
Result<Judge> load_candidate(View octets) {
    const auto bundle = TRY(sign::Bundle::decode(octets));
    return Judge(TRY(judge::load_policy(bundle.files)));
}

// Sealed, so that it cannot change while it is read, and so small that it may be read at once.
Result<std::shared_ptr<Descriptor>> memory_file(View octets) {
    auto file = std::make_shared<Descriptor>(TRY(make_memory_file("sekisho-policy")));
    TRY(write_all(*file, octets));
    TRY(seal(*file));
    return file;
}

} // namespace

Result<> Policies::recover() {
    const auto newest = TRY(m_core.journal.policy(0));
    if (newest) {
        if (const auto loaded = load_newest(*newest); !loaded) set_nothing(loaded.error());
    } else {
        set_nothing(sign::refuse(sign::Problem::unsigned_policy).error());
    }
    const auto shadow = load_shadow();
    if (!shadow) TRY(m_core.journal.set_shadow(nullptr));
    return {};
}

Result<> Policies::load_newest(const PolicyEntry& newest) {
    const Bytes octets = TRY(m_core.journal.policy_bundle(newest.number));
    // Keys have to have been valid when it was put into force, not today.
    judge::SignedPolicy signed_policy = TRY(load(octets, m_core.options, newest.time));
    if (to_hex(signed_policy.manifest_digest) != newest.manifest) return sign::refuse(sign::Problem::files_differ);
    const std::int64_t until = end_of(signed_policy.seal, newest.time);
    if (until != 0 && m_core.now() >= until) return sign::refuse(sign::Problem::break_glass_over);
    TRY(check_time(signed_policy.manifest.valid, TRY(day_of(m_core.now()))));
    m_core.judge = Judge(std::move(signed_policy.policy), until);
    return {};
}

Result<> Policies::load_shadow() {
    const auto row = TRY(m_core.journal.shadow());
    if (!row) return {};
    m_core.shadow = TRY(load_candidate(row->bundle));
    m_shadow_since = row->since;
    m_shadow_first = row->first_decision;
    return {};
}

void Policies::set_nothing(Error why) {
    m_core.judge = Judge();
    m_why = std::move(why);
}

void Policies::tick() {
    const std::int64_t now = m_core.now();
    if (m_core.judge.has_ended(now)) {
        const auto problem =
            m_core.judge.in_emergency() ? sign::Problem::break_glass_over : sign::Problem::validity_over;
        static_cast<void>(m_core.attempt([&] { return end(problem); }));
    }
    if (m_core.judge.present() && m_core.judge.in_emergency() && now - m_shouted >= hour) {
        const auto told = m_core.attempt([&]() -> Result<> {
            const auto newest = TRY(m_core.journal.policy(0));
            return newest ? record_activation(*newest, Event::policy_break_glass) : Result<>();
        });
        if (told) m_shouted = now;
    }
    if (now - m_tidied < hour / 6) return;
    m_tidied = now;
    const std::int64_t oldest = now - std::int64_t{m_core.options.decision_days} * 24 * hour;
    static_cast<void>(m_core.attempt([&] { return m_core.journal.forget_decisions(oldest); }));
}

// At once, and not only when the journal has it: what has ended decides nothing any more.
Result<> Policies::end(const sign::Problem& problem) {
    const std::string digest = m_core.judge.digest();
    set_nothing(sign::refuse(problem).error());
    TRY(m_core.record(Event::policy_ended, nullptr, [&](JsonWriter& json) {
        json.member("policy", digest).member("code", sign::row_of(problem).code);
    }));
    return {};
}

Result<PolicyStatus> Policies::make_status() {
    PolicyStatus status;
    status.in_force = m_core.judge.present();
    if (!status.in_force) {
        status.problem = m_why.code.substr(0, 16);
        status.about = utf8_prefix(m_why.where, 512);
    }
    if (auto newest = TRY(m_core.journal.policy(0))) status.newest = std::move(*newest);
    status.shadowing = m_core.shadow.present();
    if (!status.shadowing) return status;
    status.shadow_digest = m_core.shadow.digest();
    status.shadow_version = m_core.shadow.policy().version();
    status.shadow_since = m_shadow_since;
    status.shadow_asked = TRY(m_core.journal.last_decision()) - m_shadow_first;
    status.shadow_differences = TRY(m_core.journal.count_differences(status.shadow_digest));
    return status;
}

Result<> Policies::status(const GetPolicy&, const Caller& caller) {
    m_core.batch.answer(caller.call, TRY(make_status()));
    return {};
}

Result<std::shared_ptr<const Bytes>> Policies::received(const Caller& caller) const {
    const auto& descriptors = caller.call->frame.descriptors;
    if (descriptors.size() != 1 || !is_sealed(descriptors.front())) return sign::refuse(sign::Problem::bundle_format);
    const std::uint64_t size = TRY(file_size(descriptors.front()));
    if (size > sign::bundle_max) return sign::refuse(sign::Problem::bundle_format);
    Bytes octets(size);
    if (TRY(read_at(descriptors.front(), 0, octets)) != size) return sign::refuse(sign::Problem::bundle_format);
    return std::make_shared<const Bytes>(std::move(octets));
}

// Proving takes long, so it is done in another thread; what was in force when it began may have changed by its end, so
// that is asked afterwards.
Result<> Policies::activate(const ActivatePolicy&, const Caller& caller) {
    auto octets = TRY(received(caller));
    if (m_loading) return fail("policy.busy", "another policy is being looked at", {}, "Try again in a moment");
    m_loading = true;
    m_loaders.post([this, octets, call = caller.call, options = m_core.options, now = m_core.now()](Nothing&) {
        const auto loaded = std::make_shared<Result<judge::SignedPolicy>>(load(*octets, options, now));
        m_core.loop.post([this, octets, call, loaded] {
            m_loading = false;
            m_core.attempt_for(call, [&] { return settle(loaded, *octets, call); });
        });
    });
    return {};
}

Result<> Policies::settle(const Loaded& loaded, const Bytes& octets, const CallPointer& call) {
    if (!*loaded) return refuse(loaded->error(), loaded, call);
    const judge::SignedPolicy& candidate = **loaded;
    const auto newest = TRY(m_core.journal.policy(0));
    if (newest && newest->manifest == to_hex(candidate.manifest_digest) && m_core.judge.present()) {
        m_core.batch.answer(call, TRY(make_status())); // it is in force already
        return {};
    }
    if (const auto follows = check_follows(candidate, newest); !follows) return refuse(follows.error(), loaded, call);
    return put_into_force(candidate, octets, call);
}

Result<> Policies::check_follows(const judge::SignedPolicy& candidate, const std::optional<PolicyEntry>& newest) {
    const sign::Manifest& manifest = candidate.manifest;
    TRY(check_time(manifest.valid, TRY(day_of(m_core.now()))));
    // The very one that is the newest comes back after it could not be loaded (its signers' file was repaired).
    if (newest && newest->manifest == to_hex(candidate.manifest_digest)) {
        const bool over = newest->break_glass && m_core.now() >= newest->until;
        return over ? sign::refuse(sign::Problem::break_glass_over) : Result<>();
    }
    const std::string previous = manifest.previous ? to_hex(*manifest.previous) : "";
    if (previous != (newest ? newest->manifest : "")) return sign::refuse(sign::Problem::previous_differs, previous);
    if (manifest.act == sign::Act::rollback) {
        if (!TRY(m_core.journal.was_in_force(to_hex(candidate.policy.digest()))))
            return sign::refuse(sign::Problem::rollback_unknown);
        return {};
    }
    const std::uint64_t highest = TRY(m_core.journal.highest_version());
    if (newest && manifest.version <= highest)
        return sign::refuse(sign::Problem::version_old,
                            std::to_string(manifest.version) + " <= " + std::to_string(highest));
    return {};
}

Result<> Policies::put_into_force(const judge::SignedPolicy& signed_policy, const Bytes& octets,
                                  const CallPointer& call) {
    PolicyEntry entry = entry_of(signed_policy, m_core.now());
    const auto newest = TRY(m_core.journal.policy(0));
    if (newest && newest->manifest == entry.manifest)
        entry = *newest;
    else
        TRY(m_core.journal.add_policy(entry, octets));
    TRY(record_activation(entry, Event::policy_activated));
    if (entry.break_glass) TRY(record_activation(entry, Event::policy_break_glass));
    m_core.batch.after([this, call, policy = signed_policy.policy, until = entry.until] {
        m_core.judge = Judge(policy, until);
        m_shouted = m_core.now();
        answer_status(*call);
    });
    m_core.batch.otherwise([call](const Error& error) { call->refuse(error); });
    return {};
}

// The log keeps what was tried, too.
Result<> Policies::refuse(const Error& error, const Loaded& loaded, const CallPointer& call) {
    TRY(m_core.record(Event::policy_refused, nullptr, [&](JsonWriter& json) {
        json.member("code", error.code).member("why", error.message).member("about", error.where);
        if (!*loaded) return;
        json.member("manifest", to_hex((*loaded)->manifest_digest)).member("author", (*loaded)->seal.author);
        json.member("version", (*loaded)->manifest.version);
    }));
    m_core.batch.refuse(call, error);
    return {};
}

Result<> Policies::record_activation(const PolicyEntry& entry, Event event) {
    TRY(m_core.record(event, nullptr, [&](JsonWriter& json) {
        json.member("act", entry.act).member("policy", entry.digest).member("manifest", entry.manifest);
        json.member("version", entry.version).member("title", entry.title).member("author", entry.author);
        json.key("approvers").begin_array();
        for (const std::string& approver : entry.approvers) json.text(approver);
        json.end_array();
        if (!entry.valid.empty()) json.member("valid", entry.valid);
        if (!entry.reason.empty()) json.member("why", entry.reason);
        if (entry.until != 0) json.member("until", entry.until);
    }));
    return {};
}

Result<> Policies::list(const ListPolicies& asked, const Caller& caller) {
    m_core.batch.answer(caller.call, PolicyList{TRY(m_core.journal.policies(asked.before, PolicyList::most))});
    return {};
}

Result<> Policies::bundle(const GetPolicyBundle& asked, const Caller& caller) {
    const auto entry = TRY(m_core.journal.policy(asked.number));
    if (!entry) return reject("policy.unknown", "there is no such policy", {}, "sekisho policy history lists them");
    const Bytes octets = TRY(m_core.journal.policy_bundle(entry->number));
    m_core.batch.answer(caller.call, PolicyBundle{octets.size(), *entry}, TRY(memory_file(octets)));
    return {};
}

Result<> Policies::decisions(const ListDecisions& asked, const Caller& caller) {
    const auto records = TRY(m_core.journal.decisions(asked, page_bytes));
    const Bytes octets = judge::encode_records(records);
    const DecisionPage page{octets.size(), records.empty() ? 0 : records.back().number};
    m_core.batch.answer(caller.call, page, TRY(memory_file(octets)));
    return {};
}

Result<> Policies::shadow(const ShadowPolicy& asked, const Caller& caller) {
    if (!asked.start) return set_shadow(Judge(), nullptr, caller.call);
    auto octets = TRY(received(caller));
    if (m_loading) return fail("policy.busy", "another policy is being looked at", {}, "Try again in a moment");
    m_loading = true;
    m_loaders.post([this, octets, call = caller.call](Nothing&) {
        const auto loaded = std::make_shared<Result<Judge>>(load_candidate(*octets));
        m_core.loop.post([this, octets, call, loaded] {
            m_loading = false;
            m_core.attempt_for(call, [&]() -> Result<> {
                TRY(*loaded);
                return set_shadow(**loaded, octets.get(), call);
            });
        });
    });
    return {};
}

Result<> Policies::set_shadow(const Judge& judge, const Bytes* octets, const CallPointer& call) {
    Journal::ShadowRow row;
    if (octets) row = {m_core.now(), TRY(m_core.journal.last_decision()), *octets};
    TRY(m_core.journal.set_shadow(octets ? &row : nullptr));
    TRY(m_core.record(Event::policy_shadow, nullptr, [&](JsonWriter& json) {
        json.member("begins", octets != nullptr).member("policy", octets ? judge.digest() : m_core.shadow.digest());
    }));
    m_core.batch.after([this, call, judge, since = row.since, first = row.first_decision] {
        m_core.shadow = judge;
        m_shadow_since = since;
        m_shadow_first = first;
        answer_status(*call);
    });
    m_core.batch.otherwise([call](const Error& error) { call->refuse(error); });
    return {};
}

void Policies::answer_status(const Call& call) {
    const auto status = make_status();
    status ? call.answer(*status) : call.refuse(status.error());
}

} // namespace sekisho::ledger
