// Lists of transfers: a table that becomes one block per file on a small screen.
#include "gateway/portal/page/frame.h"

namespace sekisho::portal {

namespace {

struct BoxTexts {
    Text title;
    Text heading;
    Text empty;
    std::string_view address;
};

BoxTexts texts_of(ledger::Box box) {
    switch (box) {
    case ledger::Box::inbox:
        return {Text::inbox, Text::inbox_list, Text::none_inbox, "/inbox"};
    case ledger::Box::approval:
        return {Text::approval, Text::approval_list, Text::none_approval, "/approval"};
    case ledger::Box::history:
        return {Text::history, Text::history_list, Text::none_history, "/history"};
    default:
        return {Text::send, Text::sent_list, Text::none_sent, "/"};
    }
}

void begin_cell(Html& html, Text label) {
    html.put("<td role=\"cell\" data-label=\"").say(label).put("\">");
}

void say_column_heads(Html& html, ledger::Box box) {
    html.put("<thead role=\"rowgroup\">\n<tr role=\"row\">");
    const auto head = [&](Text text) { html.put("<th role=\"columnheader\" scope=\"col\">").say(text).put("</th>"); };
    head(Text::column_name);
    head(Text::column_state);
    if (box != ledger::Box::sent) head(Text::column_sender);
    if (box != ledger::Box::sent) head(Text::column_from);
    if (box != ledger::Box::inbox) head(Text::column_to);
    head(Text::column_size);
    head(Text::column_time);
    head(Text::column_action);
    html.put("</tr>\n</thead>\n");
}

void say_action(Html& html, const Context& context, ledger::Box box, const ledger::Summary& summary) {
    begin_cell(html, Text::column_action);
    const std::string id = to_text(summary.id);
    const auto named = [&] { html.put("<span class=\"visually-hidden\"> ").say(summary.name).put("</span></a>"); };
    if (can_download(context, summary)) {
        html.put("<a class=\"button\" href=\"/transfers/").say(id).put("/content\">").say(Text::download);
        named();
        html.put(" ");
    }
    html.put("<a class=\"button quiet\" href=\"/transfers/").say(id).put("\">");
    html.say(box == ledger::Box::approval ? Text::look : Text::details);
    named();
    html.put("</td>");
}

void say_row(Html& html, const Context& context, ledger::Box box, const ledger::Summary& summary) {
    const std::string id = to_text(summary.id);
    html.put("<tr role=\"row\" data-id=\"")
        .say(id)
        .put("\">\n<th role=\"rowheader\" scope=\"row\"><a href=\"/transfers/");
    html.say(id).put("\"><bdi>").say(summary.name).put("</bdi></a></th>");
    begin_cell(html, Text::column_state);
    say_state(html, summary);
    if (box == ledger::Box::sent) say_reason(html, summary);
    html.put("</td>");
    if (box != ledger::Box::sent) {
        begin_cell(html, Text::column_sender);
        html.put("<bdi>").say(summary.sender).put("</bdi></td>");
        begin_cell(html, Text::column_from);
        html.say(title_of(context, summary.zone_from)).put("</td>");
    }
    if (box != ledger::Box::inbox) {
        begin_cell(html, Text::column_to);
        html.say(title_of(context, summary.zone_to)).put("</td>");
    }
    begin_cell(html, Text::column_size);
    html.say(size_text(summary.bytes_out > 0 ? summary.bytes_out : summary.bytes_in, context.japanese)).put("</td>");
    begin_cell(html, Text::column_time);
    say_time(html, summary.changed);
    html.put("</td>");
    say_action(html, context, box, summary);
    html.put("</tr>\n");
}

void say_further(Html& html, std::string_view address, const ledger::TransferList& list) {
    if (list.next == 0) return;
    html.put("<p class=\"further\"><a class=\"button quiet\" href=\"").say(address).put("?before=").say(list.next);
    html.put("\">").say(Text::earlier).put("</a></p>\n");
}

} // namespace

void say_list(Html& html, const Context& context, ledger::Box box, const ledger::TransferList& list) {
    const BoxTexts texts = texts_of(box);
    html.put("<section class=\"list\" id=\"list\" data-live aria-labelledby=\"list-title\" data-version=\"");
    html.say(list.version).put("\">\n<h2 id=\"list-title\">").say(texts.heading).put("</h2>\n");
    if (list.emergency) html.put("<p class=\"emergency\" role=\"alert\">").say(Text::policy_emergency).put("</p>\n");
    if (list.transfers.empty()) {
        html.put("<p class=\"empty\">").say(texts.empty).put("</p>\n</section>\n");
        return;
    }
    html.put("<table role=\"table\" class=\"transfers\" aria-labelledby=\"list-title\">\n");
    say_column_heads(html, box);
    html.put("<tbody role=\"rowgroup\">\n");
    for (const ledger::Summary& summary : list.transfers) say_row(html, context, box, summary);
    html.put("</tbody>\n</table>\n");
    say_further(html, texts.address, list);
    html.put("</section>\n");
}

std::string list_page(const Context& context, ledger::Box box, const ledger::TransferList& list) {
    const BoxTexts texts = texts_of(box);
    return framed(context, {texts.title, texts.address}, [&](Html& html) { say_list(html, context, box, list); });
}

} // namespace sekisho::portal
