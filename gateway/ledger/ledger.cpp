#include "gateway/ledger/ledger.h"

#include <unordered_map>

#include "gateway/ledger/conveying.h"
#include "gateway/ledger/looking.h"
#include "gateway/ledger/policies.h"
#include "gateway/ledger/releasing.h"
#include "gateway/ledger/sending.h"
#include "gateway/ledger/upkeep.h"

namespace sekisho::ledger {

namespace {

enum class Peer : std::uint8_t { none, portal, conveyor, operator_ };

constexpr std::string_view portal_prefix = "portal@";

Peer peer_of(std::string_view process) {
    if (process.starts_with(portal_prefix) && is_zone_name(process.substr(portal_prefix.size()))) return Peer::portal;
    if (process == "conveyor") return Peer::conveyor;
    if (process == "operator") return Peer::operator_;
    return Peer::none;
}

} // namespace

struct Ledger::Parts {
    Parts(Loop& loop, Options options, Spool spool, Journal journal);

    // The matrix of who may ask what.
    void fill_table();
    template <typename Question> void on(Peer peer, std::function<Result<>(const Question&, const Caller&)> answer);
    Result<> health(const GetHealth& asked, const Caller& caller);
    void tick();

    using Handler = std::function<bool(const Caller&)>; // false: the message does not have its layout
    Core core;
    Releasing releasing;
    Deciding deciding;
    Conveying conveying;
    Sending sending;
    Looking looking;
    Upkeep upkeep;
    Policies policies;
    std::unordered_map<std::uint16_t, std::pair<Peer, Handler>> table;
    std::int64_t last_expiry = 0;
};

Ledger::Parts::Parts(Loop& loop, Options options, Spool spool, Journal journal)
    : core(loop, std::move(options), std::move(spool), std::move(journal)),
      releasing(core, [this](Transfer& t, Reason reason,
                             std::string_view why) { return conveying.try_again(t, reason, why); }),
      deciding(
          core, [this](Transfer& transfer) { return releasing.add(transfer); },
          [this](Transfer& t, Reason reason, std::string_view why) { return conveying.try_again(t, reason, why); },
          [this](const TransferId& id) { conveying.offer(id); }),
      conveying(
          core,
          [this](Transfer& t, const std::vector<StageReceipt>& now, const std::vector<StageReceipt>& before) {
              return deciding.decide(t, now, before);
          },
          [this](Transfer& t) { return deciding.refuse_unopened(t); }),
      sending(core, [this](const TransferId& id) { conveying.offer(id); }), looking(core, deciding),
      upkeep(core, [this](const TransferId& id, const std::string& zone) { releasing.remove_delivered(id, zone); }),
      policies(core) {
    core.audit_moved = [this] {
        releasing.advance();
        looking.advance();
    };
    core.outbox_renumbered = [this] { return releasing.reload(); };
    fill_table();
}

template <typename Question>
void Ledger::Parts::on(Peer peer, std::function<Result<>(const Question&, const Caller&)> answer) {
    table[Question::type] = {peer, [this, answer = std::move(answer)](const Caller& caller) {
                                 const auto question = decode<Question>(caller.call->frame.payload);
                                 if (!question) return false;
                                 core.attempt_for(caller.call, [&] { return answer(*question, caller); });
                                 return true;
                             }};
}

void Ledger::Parts::fill_table() {
    on<CreateUpload>(Peer::portal, [this](auto& q, auto& caller) { return sending.create(q, caller); });
    on<UploadStatus>(Peer::portal, [this](auto& q, auto& caller) { return sending.status(q, caller); });
    on<AppendUpload>(Peer::portal, [this](auto& q, auto& caller) { return sending.append(q, caller); });
    on<Withdraw>(Peer::portal, [this](auto& q, auto& caller) { return sending.withdraw(q, caller); });
    on<ListTransfers>(Peer::portal, [this](auto& q, auto& caller) { return looking.list(q, caller); });
    on<GetTransfer>(Peer::portal, [this](auto& q, auto& caller) { return looking.get(q, caller); });
    on<OpenDelivered>(Peer::portal, [this](auto& q, auto& caller) { return looking.open(q, caller); });
    on<GetReceipt>(Peer::portal, [this](auto& q, auto& caller) { return looking.receipt(q, caller); });
    on<WaitChange>(Peer::portal, [this](auto& q, auto& caller) { return looking.wait(q, caller); });
    on<Decide>(Peer::portal, [this](auto& q, auto& caller) { return deciding.approve(q, caller); });
    on<Lease>(Peer::conveyor, [this](auto& q, auto& caller) { return conveying.lease(q, caller); });
    on<StoreOutput>(Peer::conveyor, [this](auto& q, auto& caller) { return conveying.store(q, caller); });
    on<Complete>(Peer::conveyor, [this](auto& q, auto& caller) { return conveying.complete(q, caller); });
    on<GetPolicy>(Peer::operator_, [this](auto& q, auto& caller) { return policies.status(q, caller); });
    on<ActivatePolicy>(Peer::operator_, [this](auto& q, auto& caller) { return policies.activate(q, caller); });
    on<ListPolicies>(Peer::operator_, [this](auto& q, auto& caller) { return policies.list(q, caller); });
    on<GetPolicyBundle>(Peer::operator_, [this](auto& q, auto& caller) { return policies.bundle(q, caller); });
    on<ListDecisions>(Peer::operator_, [this](auto& q, auto& caller) { return policies.decisions(q, caller); });
    on<ShadowPolicy>(Peer::operator_, [this](auto& q, auto& caller) { return policies.shadow(q, caller); });
    on<GetHealth>(Peer::operator_, [this](auto& q, auto& caller) { return health(q, caller); });
}

Result<> Ledger::Parts::health(const GetHealth&, const Caller& caller) {
    auto counts = TRY(core.journal.count_states());
    Health health;
    health.reason = core.obstacle_word();
    health.accepting = health.reason.empty();
    health.policy_digest = core.judge.digest();
    health.emergency = core.judge.in_emergency();
    health.waiting = counts[State::received] + counts[State::processing];
    health.held = counts[State::held];
    health.delivered = counts[State::delivered];
    health.free_bytes = core.spool.free_bytes();
    core.batch.answer(caller.call, std::move(health));
    return {};
}

void Ledger::Parts::tick() {
    constexpr std::int64_t expiry_interval = 30'000; // milliseconds
    core.tick();
    policies.tick();
    deciding.tick();
    conveying.tick();
    looking.advance();
    core.changes.wake(std::chrono::steady_clock::now());
    if (core.now() - last_expiry >= expiry_interval && upkeep.expire()) last_expiry = core.now();
    core.loop.after(core.options.tick, [this] { tick(); });
}

Ledger::Ledger(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Ledger::~Ledger() = default;

Result<std::unique_ptr<Ledger>> Ledger::open(Loop& loop, Options options) {
    auto spool = TRY(Spool::open({options.spool, options.staging, options.egress}));
    auto journal = TRY(Journal::open(options.journal));
    auto parts = std::make_unique<Parts>(loop, std::move(options), std::move(spool), std::move(journal));
    Parts& all = *parts;
    TRY(all.policies.recover());
    TRY(all.upkeep.recover());
    TRY(all.conveying.reload());
    TRY(all.releasing.reload());
    all.core.finish_batch();
    loop.after_each_batch([&all] {
        all.conveying.serve();
        all.core.finish_batch();
    });
    loop.after(all.core.options.tick, [&all] { all.tick(); });
    return std::unique_ptr<Ledger>(new Ledger(std::move(parts)));
}

void Ledger::handle(Call call) {
    const Peer peer = peer_of(call.peer);
    const auto found = m_parts->table.find(call.frame.type);
    const bool allowed = found != m_parts->table.end() && found->second.first == peer && peer != Peer::none;
    if (!allowed) return call.close();
    Caller caller;
    if (peer == Peer::portal) caller.zone = call.peer.substr(portal_prefix.size());
    caller.call = std::make_shared<Call>(std::move(call));
    if (!found->second.second(caller)) caller.call->close();
}

void Ledger::peer_closed() {
    m_parts->conveying.look_for_lost();
}

} // namespace sekisho::ledger
