#include "policy/sign/trust.h"

#include <algorithm>
#include <set>
#include <sys/stat.h>

#include "base/descriptor/descriptor.h"

namespace sekisho::sign {

namespace {

constexpr std::string_view first_line = "sekisho-policy-trust 1";
constexpr unsigned threshold_least = 2;
constexpr unsigned threshold_most = 9;
constexpr unsigned hours_most = 168;

// "author", "approver", ...: false for another word.
bool take_role(Signer& signer, std::string_view word) {
    if (word == "author") return signer.author = true;
    if (word == "approver") return signer.approver = true;
    if (word == "break-glass") return signer.break_glass = true;
    if (word == "verified") return signer.verified = true;
    return false;
}

Result<Key> parse_key(std::string_view name, std::string_view base64) {
    const auto blob = from_base64(base64);
    if (!blob || to_base64(*blob) != base64) return refuse(Problem::key_damaged);
    Key key = TRY(Key::parse(*blob));
    if (row_of(key.kind).name != name) return refuse(Problem::key_damaged);
    return key;
}

Result<Signer> parse_signer(std::string_view rest) {
    Signer signer;
    signer.person = next_word(rest);
    if (!is_person(signer.person)) return refuse(Problem::trust_line);
    std::string_view word = next_word(rest);
    while (take_role(signer, word)) word = next_word(rest);
    if (word != "always") {
        signer.valid = parse_days(word);
        if (!signer.valid) return refuse(Problem::trust_line);
    }
    const bool regular = signer.author || signer.approver;
    if (regular == signer.break_glass) return refuse(Problem::trust_line);
    const std::string_view name = next_word(rest);
    signer.key = TRY(parse_key(name, next_word(rest)));
    if (signer.verified && !row_of(signer.key.kind).hardware) return refuse(Problem::trust_line);
    return signer;
}

// "72 hours"
std::optional<std::uint64_t> parse_hours(std::string_view rest) {
    const auto hours = whole_number(next_word(rest), hours_most);
    return hours && *hours > 0 && rest == "hours" ? hours : std::nullopt;
}

Result<> take_line(Trust& trust, std::string_view line) {
    std::string_view rest = line.substr(0, line.find('#'));
    const std::string_view word = next_word(rest);
    while (rest.ends_with(' ') || rest.ends_with('\t')) rest.remove_suffix(1);
    if (word.empty()) return {};
    if (word == "threshold") {
        const auto number = whole_number(rest, threshold_most);
        if (!number || *number < threshold_least) return refuse(Problem::trust_line);
        trust.threshold = static_cast<unsigned>(*number);
    } else if (word == "break-glass") {
        const auto hours = parse_hours(rest);
        if (!hours) return refuse(Problem::trust_line);
        trust.break_glass_hours = static_cast<unsigned>(*hours);
    } else if (word == "signer") {
        Signer signer = TRY(parse_signer(rest));
        if (trust.signer_of(signer.key)) return refuse(Problem::trust_key_twice);
        if (trust.signers.size() == signers_max) return refuse(Problem::trust_line);
        trust.signers.push_back(std::move(signer));
    } else {
        return refuse(Problem::trust_line);
    }
    return {};
}

// Some author with enough other people who approve.
bool has_people_enough(const Trust& trust) {
    std::set<std::string_view> authors, approvers;
    for (const Signer& signer : trust.signers) {
        if (signer.author) authors.insert(signer.person);
        if (signer.approver) approvers.insert(signer.person);
    }
    return std::ranges::any_of(authors, [&](std::string_view author) {
        return approvers.size() - approvers.count(author) >= trust.threshold - 1;
    });
}

} // namespace

Result<Trust> Trust::parse(std::string_view text) {
    if (text.size() > trust_file_max) return refuse(Problem::trust_line);
    Trust trust;
    Lines lines(text);
    if (!lines.next() || lines.line() != first_line) return refuse(Problem::trust_line, "line 1");
    while (lines.next()) {
        auto taken = take_line(trust, lines.line());
        if (taken) continue;
        taken.error().where = lines.place();
        return std::unexpected(taken.error());
    }
    if (!has_people_enough(trust)) return refuse(Problem::trust_people);
    return trust;
}

Result<Trust> Trust::load(const std::string& path, unsigned owner) {
    const auto file = open_read_only(path);
    if (!file) return refuse(Problem::trust_missing, path);
    struct stat status {};
    if (fstat(file->get(), &status) != 0 || !S_ISREG(status.st_mode)) return refuse(Problem::trust_missing, path);
    const bool others_write = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    if (status.st_uid != owner || others_write) return refuse(Problem::trust_owner, path);
    if (status.st_size < 0 || static_cast<std::uint64_t>(status.st_size) > trust_file_max)
        return refuse(Problem::trust_line, path);
    Bytes text(static_cast<std::size_t>(status.st_size));
    const auto count = read_at(*file, 0, text);
    if (!count || *count != text.size()) return refuse(Problem::trust_missing, path);
    return parse(as_text(text));
}

const Signer* Trust::signer_of(const Key& key) const {
    const auto same = [&](const Signer& signer) { return signer.key.blob == key.blob; };
    const auto found = std::ranges::find_if(signers, same);
    return found == signers.end() ? nullptr : &*found;
}

} // namespace sekisho::sign
