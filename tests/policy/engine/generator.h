// Random small policies and requests, always the same ones for a seed.
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

#include "tests/policy/engine/build.h"

namespace sekisho::policy {

inline const std::vector<std::string> zones{"internet", "lgwan", "mynumber"};
inline const std::vector<std::string> chief{"課長"};
inline constexpr std::array<std::string_view, 1> javascript{"pdf.javascript"};
inline constexpr std::array<std::string_view, 2> personal_data{"mynumber", "phone"};

// What the rules of the generator name.
inline std::vector<std::string> declarations() {
    return {"zone internet, lgwan, mynumber\n",
            "types office = documents pdf\n",
            "types documents = docx xlsx\n",
            "group tax = staff\n",
            "group staff = dept \"税務課\"\n",
            "group chief = role \"課長\"\n",
            "calendar open = japan except closed\n",
            "calendar closed = 2026-12-29..2027-01-03\n",
            "flow \"T-001 eLTAX\" from internet host 203.0.113.10 mac 02:00:00:00:00:01 port 443 "
            "to lgwan host 192.0.2.20 mac 02:00:00:00:00:02 port 8443 peer eltax reason \"受信\"\n"};
}

inline std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += part;
    return out;
}

inline std::string whole(const std::vector<std::string>& rules) {
    return joined(declarations()) + joined(rules);
}

class Generator {
public:
    explicit Generator(unsigned seed) : m_random(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(m_random() % limit); }
    template <typename Choices> const auto& one_of(const Choices& choices) {
        return choices[below(static_cast<unsigned>(choices.size()))];
    }
    template <typename Items> void shuffle(Items& items) { std::shuffle(items.begin(), items.end(), m_random); }

    std::string condition(unsigned depth = 2) {
        const unsigned kind = below(depth == 0 ? 1 : 4);
        if (kind == 1) return "not (" + condition(depth - 1) + ")";
        if (kind == 2) return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        if (kind == 3) return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        static const std::vector<std::string> simple{"type in office",
                                                     "type is pdf",
                                                     "family is picture",
                                                     "size <= 5MB",
                                                     "size > 1KB",
                                                     "user in tax",
                                                     "user is \"tanaka\"",
                                                     "hours in 08:30..19:00",
                                                     "archive.depth > 3",
                                                     "archive.depth <= 1",
                                                     "hours in 22:00..6:00",
                                                     "findings has \"pdf.javascript\"",
                                                     "type in csv, documents",
                                                     "origin is internet",
                                                     "from in lgwan, mynumber",
                                                     "to is lgwan",
                                                     "archive.members >= 100",
                                                     "dlp has mynumber",
                                                     "dlp.count < 3",
                                                     "level in rebuild, exact",
                                                     "dept is \"税務課\"",
                                                     "recipient in chief",
                                                     "recipient is \"sato\"",
                                                     "class <= 3C",
                                                     "class in 3A, 1",
                                                     "channel is portal",
                                                     "channel in mail, api",
                                                     "flow in specific",
                                                     "flow is \"T-001\"",
                                                     "day in open",
                                                     "day in closed, open",
                                                     "date in 2026-04-01..2026-12-31",
                                                     "name like \"*.pdf\"",
                                                     "name like \"?書*\""};
        return one_of(simple);
    }

    std::string allow() {
        const unsigned from = below(3);
        const std::string to = zones[(from + 1 + below(2)) % 3];
        std::string rule = "allow \"R-" + std::to_string(++m_id) + "\" from " + zones[from] + " to " + to;
        if (below(3) != 0) rule += " when " + condition();
        std::vector<std::string> required;
        static const std::vector<std::string> levels{"rebuild", "flatten", "text"};
        if (below(2) == 0) required.push_back(one_of(levels));
        if (below(2) == 0)
            required.push_back("approve " + std::to_string(1 + below(3)) + " by " + (below(2) == 0 ? "chief" : "tax") +
                               (below(3) == 0 ? " in " + one_of(zones) : ""));
        if (below(2) == 0) required.push_back("keep " + std::to_string(1 + below(90)) + " days");
        if (below(3) == 0) required.push_back("delay " + std::to_string(1 + below(90)) + " minutes");
        if (below(3) == 0) required.push_back("watermark \"庁外秘" + std::to_string(below(3)) + "\"");
        if (below(2) == 0) required.push_back(std::string("attachments ") + (below(3) == 0 ? "drop" : "keep"));
        if (below(3) == 0) required.push_back("forms keep");
        for (std::size_t i = 0; i < required.size(); ++i) rule += (i == 0 ? " require " : ", ") + required[i];
        if (below(5) == 0) rule += " until 2026-0" + std::to_string(1 + below(9)) + "-15";
        return rule + " reason \"r" + std::to_string(m_id) + "\"\n";
    }

    std::string forbid() {
        static const std::vector<std::string> ends{"any", "any", "internet", "lgwan", "mynumber"};
        const std::string from = one_of(ends);
        std::string to = one_of(ends);
        if (to == from) to = "any";
        return "forbid \"F-" + std::to_string(++m_id) + "\" from " + from + " to " + to + " when " + condition() +
               " reason \"f\"\n";
    }

