#include "tests/crash/clients.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

namespace sekisho::crash {

namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t piece = 600; // bytes: most files go in several

// One file on its way to being accepted.
class Sending {
public:
    Sending(Stage& stage, Patient& client, Sample sample)
        : m_stage(stage), m_client(client), m_sample(std::move(sample)) {}

    // Returns the id once the portal has said that all is there; nothing if it is too late.
    std::optional<std::string> run() {
        if (!create()) return std::nullopt;
        while (!m_client.gave_up()) {
            const auto offset = ask_offset();
            if (!offset) return std::nullopt;
            if (*offset == m_sample.content.size() || send_from(*offset)) return m_id;
        }
        return std::nullopt;
    }

private:
    void surprise(const char* doing, const cli::HttpAnswer& answer) const {
        m_stage.book.surprise(fmt::format("{} {} {}: {} {}", doing, m_sample.name, m_id, answer.status, answer.body));
    }

    bool create() {
        const auto encoded = [](const std::string& text) { return to_base64(as_view(text)); };
        const cli::HttpClient::Headers headers{
            "Tus-Resumable: 1.0.0", fmt::format("Upload-Length: {}", m_sample.content.size()),
            fmt::format("Upload-Metadata: filename {},zone_to {}", encoded(m_sample.name), encoded("lgwan"))};
        while (!m_client.gave_up()) {
            const auto answer = m_client.ask_once("POST", "/api/v1/uploads", headers, "");
            if (answer && answer->status == 201) {
                const std::string& place = answer->headers.at("location");
                m_id = place.substr(place.rfind('/') + 1);
                return true;
            }
            if (answer) {
                surprise("POST", *answer);
                return false;
            }
            std::this_thread::sleep_for(15ms);
            if (find_created()) return true;
        }
        return false;
    }

    // Only the answer may have been lost: then there is an upload of this name.
    bool find_created() {
        const auto page = m_client.get("/api/v1/transfers?box=sent&most=50");
        if (!page) return false;
        for (const json::value& row : page->at("transfers").as_array())
            if (text_of(row.as_object(), "name") == m_sample.name) m_id = text_of(row.as_object(), "id");
        return !m_id.empty();
    }

    std::optional<std::size_t> ask_offset() {
        const auto answer = m_client.ask("HEAD", "/api/v1/uploads/" + m_id, {"Tus-Resumable: 1.0.0"});
        if (!answer) return std::nullopt;
        if (answer->status == 200) {
            const std::size_t offset = std::stoul(answer->headers.at("upload-offset"));
            if (offset >= m_acknowledged) return offset;
            m_stage.book.surprise(fmt::format("{} went back from {} to {}", m_id, m_acknowledged, offset));
            return std::nullopt;
        }
        surprise("HEAD", *answer);
        return std::nullopt;
    }

    // True if the portal says that everything is there; false when the way on begins with HEAD.
    bool send_from(std::size_t offset) {
        while (offset < m_sample.content.size()) {
            const std::string part = m_sample.content.substr(offset, piece);
            const auto answer = m_client.ask_once("PATCH", "/api/v1/uploads/" + m_id,
                                                  {"Tus-Resumable: 1.0.0", fmt::format("Upload-Offset: {}", offset),
                                                   "Content-Type: application/offset+octet-stream",
                                                   "Upload-Checksum: sha256 " + to_base64(sha256(as_view(part)))},
                                                  part);
            if (answer && answer->status != 204 && answer->status != 409) surprise("PATCH", *answer);
            if (!answer || answer->status != 204) {
                std::this_thread::sleep_for(15ms);
                return false;
            }
            offset = std::stoul(answer->headers.at("upload-offset"));
            m_acknowledged = std::max(m_acknowledged, offset);
        }
        return true;
    }

