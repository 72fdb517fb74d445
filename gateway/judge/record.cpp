#include "gateway/judge/record.h"

#include <algorithm>

#include "base/ipc/codec.h"
#include "base/text/utf8.h"

namespace sekisho::judge {

namespace {

constexpr std::uint8_t format = 1;
constexpr std::uint8_t format_with_choices = 2; // only if one is mild: what was recorded before stays the same bytes
constexpr std::size_t texts_max = 1000;         // of one list
constexpr std::size_t text_max = 4000;          // bytes

// --- values, both ways: an Encoder writes what it is given, a Decoder fills it

void value(auto& codec, auto& number) {
    codec.number(number);
}
void value(auto& codec, const std::string& text) {
    codec.text(text, text_max);
}
void value(Decoder& codec, std::string& text) {
    codec.text(text, text_max);
}
void value(Encoder& codec, const std::vector<std::string>& texts) {
    codec.texts(texts, texts_max, text_max);
}
void value(Decoder& codec, std::vector<std::string>& texts) {
    codec.texts(texts, texts_max, text_max);
}
void value(Encoder& codec, const std::chrono::sys_days& day) {
    codec.number(static_cast<std::int32_t>(day.time_since_epoch().count()));
}
void value(Decoder& codec, std::chrono::sys_days& day) {
    std::int32_t count = 0;
    codec.number(count);
    day = std::chrono::sys_days(std::chrono::days(count));
}

// Values of closed lists are kept by name: their order may change.
template <typename Enum, std::size_t size>
void named(Encoder& codec, const std::optional<Enum>& held, const std::array<std::string_view, size>&) {
    codec.text(held ? std::string(policy::name_of(*held)) : "", text_max);
}
template <typename Enum, std::size_t size>
void named(Decoder& codec, std::optional<Enum>& held, const std::array<std::string_view, size>& names) {
    std::string name;
    codec.text(name, text_max);
    held = policy::value_of<Enum>(names, name);
}

template <typename Value> void maybe(Encoder& codec, const std::optional<Value>& held) {
    codec.flag(held.has_value());
    if (held) value(codec, *held);
}
template <typename Value> void maybe(Decoder& codec, std::optional<Value>& held) {
    bool there = false;
    codec.flag(there);
    if (there) value(codec, held.emplace());
}

void question_fields(auto& question, auto& codec) {
    for (auto* text : {&question.from, &question.to, &question.origin, &question.sender, &question.recipient})
        value(codec, *text);
    value(codec, question.sender_groups);
    value(codec, question.recipient_groups);
    maybe(codec, question.type);
    maybe(codec, question.name);
    maybe(codec, question.size);
    maybe(codec, question.findings);
    maybe(codec, question.archive_depth);
    maybe(codec, question.archive_members);
    maybe(codec, question.data);
    maybe(codec, question.data_count);
    named(codec, question.level, policy::reached_names);
    named(codec, question.confidentiality, policy::confidentiality_names);
    named(codec, question.channel, policy::channel_names);
    maybe(codec, question.flow);
    maybe(codec, question.minute);
    maybe(codec, question.day);
}

std::vector<std::string> bounded(const std::vector<std::string>& texts, std::size_t most) {
    std::vector<std::string> kept;
    for (const std::string& text : texts) {
        if (kept.size() == most) break;
        kept.emplace_back(utf8_prefix(text, text_max));
    }
    return kept;
}

constexpr std::size_t rules_max = 200;
constexpr std::size_t approvals_max = 64;

std::vector<policy::Approval> bounded(const std::vector<policy::Approval>& approvals) {
    std::vector<policy::Approval> kept(
        approvals.begin(), approvals.begin() + static_cast<std::ptrdiff_t>(std::min(approvals.size(), approvals_max)));
    for (policy::Approval& approval : kept) {
        approval.group = utf8_prefix(approval.group, text_max);
        approval.zone = utf8_prefix(approval.zone, text_max);
    }
    return kept;
}

template <typename Enum> Result<Enum> by_name(std::string_view name, Enum last) {
    for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i)
        if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
    return reject("record.damaged", "a recorded decision cannot be read");
}

void approvals_field(Decoder& codec, std::vector<policy::Approval>& approvals) {
    std::uint16_t count = 0;
    codec.number(count);
    approvals.resize(std::min<std::size_t>(count, approvals_max));
    for (policy::Approval& approval : approvals) {
        codec.number(approval.count);
        value(codec, approval.group);
        value(codec, approval.zone);
    }
}

constexpr std::size_t choices_max = 32;

void choices_field(Encoder& codec, const std::vector<policy::Chosen>& choices) {
    const std::size_t count = std::min(choices.size(), choices_max);
    codec.number(static_cast<std::uint16_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        value(codec, std::string(utf8_prefix(choices[i].name, text_max)));
        value(codec, std::string(utf8_prefix(choices[i].word, text_max)));
    }
}

void choices_field(Decoder& codec, std::vector<policy::Chosen>& choices) {
    std::uint16_t count = 0;
    codec.number(count);
    choices.resize(std::min<std::size_t>(count, choices_max));
    for (policy::Chosen& choice : choices) {
        value(codec, choice.name);
        value(codec, choice.word);
    }
}

bool has_choices(const Answer& answer) {
    return !answer.mild.empty() || !answer.decision.mild.empty();
}

std::unexpected<Error> damaged() {
    return reject("record.damaged", "a recorded decision cannot be read");
}

} // namespace

