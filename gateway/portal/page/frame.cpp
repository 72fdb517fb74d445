#include "gateway/portal/page/frame.h"

#include <algorithm>
#include <array>
#include <ctime>

namespace sekisho::portal {

namespace {

std::string asset_address(std::string_view stem, std::string_view extension) {
    const auto found = std::ranges::find_if(all_assets(), [&](const Asset& asset) {
        return asset.name.starts_with(stem) && asset.name.ends_with(extension);
    });
    if (found == all_assets().end()) bug("a page needs an asset that was not built in");
    return "/assets/" + std::string(found->name);
}

void say_head(Html& html, const Context& context, const Frame& frame) {
    html.put("<!DOCTYPE html>\n<html lang=\"").say(context.japanese ? "ja" : "en");
    html.put("\" class=\"zone-").say(std::min<std::size_t>(context.rank, 3)).put("\">\n<head>\n");
    html.put("<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.put("<meta name=\"color-scheme\" content=\"light\">\n<title>");
    if (!context.problems.empty()) html.say(Text::problem_title).put(" | ");
    html.say(frame.title).put(" | ").say(title_of(context, context.zone.name)).put(" | ").say(Text::product);
    html.put("</title>\n<link rel=\"stylesheet\" href=\"").say(asset_address("portal-", ".css"));
    html.put("\">\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"").say(asset_address("mark-", ".svg"));
    html.put("\">\n<script src=\"").say(asset_address("portal-", ".js")).put("\" defer></script>\n</head>\n");
}

void say_menu(Html& html, const Frame& frame) {
    constexpr std::array<std::pair<std::string_view, Text>, 4> rows{
        {{"/", Text::send}, {"/inbox", Text::inbox}, {"/approval", Text::approval}, {"/history", Text::history}}};
    html.put("<nav class=\"menu\" aria-label=\"").say(Text::navigation).put("\">\n<ul>\n");
    for (const auto& [address, text] : rows) {
        html.put("<li><a href=\"").say(address).put("\"");
        if (address == frame.current) html.put(" aria-current=\"page\"");
        html.put(">").say(text).put("</a></li>\n");
    }
    html.put("</ul>\n</nav>\n");
}

void say_person(Html& html, const Context& context) {
    if (!context.person) return;
    html.put("<form class=\"person\" method=\"post\" action=\"/logout\">\n<span class=\"name\"><bdi>");
    html.say(context.person->display).put("</bdi></span>\n");
    say_csrf(html, context);
    html.put("<button class=\"quiet\">").say(Text::log_out).put("</button>\n</form>\n");
}

void say_header(Html& html, const Context& context, const Frame& frame) {
    html.put("<header>\n<div class=\"band\">\n<p class=\"zone\"><span class=\"product\">").say(Text::product);
    html.put("</span> <span class=\"visually-hidden\">").say(Text::desk_of).put(": </span><strong>");
    html.say(title_of(context, context.zone.name)).put("</strong></p>\n<div class=\"tools\">\n");
    const std::string_view other = context.japanese ? "en" : "ja";
    html.put("<a class=\"language\" href=\"").say(context.path).put("?lang=").say(other).put("\" lang=\"").say(other);
    html.put("\" hreflang=\"").say(other).put("\">").say(Text::other_language).put("</a>\n");
    say_person(html, context);
    html.put("</div>\n</div>\n");
    if (context.person) say_menu(html, frame);
    html.put("</header>\n");
}

void say_problems(Html& html, const Context& context) {
    if (context.problems.empty()) return;
    html.put("<div class=\"problem\" role=\"alert\" id=\"problem\" tabindex=\"-1\">\n<h2>").say(Text::problem_title);
    html.put("</h2>\n");
    for (const Problem& problem : context.problems) {
        html.put("<p>");
        if (!problem.where.empty()) html.put("<bdi>").say(problem.where).put("</bdi>").say(Text::of_file);
        html.put("<strong>").say(problem.text).put("</strong> ").say(problem.detail).put("</p>\n<p>");
        html.say(Text::next_step).say(Text::of_file).say(problem.help).put("</p>\n");
    }
    html.put("</div>\n");
}

// The words of the script, and of every problem that the API may tell it.
void say_script_words(Html& html) {
    html.put("<template id=\"words\">\n");
    for (const TextRow& row : all_texts()) {
        if (!row.id.starts_with("script_")) continue;
        html.put("<p data-word=\"").say(row.id.substr(7)).put("\">");
        html.say(html.japanese() ? row.japanese : row.english).put("</p>\n");
    }
    for (const ProblemRow& row : all_problems()) {
        html.put("<p data-problem=\"").say(row.code).put("\" data-help=\"");
        html.say(html.japanese() ? row.help_japanese : row.help_english).put("\">");
        html.say(html.japanese() ? row.japanese : row.english).put("</p>\n");
    }
    for (const std::string_view code : {"type.empty", "limit.bytes"}) {
        const Problem problem = problem_of(Error{ErrorKind::reject, std::string(code), {}, {}, {}}, html.japanese());
        html.put("<p data-problem=\"").say(code).put("\" data-help=\"").say(problem.help).put("\">");
        html.say(problem.text).put("</p>\n");
    }
    html.put("</template>\n");
}

void say_body_tag(Html& html, const Context& context) {
    html.put("<body");
    if (context.person) {
        html.put(" data-csrf=\"").say(context.csrf).put("\" data-seconds-left=\"");
        html.say(std::max<std::int64_t>(0, context.expires - std::time(nullptr))).put("\" data-sender=\"");
        html.say(context.person->person).put("\"");
    }
    html.put(">\n<a class=\"skip\" href=\"#main\">").say(Text::skip).put("</a>\n");
}

} // namespace

std::string framed(const Context& context, const Frame& frame, const std::function<void(Html&)>& content) {
    Html html(context.japanese);
    say_head(html, context, frame);
    say_body_tag(html, context);
    say_header(html, context, frame);
    html.put("<main id=\"main\" tabindex=\"-1\">\n<h1>").say(frame.title).put("</h1>\n");
    html.put("<div id=\"notice\" class=\"notice\" role=\"status\">");
    if (context.notice) html.put("<p>").say(*context.notice).put("</p>");
    html.put("</div>\n<div id=\"announcer\" class=\"visually-hidden\" role=\"status\"></div>\n");
    say_problems(html, context);
    content(html);
    html.put("</main>\n<footer><p>").say(Text::footer).put("</p></footer>\n");
    if (context.person) say_script_words(html);
    html.put("</body>\n</html>\n");
    return html.take();
}

std::string_view title_of(const Context& context, std::string_view zone) {
    const auto title = [&](const ZoneTitle& row) -> std::string_view {
        const std::string& text = context.japanese ? row.japanese : row.english;
        return text.empty() ? std::string_view(row.name) : std::string_view(text);
    };
    if (zone == context.zone.name) return title(context.zone);
    const auto found = std::ranges::find(context.zones, zone, &ZoneTitle::name);
    return found == context.zones.end() ? zone : title(*found);
}

bool can_download(const Context& context, const ledger::Summary& summary) {
    return summary.state == State::delivered && summary.zone_to == context.zone.name && context.person &&
           summary.recipient == context.person->person;
}

void say_csrf(Html& html, const Context& context) {
    html.put("<input type=\"hidden\" name=\"csrf\" value=\"").say(context.csrf).put("\">\n");
}

void say_state(Html& html, const ledger::Summary& summary) {
    html.put("<span class=\"badge badge-").say(phase_of(summary.state)).put("\">").say(text_of_phase(summary.state));
    if (summary.state == State::uploading && summary.bytes_in > 0)
        html.put(" ").say(100 * summary.offset / summary.bytes_in).put("%");
    html.put("</span>");
    if (summary.picked_up) html.put(" <span class=\"hint\">").say(Text::picked_up).put("</span>");
}

void say_reason(Html& html, const ledger::Summary& summary) {
    if (phase_of(summary.state) != "returned") return;
    const ReasonRow& row = row_of(summary.reason);
    const bool by_approver = summary.state == State::sent_back;
    const bool unnamed = summary.reason == Reason::none;
    html.put("<p class=\"reason\"><strong>");
    if (by_approver)
        html.say(Text::returned_by_approver);
    else if (unnamed)
        html.say(Text::returned_by_rule);
    else
        html.say(html.japanese() ? row.japanese : row.english);
    html.put("</strong> <span class=\"next\">").say(Text::next_step).say(Text::of_file);
    if (by_approver)
        html.say(Text::returned_by_approver_help);
    else if (unnamed)
        html.say(Text::returned_by_rule_help);
    else
        html.say(help_of(summary.reason, html.japanese()));
    html.put("</span></p>");
}

void say_time(Html& html, std::int64_t milliseconds) {
    html.put("<time datetime=\"").say(time_text(milliseconds)).put("\">").say(local_time_text(milliseconds));
    html.put("</time>");
}

} // namespace sekisho::portal
