// The pages of a portal: data in, complete HTML out. No sockets, no requests, no state.
#pragma once

#include <map>
#include <optional>

#include "gateway/portal/page/texts.h"
#include "gateway/portal/page/zone_title.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::portal {

// What every page shows around its own content.
struct Context {
    bool japanese = true;
    ZoneTitle zone;
    std::size_t rank = 0;                                  // of the zone, the least trusted has 0: chooses the colour
    const Person* person = nullptr;                        // null: not logged in
    std::string csrf;                                      // of the session
    std::int64_t expires = 0;                              // of the session, Unix seconds
    bool fresh = false;                                    // deciding needs no password
    std::vector<ZoneTitle> zones;                          // the other ones
    std::string path;                                      // of this page, for the language switch
    std::optional<Text> notice;                            // what has just been done
    std::vector<Problem> problems;                         // why it was not
    std::map<std::string, std::string, std::less<>> typed; // what the person entered before a problem
};

std::string login_page(const Context& context);
std::string send_page(const Context& context, const ledger::TransferList& sent);
std::string list_page(const Context& context, ledger::Box box, const ledger::TransferList& list);
std::string detail_page(const Context& context, const ledger::TransferDetail& detail);
// context.problems say what is wrong.
std::string error_page(const Context& context);

struct Asset {
    std::string_view name; // with the hash of its content: "portal-0123456789abcdef.js"
    std::string_view media;
    View bytes;
};

// Null if there is none of that name.
const Asset* find_asset(std::string_view name);
std::span<const Asset> all_assets();

} // namespace sekisho::portal
