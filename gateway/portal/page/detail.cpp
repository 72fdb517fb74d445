// One transfer: where it is, why it was returned, what was removed, and what may be decided about it.
#include <array>
#include <numeric>

#include "gateway/portal/page/frame.h"
#include "gateway/protocol/choices.h"

namespace sekisho::portal {

namespace {

using Detail = ledger::TransferDetail;

void say_steps(Html& html, const Detail& detail) {
    constexpr std::array<std::pair<std::string_view, Text>, 4> steps{{{"sending", Text::phase_sending},
                                                                      {"sanitising", Text::phase_sanitising},
                                                                      {"waiting", Text::phase_waiting},
                                                                      {"ready", Text::phase_ready}}};
    const std::string_view phase = phase_of(detail.summary.state);
    html.put("<section aria-labelledby=\"state-title\">\n<h2 id=\"state-title\">").say(Text::progress_of);
    html.put("</h2>\n<p class=\"state\" id=\"state\">");
    say_state(html, detail.summary);
    html.put("</p>\n");
    if (phase != "returned" && phase != "ended") {
        html.put("<ol class=\"steps\">\n");
        for (const auto& [name, text] : steps) {
            html.put("<li");
            if (name == phase) html.put(" aria-current=\"step\"");
            html.put(">").say(text).put("</li>\n");
        }
        html.put("</ol>\n");
    }
    html.put("</section>\n");
}

void say_returned(Html& html, const Detail& detail) {
    if (phase_of(detail.summary.state) != "returned") return;
    html.put("<section class=\"problem\" aria-labelledby=\"returned-title\">\n<h2 id=\"returned-title\">");
    html.say(Text::returned_why).put("</h2>\n");
    say_reason(html, detail.summary);
    if (!detail.message.empty()) html.put("<p class=\"words\">").say(detail.message).put("</p>\n");
    for (const ledger::ApprovalRecord& record : detail.approvals)
        if (!record.approved) html.put("<blockquote><p><bdi>").say(record.reason).put("</bdi></p></blockquote>\n");
    html.put("</section>\n");
}

void say_links(Html& html, const Context& context, const Detail& detail) {
    const std::string id = to_text(detail.summary.id);
    html.put("<p class=\"links\">");
    if (can_download(context, detail.summary)) {
        html.put("<a class=\"button primary\" href=\"/transfers/").say(id).put("/content\">");
        html.say(Text::download).put("</a> ");
    }
    if (!detail.stages.empty()) {
        html.put("<a class=\"button quiet\" href=\"/transfers/").say(id).put("/receipt\">");
        html.say(Text::receipt).put("</a>");
    }
    html.put("</p>\n");
}

void say_facts(Html& html, const Context& context, const Detail& detail) {
    const ledger::Summary& summary = detail.summary;
    const auto fact = [&](Text name, std::string_view value) {
        if (value.empty()) return;
        html.put("<div><dt>").say(name).put("</dt><dd><bdi>").say(value).put("</bdi></dd></div>\n");
    };
    html.put("<section aria-labelledby=\"facts-title\">\n<h2 id=\"facts-title\">").say(Text::facts);
    html.put("</h2>\n<dl class=\"facts\">\n");
    fact(Text::column_name, summary.name);
    fact(Text::column_sender, summary.sender);
    fact(Text::column_from, title_of(context, summary.zone_from));
    fact(Text::column_to, title_of(context, summary.zone_to));
    fact(Text::column_recipient, summary.recipient);
    const TypeRow& type = row_of(summary.type);
    if (summary.type != Type::unknown) fact(Text::kind, context.japanese ? type.japanese : type.english);
    fact(Text::size_before, size_text(summary.bytes_in, context.japanese));
    if (summary.bytes_out > 0) fact(Text::size_after, size_text(summary.bytes_out, context.japanese));
    html.put("<div><dt>").say(Text::created).put("</dt><dd>");
    say_time(html, summary.created);
    html.put("</dd></div>\n<div><dt>").say(Text::changed).put("</dt><dd>");
    say_time(html, summary.changed);
    html.put("</dd></div>\n");
    fact(Text::comment_shown, detail.comment);
    fact(Text::rules, detail.rules);
    fact(Text::choices, to_text(detail.options.options));
    html.put("</dl>\n</section>\n");
}

void say_finding(Html& html, const FindingRecord& record) {
    const FindingRow& row = row_of(record.entry.finding);
    const auto cell = [&](Text label) -> Html& {
        return html.put("<td role=\"cell\" data-label=\"").say(label).put("\">");
    };
    html.put("<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
    html.say(html.japanese() ? row.japanese : row.english).put(" <span class=\"code\">").say(row.code);
    html.put("</span>");
    // Words of the file, never a link: whoever wants to go there has to type it.
    if (!record.entry.detail.empty())
        html.put(" <bdi class=\"code detail\" translate=\"no\">").say(record.entry.detail).put("</bdi>");
    html.put("</th>");
    cell(Text::finding_where).say(path_text(record.entry.path, html.japanese())).put("</td>");
    cell(Text::finding_action).say(text_of(record.entry.action)).put("</td>");
    cell(Text::finding_count).say(record.entry.count).put("</td></tr>\n");
}

void say_findings(Html& html, const StageReceipt& stage) {
    const auto total =
        std::accumulate(stage.findings.begin(), stage.findings.end(), std::uint64_t{stage.omitted},
                        [](std::uint64_t sum, const FindingRecord& record) { return sum + record.entry.count; });
    html.put("<p>").say(Text::findings_total).put("<strong>").say(total).put("</strong></p>\n");
    html.put("<table role=\"table\" class=\"findings\" aria-labelledby=\"removed-title\">\n<thead role=\"rowgroup\">");
    html.put("<tr role=\"row\">");
    for (const Text text : {Text::finding_what, Text::finding_where, Text::finding_action, Text::finding_count})
        html.put("<th role=\"columnheader\" scope=\"col\">").say(text).put("</th>");
    html.put("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (const FindingRecord& record : stage.findings) say_finding(html, record);
    html.put("</tbody>\n</table>\n");
    if (stage.omitted > 0) html.put("<p>").say(Text::findings_omitted).say(stage.omitted).put("</p>\n");
}

void say_removed(Html& html, const Detail& detail) {
    html.put("<section id=\"removed\" aria-labelledby=\"removed-title\">\n<h2 id=\"removed-title\">");
    html.say(Text::removed).put("</h2>\n");
    bool sanitised = false;
    bool found = false;
    for (const StageReceipt& stage : detail.stages) {
        sanitised |= stage.stage == Stage::sanitize;
        if (stage.findings.empty() && stage.omitted == 0) continue;
        say_findings(html, stage);
        found = true;
    }
    if (!found) html.put("<p>").say(sanitised ? Text::removed_none : Text::removed_not_yet).put("</p>\n");
    html.put("</section>\n");
}

void say_checks(Html& html, const Detail& detail) {
    if (detail.stages.empty()) return;
    html.put("<section aria-labelledby=\"checks-title\">\n<h2 id=\"checks-title\">").say(Text::checks);
    html.put("</h2>\n<dl class=\"facts\">\n");
    for (const StageReceipt& stage : detail.stages) {
        html.put("<div><dt>").say(text_of(stage.stage)).put("</dt><dd>");
        const Text results[]{Text::check_passed, Text::check_refused, Text::check_failed};
        html.say(results[static_cast<std::size_t>(stage.verdict) % std::size(results)]);
        if (stage.stage == Stage::sanitize) html.put(" (").say(text_of(stage.level)).put(")");
        if (stage.verdict == Verdict::delivered)
            html.put("<br><span class=\"hint\">").say(Text::check_digest).put("</span> <code>");
        if (stage.verdict == Verdict::delivered) html.say(to_hex(stage.digest_out)).put("</code>");
        html.put("</dd></div>\n");
    }
    html.put("</dl>\n</section>\n");
}

void say_approvals(Html& html, const Detail& detail) {
    const ledger::Summary& summary = detail.summary;
    if (summary.approvals_needed == 0 && detail.approvals.empty()) return;
    html.put("<section aria-labelledby=\"approvals-title\">\n<h2 id=\"approvals-title\">").say(Text::approvals);
    html.put("</h2>\n<p>").say(Text::approvals_needed).say(Text::of_file).say(summary.approvals_needed).put(" / ");
    html.say(Text::approvals_given).say(Text::of_file).say(summary.approvals_given).put("</p>\n<ul>\n");
    for (const ledger::ApprovalRecord& record : detail.approvals) {
        html.put("<li><bdi>").say(record.approver).put("</bdi>").say(Text::of_file);
        html.say(record.approved ? Text::approved : Text::sent_back).put(" ");
        say_time(html, record.time);
        html.put(" <bdi>").say(record.reason).put("</bdi></li>\n");
    }
    html.put("</ul>\n</section>\n");
}

void say_decision(Html& html, const Context& context, const Detail& detail) {
    if (!detail.may_approve) return;
    const auto typed = context.typed.find("reason");
    html.put("<form class=\"card\" id=\"decide\" method=\"post\" action=\"/transfers/").say(to_text(detail.summary.id));
    html.put("/decide\">\n<h2>").say(Text::decide).put("</h2>\n");
    say_csrf(html, context);
    html.put("<p class=\"field\"><label for=\"reason\">").say(Text::decide_reason);
    html.put("</label>\n<textarea id=\"reason\" name=\"reason\" rows=\"3\" maxlength=\"300\">");
    html.say(typed == context.typed.end() ? std::string_view() : std::string_view(typed->second));
    html.put("</textarea></p>\n");
    if (!context.fresh) {
        html.put("<p class=\"field\"><label for=\"password\">").say(Text::decide_password);
        html.put("</label>\n<input id=\"password\" name=\"password\" type=\"password\" maxlength=\"256\" "
                 "autocomplete=\"current-password\" required aria-describedby=\"password-help\">\n");
        html.put("<span class=\"hint\" id=\"password-help\">").say(Text::decide_password_help).put("</span></p>\n");
    }
    html.put("<p class=\"submit\"><button class=\"primary\" name=\"approve\" value=\"yes\">").say(Text::approve);
    html.put("</button>\n<button class=\"danger\" name=\"approve\" value=\"no\">").say(Text::send_back);
    html.put("</button></p>\n</form>\n");
}

void say_withdraw(Html& html, const Context& context, const Detail& detail) {
    const ledger::Summary& summary = detail.summary;
    const bool early = summary.state == State::uploading || summary.state == State::received ||
                       summary.state == State::processing || summary.state == State::held;
    // A hint only: the ledger knows whose it is.
    const bool own =
        context.person && summary.zone_from == context.zone.name && summary.sender == context.person->display;
    if (!early || !own) return;
    html.put("<form class=\"card\" method=\"post\" action=\"/transfers/").say(to_text(summary.id));
    html.put("/withdraw\">\n<p id=\"withdraw-help\">").say(Text::withdraw_help).put("</p>\n");
    say_csrf(html, context);
    html.put("<p class=\"submit\"><button class=\"danger\" aria-describedby=\"withdraw-help\">").say(Text::withdraw);
    html.put("</button></p>\n</form>\n");
}

std::string_view menu_row_of(const Context& context, const Detail& detail) {
    if (detail.may_approve) return "/approval";
    if (detail.summary.zone_to == context.zone.name) return "/inbox";
    return "/";
}

} // namespace

std::string detail_page(const Context& context, const ledger::TransferDetail& detail) {
    return framed(context, {Text::details, menu_row_of(context, detail)}, [&](Html& html) {
        html.put("<p class=\"file-name\"><bdi>").say(detail.summary.name).put("</bdi></p>\n");
        html.put("<div id=\"live-detail\" data-live>\n");
        say_steps(html, detail);
        say_returned(html, detail);
        say_links(html, context, detail);
        say_facts(html, context, detail);
        say_removed(html, detail);
        say_checks(html, detail);
        say_approvals(html, detail);
        html.put("</div>\n<div id=\"live-forms\" data-live>\n");
        say_decision(html, context, detail);
        say_withdraw(html, context, detail);
        html.put("</div>\n");
    });
}

} // namespace sekisho::portal
