// HTML and XML.
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

Row H01() {
    return {.made = {{.name = "script.html",
                      .make = written<"<p>words</p><script>alert(1)</script>">,
                      .found = {Finding::html_script},
                      .gone = {"<script", "alert("},
                      .kept = {"words"}},
                     {.name = "handler.html",
                      .make = written<"<p/onclick=alert(1)>words">,
                      .found = {Finding::html_script},
                      .gone = {"onclick", "alert("},
                      .kept = {"words"}},
                     {.name = "hidden-script-address.html",
                      .make = written<"<a href='jav&#x09;ascript:alert(1)'>words</a>">,
                      .found = {Finding::html_script},
                      .gone = {"javascript:", "alert("},
                      .kept = {"words"}},
                     {.name = "unknown-element.html",
                      .make = written<"<p>words<evilelement evil=1>more</evilelement>">,
                      .found = {Finding::html_unknown},
                      .gone = {"evil"},
                      .kept = {"words", "more"}},
                     {.name = "script.md",
                      .make = written<"# Words\n\n<script>alert(1)</script>\n">,
                      .found = {Finding::markdown_html},
                      .gone = {"<script"},
                      .kept = {"# Words"}}},
            .also_found = {Finding::html_address, Finding::html_active},
            .also_refused = {Reason::type_unknown, Reason::text_charset, Reason::text_binary},
            .never = {"<script", "javascript:"}};
}

Row H02() {
    return {.made = {{.name = "frames-and-forms.html",
                      .make = written<"<form action=http://evil>a<input name=x><button>words</button></form>"
                                      "<object data=x>c</object><iframe src=http://evil>d</iframe><embed src=x>">,
                      .found = {Finding::html_active},
                      .gone = {"<form", "<object", "<iframe", "<embed", "evil"},
                      .kept = {"words"}}},
            .never = {"<form", "<object", "<iframe", "<embed"}};
}

Row H03() {
    return {.made = {{.name = "fetched.html",
                      .make = written<"<meta http-equiv=refresh content='0;url=http://evil'><base href=http://evil/>"
                                      "<link rel=stylesheet href=http://evil/x.css><style>@import 'http://evil'; "
                                      "a{background:url(http://evil)}</style><img src=http://evil/1.gif>words">,
                      .found = {Finding::html_remote},
                      .gone = {"refresh", "<base", "<link", "@import", "evil"},
                      .kept = {"words"}},
                     {.name = "share-address.html",
                      .make = written<"<a href='\\\\srv\\share'>words</a>">,
                      .found = {Finding::html_address},
                      .gone = {"srv"},
                      .kept = {"words"}},
                     {.name = "style-on-no-list.html",
                      .make = written<"<p style='evil-property:1;color:blue'>words">,
                      .found = {Finding::html_style},
                      .gone = {"evil-property"},
                      .kept = {"words", "color:blue"}},
                     {.name = "addresses.md",
                      .make = written<"# Words\n\n![x](http://evil/1.gif) [y](file:///c:/x)\n">,
                      .found = {Finding::markdown_address},
                      .gone = {"](file"},
                      .kept = {"# Words"}}},
            .also_plain = true,
            .never = {"http-equiv=\"refresh", "<base", "<link", "@import"}};
}

Row H04() {
    return {.made = {{.name = "file-in-address.html",
                      .make = written<"<a href='data:text/html;base64,PHNjcmlwdD4='>words</a>">,
                      .found = {Finding::html_data},
                      .gone = {"data:text", "<script"},
                      .kept = {"words"}}},
            .also_found = {Finding::html_script, Finding::html_remote},
            .never = {"data:text", "data:application"}};
}

Row H05() {
    return {.made = {{.name = "conditional-comment.html",
                      .make = written<"<p>words<!--[if IE]><script>x</script><![endif]-->more">,
                      .found = {Finding::html_comment},
                      .gone = {"<!--", "<script"},
                      .kept = {"words", "more"}},
                     {.name = "parser-trick.html",
                      .make = written<"<p>words<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">">,
                      .found = {Finding::html_unknown},
                      .gone = {"<noscript"},
                      .kept = {"words"}}},
            .also_found = {Finding::html_script},
            .never = {"<!--", "<script"}};
}

Row H06() {
    return {.made = {{.name = "false-charset.html",
                      .make = written<"<meta charset=utf-8>\x8f\x5a\x96\xaf\x82\xcc words">,
                      .found = {Finding::html_charset},
                      .kept = {"charset=\"utf-8\"", "住民の", "words"}},
                     {.name = "utf-7.html",
                      .make = written<"<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-words">,
                      .found = {Finding::text_charset, Finding::html_script},
                      .gone = {"utf-7", "+ADw-"},
                      .never = {"<script"},
                      .kept = {"words"}}},
            .also_found = {Finding::mail_header, Finding::mail_charset, Finding::mail_archive}};
}

Row H11() {
    return {.made = {{.name = "application.html",
                      .make = written<"<html><head><HTA:APPLICATION ID=x></head>">,
                      .refused = Reason::type_executable}}};
}

Row H12() {
    return {
        .made = {{.name = "page.mht",
                  .make = written<"From: <Saved by Browser>\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: "
                                  "multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: "
                                  "text/html\r\nContent-Location: http://example.jp/\r\n\r\n<p>words</p><script>"
                                  "alert(1)</script>\r\n--x--\r\n">,
                  .found = {Finding::html_script},
                  .gone = {"<script", "alert("},
                  .kept = {"words"}},
                 {.name = "mailbox.mbox",
                  .make = written<"From a@x Sun Nov 22 20:56:10 2026\r\nFrom: a@example.jp\r\nMessage-ID: "
                                  "<1@x>\r\nSubject: 1\r\n\r\nwords\r\n\r\n"
                                  "From a@x Sun Nov 22 20:56:11 2026\r\nFrom: b@example.jp\r\nMessage-ID: "
                                  "<2@x>\r\nSubject: 2\r\n\r\nmore\r\n\r\n">,
                  .found = {Finding::mail_archive},
                  .kept = {"words", "more"}}},
        .also_found = {Finding::mail_attachment_refused, Finding::mail_body, Finding::html_remote, Finding::mail_broken,
                       Finding::mail_header},
        .never = {"<script"}};
}

Row H13() {
    return {
        .made = {{.name = "entity.xml",
                  .make = written<"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>">,
                  .refused = Reason::xml_dtd},
                 {.name = "style-sheet.xml",
                  .make = written<"<?xml-stylesheet href='http://evil/x.xsl' type='text/xsl'?><a>words</a>">,
                  .found = {Finding::xml_instruction},
                  .gone = {"xml-stylesheet", "evil"},
                  .kept = {"words"}},
                 {.name = "page-in-data.xml",
                  .make = written<
                      "<?xml version='1.0'?><a xmlns:h='http://www.w3.org/1999/xhtml'><h:script>words</h:script></a>">,
                  .found = {Finding::xml_active},
                  .gone = {"'http://www.w3.org/1999/xhtml"},
                  .never = {"\"http://www.w3.org/1999/xhtml"},
                  .kept = {"words"}},
                 {.name = "transformation.xml",
                  .make = written<"<x:stylesheet version='1.0' xmlns:x='http://www.w3.org/1999/XSL/Transform'/>">,
                  .refused = Reason::xml_program}}};
}

} // namespace sekisho::rows
