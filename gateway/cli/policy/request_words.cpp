#include "gateway/cli/policy/request_words.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/calendar.h"
#include "gateway/judge/loading.h"
#include "policy/engine/compiled.h"

namespace sekisho::cli {

namespace {

// Attributes whose values the language writes in quotes.
constexpr std::array<std::string_view, 7> quoted{"user", "dept", "role", "recipient", "recipient.dept", "name", "flow"};

struct Word {
    std::string key;
    std::string value;
};

std::string in_quotes(std::string_view value) {
    return fmt::format("\"{}\"", value);
}

// As a test block writes it: names and numbers bare, texts in quotes.
std::string as_written(const Word& word) {
    if (word.value == "unknown" || word.value == "none") return word.value;
    if (std::ranges::find(quoted, word.key) == quoted.end()) return word.value;
    if (word.key == "name" || word.key == "user" || word.key == "recipient") return in_quotes(word.value);
    std::string out;
    for (std::size_t at = 0; at <= word.value.size();) {
        const std::size_t comma = std::min(word.value.find(',', at), word.value.size());
        out += (out.empty() ? "" : ", ") + in_quotes(word.value.substr(at, comma - at));
        at = comma + 1;
    }
    return out;
}

Result<std::vector<Word>> split(std::span<const std::string> words) {
    std::vector<Word> out;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        const bool bad = equals == std::string::npos || equals == 0 || equals + 1 == word.size() ||
                         word.find_first_of("\"\n\r") != std::string::npos;
        if (bad)
            return usage_error({fmt::format("{} is not of the form key=value", word),
                                fmt::format("{}は「項目=値」の形になっていません", word)},
                               {"For example: from=internet to=lgwan type=docx size=1MB",
                                "例: from=internet to=lgwan type=docx size=1MB"});
        out.push_back({word.substr(0, equals), word.substr(equals + 1)});
    }
    const auto has = [&](std::string_view key) { return std::ranges::find(out, key, &Word::key) != out.end(); };
    if (!has("from") || !has("to"))
        return usage_error({"the transfer has no from= and to=", "from=（送信元）とto=（宛先）が必要です"},
                           {"For example: from=internet to=lgwan type=docx size=1MB",
                            "例: from=internet to=lgwan type=docx size=1MB"});
    const LocalTime time = now();
    if (!has("hours")) out.push_back({"hours", text_of_minute(time.minute)});
    if (!has("day") && !has("date")) out.push_back({"day", text_of(time.day)});
    return out;
}

// A test block behind the main file; each word on a line of its own.
std::string test_block(const std::vector<Word>& words, std::string_view title) {
    std::string text = fmt::format("\ntest \"{}\"\n  given", title);
    for (const Word& word : words) text += fmt::format("\n    {} {}", word.key, as_written(word));
    return text + "\n  expect refuse\n";
}

int show_wrong_word(const policy::Diagnostic& problem) {
    return complain(
        Error{ErrorKind::reject, "usage", message_of(problem, language()), {}, help_of(problem, language())});
}

std::string joined(const std::vector<std::string>& texts) {
    return fmt::format("{}", fmt::join(texts, ","));
}

// Collects what is known. `texts` that hold blanks or signs get quotes when they are shown.
class Collector {
public:
    void add(std::string_view key, std::string_view value) { m_words.push_back(fmt::format("{}={}", key, value)); }
    void add(std::string_view key, const std::vector<std::string>& values) {
        if (!values.empty()) add(key, joined(values));
    }
    template <typename Value, typename Text>
    void add(std::string_view key, const std::optional<Value>& value, const std::optional<Value>& assumed, Text text) {
        if (value == assumed) return;
        value ? add(key, text(*value)) : add(key, std::string_view("unknown"));
    }
    std::vector<std::string> take() { return std::move(m_words); }

private:
    std::vector<std::string> m_words;
};

// In the largest unit that says it without a fraction.
std::string size_of(std::uint64_t bytes) {
    constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> units{
        {{1'000'000'000, "GB"}, {1'000'000, "MB"}, {1'000, "KB"}}};
    for (const auto& [unit, name] : units)
        if (bytes >= unit && bytes % unit == 0) return fmt::format("{}{}", bytes / unit, name);
    return fmt::format("{}B", bytes);
}

std::string list_or_none(const std::vector<std::string>& values) {
    return values.empty() ? "none" : joined(values);
}

// Whether a shell would take the word as it is.
bool plain(std::string_view word) {
    constexpr std::string_view special = " \t'\"\\$`*?[](){}<>|&;!#~";
    return word.find_first_of(special) == std::string_view::npos;
}

} // namespace

