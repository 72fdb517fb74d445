// sekisho audit verify | search | export | check-proof: reads the log's files; needs no daemon.
#include "gateway/cli/audit.h"

#include <filesystem>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "gateway/audit/proof.h"
#include "gateway/audit/verify.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/verbs.h"
#include "gateway/launch/table.h"

namespace sekisho::cli {

namespace json = boost::json;

namespace {

Result<AuditPlace> place_of(const Arguments& arguments) {
    AuditPlace place;
    if (const auto directory = arguments.value("--log")) place.directory = *directory;
    if (const auto key = arguments.value("--key")) place.key_file = *key;
    if (!place.directory.empty() && !place.key_file.empty()) return place;
    const auto settings = TRY(Settings::load(arguments.value("--settings").value_or("/etc/sekisho/sekisho.toml")));
    if (place.directory.empty()) place.directory = settings.text("state.directory") + "/audit";
    if (place.key_file.empty()) place.key_file = public_key_path("audit", settings);
    return place;
}

int say_no(const Error& error) {
    complain(error);
    return error.code == "audit.checkpoint" ? ExitCode::not_permitted : ExitCode::answer_is_no;
}

} // namespace

Result<PublicKey> audit_key(const Arguments& arguments) {
    const auto named = arguments.value("--key");
    return public_key_of(named ? *named : TRY(place_of(arguments)).key_file);
}

Result<PublicKey> public_key_of(const std::string& path) {
    const Bytes text = TRY(read_file(path, 256));
    std::string_view digits = as_text(text);
    while (!digits.empty() && digits.back() == '\n') digits.remove_suffix(1);
    const auto bytes = from_hex(digits);
    PublicKey key{};
    if (!bytes || bytes->size() != key.size())
        return reject("not-permitted", "not a public key (64 hexadecimal digits)", path,
                      "Name keys/audit.pub with --key");
    std::copy(bytes->begin(), bytes->end(), key.begin());
    return key;
}

namespace {

Result<int> verify(const Arguments& arguments) {
    const AuditPlace place = TRY(place_of(arguments));
    const auto verified = audit::verify_log(place.directory, TRY(public_key_of(place.key_file)));
    if (!verified && verified.error().kind == ErrorKind::reject) return say_no(verified.error());
    if (!verified) return std::unexpected(verified.error());
    if (arguments.flag("--json"))
        fmt::print("{}\n", json::serialize(json::object{{"records", verified->records},
                                                        {"checkpoints", verified->checkpoints},
                                                        {"signed", verified->covered},
                                                        {"root", to_hex(verified->root)}}));
    else
        fmt::print("{} records, {} checkpoints, {} records signed\nroot {}\n", verified->records, verified->checkpoints,
                   verified->covered, to_hex(verified->root));
    return ExitCode::done;
}

// True if every --where NAME=VALUE, --transfer, --event, --since and --until fits.
bool fits(const json::object& record, const Arguments& arguments) {
    const auto text = [&record](std::string_view key) {
        const json::value* found = record.if_contains(key);
        return found && found->is_string() ? std::string(found->as_string()) : std::string();
    };
    const auto same = [&](std::string_view option, std::string_view key) {
        const auto wanted = arguments.value(option);
        return !wanted || text(key) == *wanted;
    };
    const auto since = arguments.value("--since");
    const auto until = arguments.value("--until");
    return same("--transfer", "transfer") && same("--event", "event") && same("--source", "source") &&
           (!since || text("time") >= *since) && (!until || text("time") < *until);
}

Result<int> print_records(const Arguments& arguments, bool need_one) {
    const AuditPlace place = TRY(place_of(arguments));
    std::uint64_t found = 0;
    for (const std::string& path : TRY(audit::segments_of(place.directory)))
        TRY(audit::for_each_line(path, [&](std::string_view line, std::uint64_t) -> Result<> {
            boost::system::error_code broken;
            const json::value value = json::parse(line, broken);
            if (broken || !value.is_object()) return reject("audit.damaged", "a record is not JSON", path);
            if (!fits(value.as_object(), arguments)) return {};
            ++found;
            fmt::print("{}\n", line);
            return {};
        }));
    return found == 0 && need_one ? ExitCode::answer_is_no : ExitCode::done;
}

Result<int> check(const Arguments& arguments) {
    if (arguments.operands().size() != 1)
        return reject("usage", "name one file with a proof or a receipt", {},
                      "Write: sekisho audit check-proof FILE --key audit.pub");
    const Bytes text = TRY(read_file(arguments.operands()[0], 1 << 20));
    boost::system::error_code broken;
    const json::value value = json::parse(as_text(text), broken);
    const json::object* object = broken ? nullptr : value.if_object();
    if (!object)
        return reject("audit.proof", "not JSON", arguments.operands()[0], "Take a receipt as it was downloaded");
    const json::value* inside = object->if_contains("audit");
    const auto proof = audit::proof_of_json(inside ? json::serialize(*inside) : std::string(as_text(text)));
    if (!proof) return say_no(proof.error());
    const auto checkpoint = audit::check_proof(*proof, TRY(audit_key(arguments)));
    if (!checkpoint) return say_no(checkpoint.error());
    fmt::print("{}\n", proof->record);
    fmt::print(stderr, "record {} stands in the log of {} records that was signed\n", proof->leaf, checkpoint->size);
    return ExitCode::done;
}

template <typename Body> int finish(Body body) {
    const auto result = body();
    return result ? *result : complain(result.error());
}

} // namespace

int audit_verify(const Arguments& arguments) {
    return finish([&] { return verify(arguments); });
}
int audit_search(const Arguments& arguments) {
    return finish([&] { return print_records(arguments, true); });
}
int audit_export(const Arguments& arguments) {
    return finish([&] { return print_records(arguments, false); });
}
int audit_check_proof(const Arguments& arguments) {
    return finish([&] { return check(arguments); });
}

} // namespace sekisho::cli
