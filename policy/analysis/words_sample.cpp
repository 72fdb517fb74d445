#include <fmt/format.h>

#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

class SampleWords {
public:
    explicit SampleWords(const Sample& sample) : m_sample(sample) {}

    Words run() {
        put("type", "種類", m_sample.type.value_or(""));
        put("size", "大きさ", m_sample.size ? size_text(*m_sample.size) : "");
        put("sender", "送信者", m_sample.sender == "someone" ? "" : m_sample.sender);
        put("of", "所属", joined(m_sample.sender_groups, ", "));
        put("recipient", "受信者", m_sample.recipient == "someone" ? "" : m_sample.recipient);
        put("of", "所属", joined(m_sample.recipient_groups, ", "));
        put("findings", "検出", m_sample.findings ? joined(*m_sample.findings, ", ") : "not known");
        put("dlp", "個人情報", m_sample.data ? joined(*m_sample.data, ", ") : "not known");
        if (m_sample.archive_depth.value_or(0) > 0)
            put("archive.depth", "圧縮の深さ", fmt::format("{}", *m_sample.archive_depth));
        if (m_sample.level && *m_sample.level != Reached::rebuild)
            put("level", "無害化の程度", std::string(name_of(*m_sample.level)));
        if (m_sample.confidentiality) put("class", "機密性", std::string(name_of(*m_sample.confidentiality)));
        if (m_sample.channel && *m_sample.channel != Channel::portal)
            put("channel", "経路", std::string(name_of(*m_sample.channel)));
        put("flow", "特定通信", m_sample.flow.value_or(""));
        put("name", "名前", m_sample.name.value_or(""));
        put("hours", "時刻", m_sample.minute ? minute_text(*m_sample.minute) : "");
        if (m_sample.day)
            put("day", "日", day_text(static_cast<std::uint64_t>(m_sample.day->time_since_epoch().count())));
        const Words all = joined(m_parts, ", ", "、");
        return all.english.empty() ? Words{"any file", "任意のファイル"} : all;
    }

private:
    void put(std::string_view english, std::string_view japanese, const std::string& value) {
        if (value.empty()) return;
        const std::string_view in_japanese = value == "not known" ? "不明" : std::string_view(value);
        m_parts.push_back({fmt::format("{} {}", english, value), fmt::format("{} {}", japanese, in_japanese)});
    }

    const Sample& m_sample;
    std::vector<Words> m_parts;
};

} // namespace

Words words_of(const Sample& sample) {
    return SampleWords(sample).run();
}

} // namespace sekisho::policy
