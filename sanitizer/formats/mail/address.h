#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/core/budget.h"

namespace sekisho::mail {

struct Mailbox {
    std::string display; // UTF-8; may be empty
    std::string address; // "local@domain" in ASCII
};

// A list of mailboxes and groups (RFC 5322 3.4), as mail programs really write them. What is no address is left out;
// `broken` is set then.
std::vector<Mailbox> parse_addresses(std::string_view raw, Budget& budget, bool& broken, bool& converted);
// One line per mailbox, with CRLF; empty for no mailbox.
std::string write_addresses(std::string_view name, const std::vector<Mailbox>& mailboxes);

bool is_address(std::string_view address);

} // namespace sekisho::mail
