#include "policy/sign/seal.h"

#include <algorithm>
#include <set>

namespace sekisho::sign {

namespace {

Result<const Signer*> check_signature(const DetachedSignature& signature, std::string_view manifest_text,
                                      const Trust& trust, std::chrono::sys_days today) {
    const Signer* signer = trust.signer_of(signature.key);
    if (!signer) return refuse(Problem::signer_unknown, signature.key.fingerprint());
    const Presence presence = TRY(verify(signature, as_view(manifest_text)));
    const bool hardware = row_of(signer->key.kind).hardware;
    if (hardware && !presence.touched) return refuse(Problem::key_untouched, signer->person);
    if (signer->verified && !presence.verified) return refuse(Problem::key_unverified, signer->person);
    if (signer->valid && !signer->valid->contains(today)) return refuse(Problem::signer_period, signer->person);
    return signer;
}

Result<std::vector<const Signer*>> signers_of(std::string_view manifest_text, std::string_view signatures,
                                              const Trust& trust, std::chrono::sys_days today) {
    const auto parsed = TRY(parse_signatures(signatures));
    if (parsed.empty()) return refuse(Problem::unsigned_policy);
    std::vector<const Signer*> signers;
    std::set<std::string_view> people;
    for (const DetachedSignature& signature : parsed) {
        const Signer* signer = TRY(check_signature(signature, manifest_text, trust, today));
        if (!people.insert(signer->person).second) return refuse(Problem::signer_twice, signer->person);
        signers.push_back(signer);
    }
    return signers;
}

Result<Seal> regular_seal(const Manifest& manifest, const std::vector<const Signer*>& signers, const Trust& trust) {
    Seal seal;
    for (const Signer* signer : signers) {
        if (signer->break_glass) continue;
        if (signer->person == manifest.author && signer->author) {
            seal.author = signer->person;
        } else if (signer->person != manifest.author && signer->approver) {
            seal.approvers.push_back(signer->person);
        } else {
            return refuse(signer->person == manifest.author ? Problem::author_missing : Problem::not_approver,
                          signer->person);
        }
    }
    if (seal.author.empty()) return refuse(Problem::author_missing, manifest.author);
    const std::size_t people = seal.approvers.size() + 1;
    if (people < trust.threshold)
        return refuse(Problem::too_few, std::to_string(people) + " / " + std::to_string(trust.threshold));
    std::ranges::sort(seal.approvers);
    return seal;
}

} // namespace

Result<Seal> check_seal(std::string_view manifest_text, std::string_view signatures, const Trust& trust,
                        std::chrono::sys_days today) {
    const Manifest manifest = TRY(Manifest::parse(manifest_text));
    const auto signers = TRY(signers_of(manifest_text, signatures, trust, today));
    auto regular = regular_seal(manifest, signers, trust);
    if (!regular) {
        const auto alone = std::ranges::find_if(signers, &Signer::break_glass);
        if (alone == signers.end()) return regular;
        if ((*alone)->person != manifest.author) return refuse(Problem::author_missing, manifest.author);
        if (manifest.reason.empty()) return refuse(Problem::reason_missing);
        return Seal{manifest.author, {}, true, trust.break_glass_hours};
    }
    if (manifest.act == Act::rollback && manifest.reason.empty()) return refuse(Problem::reason_missing);
    return regular;
}

} // namespace sekisho::sign