    // Of a forbid that goes any way.
    std::string exception(const std::string& of) {
        return "exception \"E-" + std::to_string(++m_id) + "\" of \"" + of + "\" from internet to lgwan when " +
               condition() + " requested by \"a\" approved by \"b\" until 2026-0" + std::to_string(1 + below(9)) +
               "-20 reason \"e\"\n";
    }

    std::vector<std::string> rules() {
        std::vector<std::string> rules;
        for (unsigned i = below(5) + 1; i > 0; --i) rules.push_back(allow());
        for (unsigned i = below(3); i > 0; --i) rules.push_back(forbid());
        if (below(3) != 0) return rules;
        rules.push_back("forbid \"G-1\" from any to any when " + condition() + " reason \"g\"\n");
        for (unsigned i = below(3); i > 0; --i) rules.push_back(exception("G-1"));
        return rules;
    }

    // The same statements in several files that include each other.
    Sources split(const std::vector<std::string>& statements) {
        Sources files{{"main.sekisho", ""}};
        for (unsigned i = below(4); i > 0; --i) {
            const std::string name = "f" + std::to_string(i) + ".sekisho";
            files[files.size() < 4 ? below(static_cast<unsigned>(files.size())) : 0].text +=
                "include \"" + name + "\"\n";
            files.push_back({name, ""});
        }
        for (const std::string& statement : statements)
            files[below(static_cast<unsigned>(files.size()))].text += statement;
        return files;
    }

    // Attributes are sometimes unknown unless asked otherwise.
    Request asked(bool complete = false) {
        Request asked = request(one_of(zones), one_of(zones));
        asked.sender_groups = below(2) == 0 ? tax : chief;
        asked.recipient_groups = below(2) == 0 ? tax : chief;
        asked.recipient = below(2) == 0 ? "sato" : "mori";
        asked.origin = one_of(zones);
        static const std::vector<std::string_view> types{"pdf", "docx", "png", "zip", "script", "csv"};
        static const std::vector<std::string_view> names{"a.pdf", "申書.PDF", "b.txt", "書書"};
        asked.type = one_of(types);
        asked.name = one_of(names);
        asked.size = below(3) * 3'000'000ULL + 10;
        asked.archive_depth = below(6);
        asked.archive_members = below(200);
        asked.minute = below(1440);
        asked.day = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + std::chrono::days(below(400));
        asked.data = std::span(personal_data).first(below(3));
        asked.data_count = below(6);
        asked.level = static_cast<Reached>(below(4));
        asked.confidentiality = static_cast<Confidentiality>(below(5));
        asked.channel = static_cast<Channel>(below(6));
        // A flow on its way, or none: on another way it would stay unknown.
        const bool way = asked.from == "internet" && asked.to == "lgwan";
        asked.flow = way && below(2) == 0 ? "T-001" : "";
        if (below(2) == 0) asked.findings = javascript;
        if (!complete) forget(asked);
        return asked;
    }

    // The same request with what was not known made known.
    Request completed(const Request& asked) {
        Request whole = this->asked(true);
        const bool way = asked.from == "internet" && asked.to == "lgwan";
        whole.flow = way && below(2) == 0 ? "T-001" : "";
        whole.from = asked.from;
        whole.to = asked.to;
        const auto keep = [](auto& into, const auto& known) {
            if (known) into = known;
        };
        keep(whole.type, asked.type);
        keep(whole.name, asked.name);
        keep(whole.size, asked.size);
        keep(whole.findings, asked.findings);
        keep(whole.archive_depth, asked.archive_depth);
        keep(whole.archive_members, asked.archive_members);
        keep(whole.data, asked.data);
        keep(whole.data_count, asked.data_count);
        keep(whole.level, asked.level);
        keep(whole.confidentiality, asked.confidentiality);
        keep(whole.channel, asked.channel);
        keep(whole.flow, asked.flow);
        keep(whole.minute, asked.minute);
        keep(whole.day, asked.day);
        if (!asked.origin.empty()) whole.origin = asked.origin;
        whole.sender_groups = asked.sender_groups;
        whole.recipient_groups = asked.recipient_groups;
        if (!asked.sender.empty()) whole.sender = asked.sender;
        if (!asked.recipient.empty()) whole.recipient = asked.recipient;
        return whole;
    }

private:
    void forget(Request& asked) {
        const auto maybe = [this](auto& attribute) {
            if (below(5) == 0) attribute.reset();
        };
        maybe(asked.type);
        maybe(asked.name);
        maybe(asked.size);
        maybe(asked.findings);
        maybe(asked.archive_depth);
        maybe(asked.archive_members);
        maybe(asked.data);
        maybe(asked.data_count);
        maybe(asked.level);
        maybe(asked.confidentiality);
        maybe(asked.channel);
        maybe(asked.flow);
        maybe(asked.minute);
        maybe(asked.day);
        if (below(6) == 0) asked.origin = "";
        if (below(6) == 0) asked.sender = "";
        if (below(6) == 0) asked.recipient = "";
    }

    std::mt19937 m_random;
    unsigned m_id = 0;
};

} // namespace sekisho::policy
