#include "gateway/cli/sanitize/result.h"

#include <algorithm>
#include <filesystem>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text/utf8.h"
#include "gateway/cli/arguments.h"
#include "gateway/cli/version.h"

namespace sekisho::cli {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

std::string message_of(const Outcome& outcome) {
    if (outcome.verdict == Verdict::delivered) return {};
    const ReasonRow& row = row_of(outcome.reason);
    std::string message(speaks_japanese() ? row.japanese : row.english);
    if (!outcome.detail.empty()) message += fmt::format(" ({})", outcome.detail);
    return message;
}

std::string help_of(const Outcome& outcome) {
    if (outcome.verdict == Verdict::delivered) return {};
    const ReasonRow& row = row_of(outcome.reason);
    return std::string(speaks_japanese() ? row.help_japanese : row.help_english);
}

// JSON is UTF-8; a file name is whatever bytes the disk has.
json::string utf8(std::string_view text) {
    json::string out;
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        out += length > 0 ? text.substr(0, length) : std::string_view("\uFFFD");
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

json::object object_of(const Outcome& outcome) {
    json::array findings;
    for (const Entry& entry : outcome.entries) {
        json::object finding{{"code", row_of(entry.finding).code},
                             {"where", to_text(entry.path)},
                             {"action", name_of(entry.action)},
                             {"count", entry.count}};
        if (!entry.detail.empty()) finding["detail"] = entry.detail;
        findings.push_back(std::move(finding));
    }
    const auto digest = [](const std::optional<Digest>& value) {
        return value ? json::value(to_hex(*value)) : json::value(nullptr);
    };
    return {
        {"input", utf8(outcome.input.path)},
        {"output", outcome.output.empty() ? json::value(nullptr) : json::value(utf8(outcome.output))},
        {"type", row_of(outcome.type_in).name},
        {"type_out", row_of(outcome.type_out).name},
        {"level", name_of(outcome.level)},
        {"verdict", name_of(outcome.verdict)},
        {"reason", outcome.reason == Reason::none ? json::value(nullptr) : json::value(row_of(outcome.reason).code)},
        {"message", utf8(message_of(outcome))},
        {"help", help_of(outcome)},
        {"findings", std::move(findings)},
        {"findings_omitted", outcome.omitted},
        {"scanned", outcome.scanned},
        {"sha256_in", digest(outcome.digest_in)},
        {"sha256_out", digest(outcome.digest_out)},
        {"bytes_in", outcome.bytes_in},
        {"bytes_out", outcome.bytes_out},
        {"millis", outcome.milliseconds},
        {"version", version}};
}

} // namespace

std::string to_json(const Outcome& outcome) {
    return json::serialize(object_of(outcome));
}

std::string to_words(const Outcome& outcome) {
    const bool japanese = speaks_japanese();
    std::string words;
    if (outcome.verdict == Verdict::delivered) {
        words = fmt::format("{} -> {}\n", outcome.input.path, outcome.output);
    } else {
        const char* verdict =
            outcome.verdict == Verdict::refused ? (japanese ? "差戻し" : "refused") : (japanese ? "失敗" : "failed");
        words = fmt::format("{}: {}: {} [{}]\n  {}\n", outcome.input.path, verdict, message_of(outcome),
                            row_of(outcome.reason).code, help_of(outcome));
    }
    for (const Entry& entry : outcome.entries) {
        const FindingRow& row = row_of(entry.finding);
        words += fmt::format("  {} ({}, {}{}) [{}]\n", japanese ? row.japanese : row.english, name_of(entry.action),
                             to_text(entry.path), entry.count > 1 ? fmt::format(" ×{}", entry.count) : "", row.code);
        if (!entry.detail.empty()) words += fmt::format("    {}\n", entry.detail);
    }
    return words;
}

Result<> write_receipt(const Outcome& outcome, const std::string& directory) {
    std::string path = outcome.output;
    if (path.empty()) path = (fs::path(directory) / outcome.input.relative).string();
    json::object receipt{{"receipt", "sekisho sanitize 1"}};
    for (auto& [key, value] : object_of(outcome)) receipt[key] = value;
    std::error_code broken;
    fs::create_directories(fs::path(path).parent_path(), broken);
    return write_file_durably(path + ".receipt.json", as_view(json::serialize(receipt) + "\n"), 0644);
}

} // namespace sekisho::cli
