// What all pages share: the frame around them, and pieces that several of them use.
#pragma once

#include <functional>

#include "gateway/portal/page/html.h"
#include "gateway/portal/page/page.h"

namespace sekisho::portal {

struct Frame {
    Text title;
    std::string_view current; // the address of the menu's row that this page is; may be empty
};

std::string framed(const Context& context, const Frame& frame, const std::function<void(Html&)>& content);

void say_state(Html& html, const ledger::Summary& summary);
// Why it was returned and what to do next, if it was.
void say_reason(Html& html, const ledger::Summary& summary);
void say_time(Html& html, std::int64_t milliseconds);
std::string_view title_of(const Context& context, std::string_view zone);
bool can_download(const Context& context, const ledger::Summary& summary);
void say_csrf(Html& html, const Context& context);
// <table> with `rows`, whose newest version the script fetches again.
void say_list(Html& html, const Context& context, ledger::Box box, const ledger::TransferList& list);

} // namespace sekisho::portal
