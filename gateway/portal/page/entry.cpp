// Pages with which one begins: logging in, sending, and what is shown when something cannot be.
#include "gateway/portal/page/frame.h"

namespace sekisho::portal {

namespace {

std::string_view typed(const Context& context, std::string_view name) {
    const auto found = context.typed.find(name);
    return found == context.typed.end() ? std::string_view() : std::string_view(found->second);
}

void say_zones(Html& html, const Context& context) {
    html.put("<p class=\"field\"><label for=\"zone_to\">").say(Text::zone_to);
    html.put("</label>\n<select id=\"zone_to\" name=\"zone_to\" required>\n");
    for (const ZoneTitle& zone : context.zones) {
        html.put("<option value=\"").say(zone.name).put("\"");
        if (zone.name == typed(context, "zone_to")) html.put(" selected");
        html.put(">").say(title_of(context, zone.name)).put("</option>\n");
    }
    html.put("</select></p>\n");
}

void say_words(Html& html, const Context& context) {
    html.put("<p class=\"field\"><label for=\"recipient\">").say(Text::recipient);
    html.put("</label>\n<input id=\"recipient\" name=\"recipient\" maxlength=\"64\" autocomplete=\"off\" value=\"");
    html.say(typed(context, "recipient")).put("\" aria-describedby=\"recipient-help\">\n<span class=\"hint\" id=\"");
    html.put("recipient-help\">").say(Text::recipient_help).put("</span></p>\n");
    html.put("<p class=\"field\"><label for=\"comment\">").say(Text::comment);
    html.put("</label>\n<textarea id=\"comment\" name=\"comment\" rows=\"3\" maxlength=\"600\" aria-describedby=\"");
    html.put("comment-help\">").say(typed(context, "comment"));
    html.put("</textarea>\n<span class=\"hint\" id=\"comment-help\">").say(Text::comment_help).put("</span></p>\n");
}

// One a line: an archive and what is in it may have several. Not shown again once it was sent.
void say_passwords(Html& html) {
    html.put("<p class=\"field\"><label for=\"passwords\">").say(Text::file_passwords);
    html.put("</label>\n<textarea id=\"passwords\" name=\"passwords\" class=\"secret\" rows=\"2\" maxlength=\"1300\" "
             "autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" aria-describedby=\"passwords-help\">");
    html.put("</textarea>\n<span class=\"hint\" id=\"passwords-help\">").say(Text::file_passwords_help);
    html.put("</span></p>\n");
}

// Fields before files: a form is read as it arrives.
void say_send_form(Html& html, const Context& context) {
    html.put(
        "<form class=\"card\" id=\"send\" method=\"post\" action=\"/send\" enctype=\"multipart/form-data\">\n<h2>");
    html.say(Text::send_files).put("</h2>\n");
    say_csrf(html, context);
    say_zones(html, context);
    say_words(html, context);
    say_passwords(html);
    html.put("<div class=\"drop\" id=\"drop\">\n<p class=\"drop-words\" hidden>").say(Text::drop_here).put("</p>\n");
    html.put("<p class=\"field\"><label for=\"file\">").say(Text::files);
    html.put(
        "</label>\n<input type=\"file\" id=\"file\" name=\"file\" multiple required aria-describedby=\"file-help\">");
    html.put("\n<span class=\"hint\" id=\"file-help\">").say(Text::files_help).put("</span></p>\n");
    html.put("<button type=\"button\" class=\"quiet\" id=\"choose\" hidden>").say(Text::choose_files);
    html.put("</button>\n</div>\n<div id=\"queue\"></div>\n<p class=\"submit\"><button class=\"primary\">");
    html.say(Text::submit_send).put("</button></p>\n</form>\n");
}

} // namespace

std::string login_page(const Context& context) {
    return framed(context, {Text::log_in, ""}, [&](Html& html) {
        html.put("<form class=\"card narrow\" method=\"post\" action=\"/login\">\n<p>");
        html.say(title_of(context, context.zone.name)).say(Text::log_in_to).put("</p>\n");
        html.put("<p class=\"field\"><label for=\"account\">").say(Text::account);
        html.put("</label>\n<input id=\"account\" name=\"account\" maxlength=\"64\" autocomplete=\"username\" "
                 "autocapitalize=\"none\" spellcheck=\"false\" required value=\"");
        html.say(typed(context, "account")).put("\"></p>\n<p class=\"field\"><label for=\"password\">");
        html.say(Text::password);
        html.put("</label>\n<input id=\"password\" name=\"password\" type=\"password\" maxlength=\"256\" "
                 "autocomplete=\"current-password\" required></p>\n<p class=\"submit\"><button class=\"primary\">");
        html.say(Text::log_in).put("</button></p>\n</form>\n");
    });
}

std::string send_page(const Context& context, const ledger::TransferList& sent) {
    return framed(context, {Text::send, "/"}, [&](Html& html) {
        say_send_form(html, context);
        say_list(html, context, ledger::Box::sent, sent);
    });
}

std::string error_page(const Context& context) {
    return framed(context, {Text::error_title, ""}, [&](Html& html) {
        html.put("<p><a class=\"button\" href=\"/\">").say(Text::back_to_first).put("</a></p>\n");
    });
}

} // namespace sekisho::portal
