#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/text/json_writer.h"
#include "gateway/portal/api/handlers.h"
#include "gateway/portal/api/json.h"
#include "gateway/portal/http/range.h"

namespace sekisho::portal {

namespace {

constexpr std::array<std::string_view, 4> box_names{"sent", "inbox", "approval", "history"};

template <typename Integer>
Result<Integer> number_in_query(const Visit& visit, std::string_view name, Integer otherwise) {
    const auto found = visit.request.query.find(name);
    if (found == visit.request.query.end()) return otherwise;
    Integer value{};
    const char* end = found->second.data() + found->second.size();
    const auto parsed = std::from_chars(found->second.data(), end, value);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return reject("http.target", fmt::format("`{}` is not a number", name), {}, "Leave it out or give a number");
    return value;
}

// RFC 6266 with RFC 5987: an ASCII stand-in, and the real name percent-encoded.
std::string disposition(std::string_view name) {
    std::string plain;
    std::string encoded;
    for (const char c : name) {
        const auto octet = static_cast<unsigned char>(c);
        const bool ordinary = std::isalnum(octet) != 0 && octet < 0x80;
        plain += ordinary || c == '.' || c == '-' || c == '_' || c == ' ' ? c : '_';
        encoded += ordinary || c == '.' || c == '-' || c == '_' ? std::string(1, c) : fmt::format("%{:02X}", octet);
    }
    return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, encoded);
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

} // namespace

Result<Response> list_transfers(Visit& visit) {
    ledger::ListTransfers question;
    question.viewer = visit.person();
    const auto box = visit.request.query.find("box");
    const std::string_view name =
        box == visit.request.query.end() ? std::string_view("sent") : std::string_view(box->second);
    const auto found = std::ranges::find(box_names, name);
    if (found == box_names.end())
        return reject("http.target", "There is no such box", {}, "Boxes are sent, inbox, approval and history");
    question.box = static_cast<ledger::Box>(found - box_names.begin());
    question.before = TRY(number_in_query<std::uint64_t>(visit, "before", 0));
    question.most = std::min<std::uint16_t>(TRY(number_in_query<std::uint16_t>(visit, "most", 50)), 50);
    return json_response(200, list_json(TRY(visit.ledger.call<ledger::TransferList>(question)), visit.japanese));
}

Result<Response> get_transfer(Visit& visit) {
    const ledger::GetTransfer question{visit.person(), TRY(id_of(visit))};
    return json_response(200, detail_json(TRY(visit.ledger.call<ledger::TransferDetail>(question)), visit.japanese));
}

Result<Response> get_content(Visit& visit) {
    std::vector<Descriptor> received;
    const ledger::OpenDelivered question{visit.person(), TRY(id_of(visit))};
    const auto delivered = TRY(visit.ledger.call<ledger::Delivered>(question, {}, &received));
    if (received.size() != 1) return reject("ipc.malformed", "The ledger sent no file");
    Response response;
    const std::string tag = fmt::format("\"{}\"", to_hex(delivered.digest));
    response.set("Content-Type", std::string(row_of(delivered.file_type).media));
    response.set("Content-Disposition", disposition(delivered.name));
    response.set("ETag", tag);
    response.set("Accept-Ranges", "bytes");
    const std::string_view if_range = visit.request.header("if-range");
    const bool ranged = if_range.empty() || if_range == tag;
    const auto range = TRY(range_of(ranged ? visit.request.header("range") : "", delivered.size));
    response.file = std::move(received.front());
    response.file_offset = range.offset;
    response.file_size = range.size;
    if (range.partial) {
        response.status = 206;
        response.set("Content-Range",
                     fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.size - 1, delivered.size));
    }
    return response;
}

Result<Response> get_receipt(Visit& visit) {
    std::vector<Descriptor> received;
    const ledger::GetReceipt question{visit.person(), TRY(id_of(visit))};
    const auto receipt = TRY(visit.ledger.call<ledger::Receipt>(question, {}, &received));
    if (received.size() != 1) return reject("ipc.malformed", "The ledger sent no receipt");
    Response response;
    response.set("Content-Type", "application/json");
    response.set("Content-Disposition", disposition(visit.id + ".receipt.json"));
    response.file = std::move(received.front());
    response.file_size = receipt.size;
    return response;
}

Result<Response> decide_transfer(Visit& visit) {
    constexpr std::array<std::string_view, 2> names{"approve", "reason"};
    auto fields = TRY(json_fields(visit, names));
    if (fields["approve"] != "true" && fields["approve"] != "false")
        return reject("http.json", "`approve` must be true or false", {}, "Say whether you approve");
    if (fields["reason"].size() > 1000)
        return reject("http.json", "The reason is too long", {}, "Shorten it to 300 characters");
    if (std::time(nullptr) > visit.session->fresh_until)
        return reject("session.not-fresh", "Approving needs your password once more", {},
                      "Enter your password and try again");
    TRY(visit.ledger.call<Done>(
        ledger::Decide{visit.person(), TRY(id_of(visit)), fields["approve"] == "true", fields["reason"]}));
    return no_content();
}

Result<Response> withdraw_transfer(Visit& visit) {
    TRY(visit.ledger.call<Done>(ledger::Withdraw{visit.person(), TRY(id_of(visit))}));
    return no_content();
}

Result<Response> wait_for_change(Visit& visit) {
    constexpr std::chrono::seconds patience{40}; // the ledger answers after 25 s
    const ledger::WaitChange question{visit.person(), TRY(number_in_query<std::uint64_t>(visit, "since", 0))};
    const auto changed = TRY(visit.ledger.call<ledger::Changed>(question, {}, nullptr, patience));
    JsonWriter json;
    json.begin_object().member("version", changed.version).end_object();
    return json_response(200, json.take());
}

} // namespace sekisho::portal