std::expected<Asking, int> read_request(const Arguments& arguments, PolicyFiles files,
                                        std::span<const std::string> words) {
    constexpr std::string_view title = "sekisho policy explain";
    const auto parts = split(words);
    if (!parts) return std::unexpected(complain(parts.error()));
    PolicyFiles extended = files;
    std::string& text = extended.sources.front().text;
    const std::size_t written = text.size();
    text += test_block(*parts, title);
    auto loaded = policy::Policy::load(extended.sources, judge::vocabulary());
    if (!loaded) {
        // What is wrong with the policy itself comes first: it may be why the words mean nothing.
        const auto in_words = [&](const policy::Diagnostic& problem) {
            return problem.at.file == 0 && problem.at.begin >= written;
        };
        const bool only_words = std::ranges::all_of(loaded.error(), in_words);
        if (only_words && !loaded.error().empty()) return std::unexpected(show_wrong_word(loaded.error().front()));
    }
    auto opened = open_policy(arguments, std::move(files));
    if (!opened) return std::unexpected(opened.error());
    if (!loaded) return std::unexpected(static_cast<int>(ExitCode::invalid));
    const auto& tests = loaded->compiled().tests;
    const auto test = std::ranges::find(tests, title, &policy::CompiledTest::title);
    if (test == tests.end()) bug("a test block that was added is not there");
    return Asking{std::move(*opened), test->given};
}

std::vector<std::string> key_values(const policy::Sample& sample) {
    const policy::Sample usual = policy::unremarkable();
    Collector out;
    const auto text = [](const auto& value) { return std::string(value); };
    const auto number = [](auto value) { return std::to_string(value); };
    const auto name = [](auto value) { return std::string(policy::name_of(value)); };
    out.add("from", sample.from);
    out.add("to", sample.to);
    if (sample.origin != sample.from) out.add("origin", sample.origin.empty() ? "unknown" : sample.origin);
    out.add("type", sample.type, usual.type, text);
    out.add("name", sample.name, usual.name, text);
    out.add("size", sample.size, usual.size, size_of);
    if (!sample.sender.empty()) out.add("user", sample.sender);
    out.add("dept", sample.sender_groups);
    if (!sample.recipient.empty()) out.add("recipient", sample.recipient);
    out.add("recipient.dept", sample.recipient_groups);
    out.add("class", sample.confidentiality, usual.confidentiality, name);
    out.add("channel", sample.channel, usual.channel, name);
    out.add("flow", sample.flow, usual.flow, [](const std::string& id) { return id.empty() ? "none" : id; });
    out.add("findings", sample.findings, usual.findings, list_or_none);
    out.add("dlp", sample.data, usual.data, list_or_none);
    out.add("dlp.count", sample.data_count, usual.data_count, number);
    out.add("archive.depth", sample.archive_depth, usual.archive_depth, number);
    out.add("archive.members", sample.archive_members, usual.archive_members, number);
    out.add("level", sample.level, usual.level, name);
    out.add("hours", sample.minute, usual.minute, text_of_minute);
    out.add("day", sample.day, usual.day, text_of);
    return out.take();
}

std::string line_of(const policy::Sample& sample) {
    std::string line;
    for (const std::string& word : key_values(sample))
        line += (line.empty() ? "" : " ") + (plain(word) ? word : fmt::format("'{}'", word));
    return line;
}

void write_sample(JsonWriter& json, const policy::Sample& sample) {
    json.begin_object();
    for (const std::string& word : key_values(sample)) {
        const std::size_t equals = word.find('=');
        json.member(word.substr(0, equals), word.substr(equals + 1));
    }
    json.end_object();
}

void write_decision(JsonWriter& json, const policy::Decision& decision) {
    const bool allowed = decision.outcome == policy::Outcome::allow;
    json.begin_object().member("outcome", policy::name_of(decision.outcome));
    json.member("ground", policy::name_of(decision.ground)).key("rules").begin_array();
    for (const std::string& rule : decision.rules) json.text(rule);
    json.end_array().member("reason", decision.reason);
    if (allowed) {
        json.member("level", policy::name_of(decision.strictness)).key("choices").begin_object();
        for (const policy::Chosen& choice : decision.mild) json.member(choice.name, choice.word);
        json.end_object().key("approvals").begin_array();
        for (const policy::Approval& approval : decision.approvals)
            json.begin_object()
                .member("count", approval.count)
                .member("group", approval.group)
                .member("zone", approval.zone)
                .end_object();
        json.end_array();
        if (decision.keep_days) json.member("keep_days", *decision.keep_days);
        if (decision.delay_minutes) json.member("delay_minutes", *decision.delay_minutes);
        json.key("watermarks").begin_array();
        for (const std::string& watermark : decision.watermarks) json.text(watermark);
        json.end_array();
    }
    json.end_object();
}

} // namespace sekisho::cli
