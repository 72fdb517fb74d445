#include "gateway/judge/replay.h"

namespace sekisho::judge {

namespace {

bool obliges_alike(const Answer& a, const Answer& b) {
    return a.level == b.level && a.mild == b.mild && a.decision.strictness == b.decision.strictness &&
           a.decision.approvals == b.decision.approvals && a.decision.keep_days == b.decision.keep_days &&
           a.decision.delay_minutes == b.decision.delay_minutes && a.decision.watermarks == b.decision.watermarks;
}

void count(Summary::Count& count, Flip flip) {
    if (flip == Flip::opened) ++count.opened;
    if (flip == Flip::closed) ++count.closed;
    if (flip == Flip::obligations) ++count.obligations;
}

void count_each(std::map<std::string, Summary::Count>& counts, const std::vector<std::string>& names,
                const char* otherwise, Flip flip) {
    if (names.empty()) return count(counts[otherwise], flip);
    for (const std::string& name : names) count(counts[name], flip);
}

} // namespace

std::string_view name_of(Flip flip) {
    switch (flip) {
    case Flip::opened:
        return "opened";
    case Flip::closed:
        return "closed";
    case Flip::obligations:
        return "obligations";
    case Flip::none:
        break;
    }
    return "none";
}

Flip flip_of(const Answer& before, const Answer& after) {
    if (before.allowed != after.allowed) return after.allowed ? Flip::opened : Flip::closed;
    return before.allowed && !obliges_alike(before, after) ? Flip::obligations : Flip::none;
}

Result<Difference> compare(const policy::Policy& policy, const Record& record) {
    Difference difference;
    difference.before = TRY(decode_answer(record.answer));
    difference.after = decide(policy, record.phase, record.question);
    difference.same = encode_answer(difference.after) == record.answer;
    difference.flip = flip_of(difference.before, difference.after);
    return difference;
}

void Summary::add(const Record& record, const Difference& difference) {
    ++asked;
    if (difference.same) ++same;
    if (difference.flip == Flip::none) return;
    count(flips, difference.flip);
    const Answer& decisive = difference.flip == Flip::opened ? difference.before : difference.after;
    count_each(by_rule, decisive.decision.rules, "(no rule)", difference.flip);
    count_each(by_department, record.question.sender_groups, "(no group)", difference.flip);
}

} // namespace sekisho::judge