    Stage& m_stage;
    Patient& m_client;
    Sample m_sample;
    std::string m_id;
    std::size_t m_acknowledged = 0; // bytes
};

// Nothing if it is too late, or the receipt and the content belong to different moments.
std::optional<Fetched> fetch(Stage& stage, Patient& client, const std::string& id, const std::string& account) {
    const auto content = client.ask("GET", "/api/v1/transfers/" + id + "/content");
    const auto receipt = client.ask("GET", "/api/v1/transfers/" + id + "/receipt");
    if (!content || !receipt) return std::nullopt;
    if (content->status != 200 || receipt->status != 200) {
        stage.book.surprise(
            fmt::format("GET {}: {} {} / {} {}", id, content->status, content->body, receipt->status, receipt->body));
        return std::nullopt;
    }
    return Fetched{account, sha256(as_view(content->body)), receipt->body};
}

} // namespace

std::optional<Rows> rows_of(Patient& client, const std::string& box,
                            const std::function<bool(const Rows& page)>& enough) {
    Rows found;
    for (std::uint64_t before = 0;;) {
        const auto page = client.get(fmt::format("/api/v1/transfers?box={}&most=50&before={}", box, before));
        if (!page) return std::nullopt;
        Rows rows;
        for (const json::value& row : page->at("transfers").as_array()) rows.push_back(row.as_object());
        found.insert(found.end(), rows.begin(), rows.end());
        before = page->at("next").to_number<std::uint64_t>();
        if (before == 0 || enough(rows)) return found;
    }
}

std::optional<Rows> whole_box(Patient& client, const std::string& box) {
    return rows_of(client, box, [](const Rows&) { return false; });
}

void run_sender(Stage& stage, unsigned number) {
    const std::string account = accounts[number % accounts.size()];
    Patient client = stage.client("internet", account);
    std::mt19937_64 random(stage.seed + number);
    for (unsigned file = number; !stage.no_more && !stage.too_late; file += sender_count) {
        const Sample made = sample(stage.seed, file);
        const auto id = Sending(stage, client, made).run();
        if (id) stage.book.accept(*id, {account, made.name, sha256(as_view(made.content))});
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 100));
    }
    if (client.longest_wait() > 30s)
        stage.book.surprise(fmt::format("a sender waited {} ms for one answer", client.longest_wait().count()));
}

void run_fetcher(Stage& stage, const std::string& account) {
    Patient client = stage.client("lgwan", account);
    for (bool last = false; !last && !stage.too_late;) {
        last = stage.all_there;
        const auto is_known = [&](const json::object& row) { return stage.book.has_fetched(text_of(row, "id")); };
        // What arrives is on the first pages; only the last look turns all of them.
        const auto rows =
            rows_of(client, "inbox", [&](const Rows& page) { return !last && std::ranges::all_of(page, is_known); });
        if (!rows) continue;
        for (const json::object& row : *rows) {
            const std::string id = text_of(row, "id");
            if (is_known(row)) continue;
            if (auto fetched = fetch(stage, client, id, account)) stage.book.fetch(id, std::move(*fetched));
        }
        std::this_thread::sleep_for(50ms);
    }
    if (client.longest_wait() > 30s)
        stage.book.surprise(fmt::format("a fetcher waited {} ms for one answer", client.longest_wait().count()));
}

std::map<std::string, unsigned> run_killer(const Stage& stage, unsigned rounds) {
    std::mt19937_64 random(stage.seed);
    std::map<std::string, unsigned> killed;
    for (unsigned round = 0; round < rounds && !stage.too_late;) {
        // Kinds first: there are more workers than anything else.
        std::map<std::string, std::vector<Victim>> kinds;
        for (Victim& victim : stage.rig.victims()) kinds[victim.kind].push_back(std::move(victim));
        if (!kinds.empty()) {
            const auto& [kind, victims] = *std::next(kinds.begin(), static_cast<long>(random() % kinds.size()));
            if (stage.rig.kill(victims[random() % victims.size()])) {
                ++killed[kind];
                if (++round % 500 == 0) {
                    fmt::print("  killed {}, fetched {}\n", round, stage.book.fetched().size());
                    std::fflush(stdout);
                }
            }
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 131));
    }
    return killed;
}

} // namespace sekisho::crash