Bytes encode_answer(const Answer& answer) {
    const policy::Decision& decision = answer.decision;
    Encoder codec;
    codec.number(has_choices(answer) ? format_with_choices : format);
    codec.flag(answer.allowed);
    value(codec, std::string(sekisho::name_of(answer.level)));
    value(codec, std::string(policy::name_of(decision.outcome)));
    value(codec, std::string(policy::name_of(decision.ground)));
    value(codec, std::string(policy::name_of(decision.strictness)));
    codec.number(static_cast<std::uint32_t>(decision.rules.size()));
    value(codec, bounded(decision.rules, rules_max));
    value(codec, std::string(utf8_prefix(decision.reason, text_max)));
    const auto approvals = bounded(decision.approvals);
    codec.number(static_cast<std::uint16_t>(approvals.size()));
    for (const policy::Approval& approval : approvals) {
        codec.number(approval.count);
        value(codec, approval.group);
        value(codec, approval.zone);
    }
    maybe(codec, decision.keep_days);
    maybe(codec, decision.delay_minutes);
    codec.number(static_cast<std::uint32_t>(decision.watermarks.size()));
    value(codec, bounded(decision.watermarks, approvals_max));
    if (has_choices(answer)) {
        choices_field(codec, answer.mild);
        choices_field(codec, decision.mild);
    }
    return codec.take();
}

Result<Answer> decode_answer(View octets) {
    Decoder codec(octets);
    Answer answer;
    policy::Decision& decision = answer.decision;
    std::uint8_t version = 0;
    std::uint32_t total = 0;
    std::string level, outcome, ground, strictness;
    codec.number(version);
    codec.flag(answer.allowed);
    for (std::string* text : {&level, &outcome, &ground, &strictness}) value(codec, *text);
    codec.number(total);
    value(codec, decision.rules);
    value(codec, decision.reason);
    approvals_field(codec, decision.approvals);
    maybe(codec, decision.keep_days);
    maybe(codec, decision.delay_minutes);
    codec.number(total);
    value(codec, decision.watermarks);
    if (version == format_with_choices) {
        choices_field(codec, answer.mild);
        choices_field(codec, decision.mild);
    }
    const auto known_level = level_by_name(level);
    const bool known_format = version == format || version == format_with_choices;
    if (!known_format || !codec.finished() || !known_level) return damaged();
    answer.level = *known_level;
    decision.outcome = TRY(by_name(outcome, policy::Outcome::allow));
    decision.ground = TRY(by_name(ground, policy::Ground::allowed));
    decision.strictness = TRY(by_name(strictness, policy::Strictness::text));
    return answer;
}

Bytes encode_question(const policy::Sample& question) {
    Encoder codec;
    codec.number(format);
    question_fields(question, codec);
    return codec.take();
}

Result<policy::Sample> decode_question(View octets) {
    Decoder codec(octets);
    std::uint8_t version = 0;
    policy::Sample question;
    codec.number(version);
    question_fields(question, codec);
    if (version != format || !codec.finished()) return damaged();
    return question;
}

Bytes encode_records(const std::vector<Record>& records) {
    ByteWriter writer;
    for (const Record& record : records) {
        Encoder head;
        head.number(record.number);
        head.number(record.time);
        head.text(record.transfer, 64);
        head.text(record.policy, 64);
        head.number(static_cast<std::uint8_t>(record.phase));
        head.text(record.shadow, 64);
        for (const Bytes& part : {head.take(), encode_question(record.question), record.answer, record.shadow_answer}) {
            writer.u32le(static_cast<std::uint32_t>(part.size()));
            writer.raw(part);
        }
    }
    return writer.take();
}

Result<std::vector<Record>> decode_records(View octets) {
    std::vector<Record> records;
    ByteReader reader(octets);
    const auto part = [&]() -> Result<View> {
        const std::uint32_t size = TRY(reader.u32le());
        return reader.bytes(size);
    };
    while (!reader.at_end()) {
        Record& record = records.emplace_back();
        Decoder head(TRY(part()));
        std::uint8_t phase = 0;
        head.number(record.number);
        head.number(record.time);
        head.text(record.transfer, 64);
        head.text(record.policy, 64);
        head.number(phase);
        head.text(record.shadow, 64);
        if (!head.finished() || phase > 1) return damaged();
        record.phase = static_cast<Phase>(phase);
        record.question = TRY(decode_question(TRY(part())));
        const View answer = TRY(part());
        record.answer.assign(answer.begin(), answer.end());
        const View beside = TRY(part());
        record.shadow_answer.assign(beside.begin(), beside.end());
    }
    return records;
}

} // namespace sekisho::judge
