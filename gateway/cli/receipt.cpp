// sekisho receipt verify FILE [OUTPUT]: offline, with a public key alone.
//
// --json: {"receipt":"ID","signed":true,"sha256":"...","proved":true,"output":true}; "output" only if one was named,
// "proved" is false for a receipt that was fetched before the log had its record.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "gateway/audit/proof.h"
#include "gateway/audit/receipt.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/verbs.h"

namespace sekisho::cli {

namespace json = boost::json;

namespace {

constexpr std::uint64_t largest_receipt = 1U << 20;

struct Statement {
    std::string transfer;
    std::string digest_out; // hexadecimal; empty if nothing was delivered
    bool proved = false;
};

// Of what the key has signed, so that its shape is that of the gateway.
Result<Statement> read_statement(const std::string& body, const PublicKey& key) try {
    const json::object receipt = json::parse(body).as_object();
    Statement statement;
    statement.transfer = std::string(receipt.at("transfer").as_string());
    if (const json::value* out = receipt.if_contains("out"))
        statement.digest_out = std::string(out->at("sha256").as_string());
    const json::value& inside = receipt.at("audit");
    if (inside.is_null()) return statement;
    const audit::Proof proof = TRY(audit::proof_of_json(json::serialize(inside)));
    TRY(audit::check_proof(proof, key));
    const json::object record = json::parse(proof.record).as_object();
    if (record.at("transfer").as_string() != statement.transfer || record.at("digest_out").as_string() != statement.digest_out)
        return reject("audit.proof", "the proof is that of another file", {}, "Tell the administrator");
    statement.proved = true;
    return statement;
} catch (const std::exception& error) {
    return reject("receipt.malformed", error.what(), {}, "Take the file as it was downloaded");
}

Result<> check_output(const Statement& statement, const std::string& path) {
    const Digest digest = TRY(sha256_of_file(TRY(open_read_only(path))));
    if (to_hex(digest) == statement.digest_out) return {};
    return reject("receipt.other-file", "the file is not the one that this receipt is for", path,
                  "Take the file that was downloaded together with the receipt");
}

void print(const Statement& statement, bool with_output, bool as_json) {
    if (as_json) {
        json::object line{{"receipt", statement.transfer}, {"signed", true}};
        if (!statement.digest_out.empty()) line["sha256"] = statement.digest_out;
        line["proved"] = statement.proved;
        if (with_output) line["output"] = true;
        return fmt::print("{}\n", json::serialize(line));
    }
    fmt::print("receipt of transfer {}: the signature holds\n", statement.transfer);
    fmt::print("{}\n", statement.proved ? "its record stands in the audit log"
                                        : "it carries no proof from the audit log; download it again to get one");
    if (with_output) fmt::print("the file is the one that was delivered\n");
}

Result<int> verify(const Arguments& arguments) {
    const auto& operands = arguments.operands();
    if (operands.empty() || operands.size() > 2)
        return reject("usage", "name a receipt, and the file that came with it", {},
                      "Write: sekisho receipt verify RECEIPT [FILE] --key audit.pub");
    const PublicKey key = TRY(audit_key(arguments));
    const Bytes text = TRY(read_file(operands[0], largest_receipt));
    const auto body = audit::check_receipt(as_text(text), key);
    const auto statement = body ? read_statement(*body, key) : Result<Statement>(std::unexpected(body.error()));
    if (!statement) {
        complain(statement.error());
        return ExitCode::answer_is_no;
    }
    if (operands.size() == 2) {
        const auto checked = check_output(*statement, operands[1]);
        if (!checked && checked.error().kind == ErrorKind::fail) return std::unexpected(checked.error());
        if (!checked) {
            complain(checked.error());
            return ExitCode::answer_is_no;
        }
    }
    print(*statement, operands.size() == 2, arguments.flag("--json"));
    return ExitCode::done;
}

} // namespace

int receipt_verify(const Arguments& arguments) {
    const auto result = verify(arguments);
    return result ? *result : complain(result.error());
}

} // namespace sekisho::cli
