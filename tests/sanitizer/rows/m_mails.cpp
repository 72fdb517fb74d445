// Mail.
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/rows/row.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

namespace {

template <Words rest> Bytes mail() {
    return to_bytes(std::string("From: a@example.jp\r\nTo: b@example.jp\r\nMessage-ID: <1@example.jp>\r\nMIME-Version: "
                                "1.0\r\n") +
                    rest.text);
}

template <Words fields, Words content> Bytes attached() {
    return to_bytes(std::string("From: a@example.jp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
                                "boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nwords\r\n--x\r\n") +
                    fields.text + "Content-Transfer-Encoding: base64\r\n\r\n" + to_base64(as_view(content.text)) +
                    "\r\n--x--\r\n");
}

void attribute(ByteWriter& out, std::uint32_t id, const std::string& value) {
    out.u8(id == 0x00018010 || id == 0x0006800F || id == 0x00069002 ? 2 : 1);
    out.u32le(id);
    out.u32le(static_cast<std::uint32_t>(value.size()));
    out.text(value);
    out.u16le(0);
}

Bytes winmail() {
    ByteWriter out;
    out.u32le(0x223E9F78);
    out.u16le(1);
    attribute(out, 0x0002800C, std::string("words\0", 6));
    attribute(out, 0x00069002, std::string(14, '\0'));
    attribute(out, 0x00018010, std::string("run.exe\0", 8));
    attribute(out, 0x0006800F, "MZ evil program" + std::string(200, '\0'));
    return out.take();
}

Bytes properties(std::size_t head_size, std::uint32_t tag, std::uint32_t value) {
    ByteWriter out;
    for (std::size_t i = 0; i < head_size; ++i) out.u8(0);
    out.u32le(tag);
    out.u32le(6);
    out.u64le(value);
    return out.take();
}

Bytes wide(std::string_view ascii) {
    Bytes made;
    for (const char c : ascii) {
        made.push_back(static_cast<std::uint8_t>(c));
        made.push_back(0);
    }
    return made;
}

Bytes outlook() {
    using tests::storage;
    using tests::stream;
    return tests::ole_file(
        {stream("__properties_version1.0", properties(32, 0x3FFD0003, 932)),
         stream("__substg1.0_1000001F", wide("words")),
         stream("__substg1.0_10130102", to_bytes("<p onclick=x>page<script>evil</script>")),
         stream("__substg1.0_0C1F001F", wide("/O=EXCHANGE/CN=Y")),
         storage("__attach_version1.0_#00000000",
                 {stream("__properties_version1.0", properties(8, 0x37050003, 1)),
                  stream("__substg1.0_3707001F", wide("t.csv")), stream("__substg1.0_37010102", to_bytes("=1+1\n"))})});
}

} // namespace

Row M01() {
    return {.made = {{.name = "style-part.eml",
                      .make = mail<"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n--b\r\n"
                                   "Content-Type: text/css\r\n\r\nbody{background:url(//evil)}\r\n--b--\r\n">,
                      .found = {Finding::mail_body},
                      .gone = {"evil"},
                      .kept = {"words"}},
                     {.name = "page-that-acts.eml",
                      .make = mail<"Content-Type: text/html\r\n\r\n<p onclick=x>words<script>bad()</script><img "
                                   "src=http://track/1.gif><form action=http://evil><input></form>\r\n">,
                      .found = {Finding::html_script, Finding::html_remote, Finding::html_active},
                      .gone = {"onclick", "bad()", "track", "<form", "<input"},
                      .kept = {"words"}}},
            .also_found = {Finding::mail_body, Finding::html_unknown, Finding::html_style},
            .never = {"<script", "<form"}};
}

Row M02() {
    return {.made = {{.name = "attached-program.eml",
                      .make = attached<"Content-Type: application/pdf; name=invoice.pdf\r\n", "MZ\x90 evil program">,
                      .found = {Finding::mail_attachment_refused},
                      .gone = {"evil program"},
                      .kept = {"words", "invoice.pdf.blocked.txt"}},
                     {.name = "attached-formula.eml",
                      .make = attached<"Content-Type: text/csv; name=x.csv\r\n", "=cmd|' /C calc'!A0,1\n">,
                      .found = {Finding::csv_formula},
                      .gone = {"\n=cmd"},
                      .kept = {"words", "x.csv"}},
                     {.name = "file-in-text.eml",
                      .make = mail<"\r\nwords\r\nbegin 644 a.txt\r\n#8V%T\r\n`\r\nend\r\nafter\r\n">,
                      .found = {Finding::mail_uuencode},
                      .gone = {"begin 644"},
                      .kept = {"words", "after", "cat"}}},
            .also_refused = {Reason::type_executable, Reason::type_unsupported, Reason::type_unknown},
            .also_plain = true};
}

Row M03() {
    return {
        .made = {{.name = "two-types.eml",
                  .make = mail<"Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx">,
                  .refused = Reason::mail_ambiguous},
                 {.name = "two-boundaries.eml",
                  .make = mail<"Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n--a\r\n\r\nx\r\n--a--">,
                  .refused = Reason::mail_ambiguous}},
        .also_found = {Finding::mail_attachment_refused, Finding::mail_header, Finding::mail_broken},
        .also_plain = true};
}

Row M04() {
    return {.made = {{.name = "mail-in-mail.eml",
                      .make = mail<"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: "
                                   "message/rfc822\r\n\r\nFrom: c@example.jp\r\nSubject: inner\r\nX-Evil: 1\r\n"
                                   "Content-Type: text/html\r\n\r\n<script>x</script>words\r\n--x--\r\n">,
                      .found = {Finding::mail_nested},
                      .gone = {"X-Evil", "<script"},
                      .kept = {"inner", "words"}},
                     {.name = "part-of-mail.eml",
                      .make = mail<"Content-Type: message/partial; id=x; number=1\r\n\r\nx">,
                      .refused = Reason::mail_partial},
                     {.name = "mail-elsewhere.eml",
                      .make = mail<"Content-Type: message/external-body; access-type=anon-ftp\r\n\r\nx">,
                      .refused = Reason::mail_partial}},
            .also_plain = true};
}

Row M05() {
    return {.made = {{.name = "winmail.dat",
                      .make = winmail,
                      .found = {Finding::mail_tnef, Finding::mail_attachment_refused},
                      .gone = {"evil program"},
                      .kept = {"words", "run.exe.blocked.txt"}}}};
}

Row M06() {
    return {.made = {{.name = "signed.eml",
                      .make = mail<"Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; "
                                   "boundary=s\r\n\r\n--s\r\n\r\nwords\r\n--s\r\nContent-Type: "
                                   "application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB\r\n--s--\r\n">,
                      .found = {Finding::mail_signature},
                      .gone = {"p7s", "multipart/signed"},
                      .kept = {"words"}},
                     {.name = "encrypted.eml",
                      .make = mail<"Content-Type: multipart/encrypted; boundary=s\r\n\r\n--s\r\n\r\nx\r\n--s--">,
                      .refused = Reason::input_encrypted}},
            .also_refused = {Reason::type_unknown}};
}

Row M07() {
    return {.made = {{.name = "japanese.eml",
                      .make = mail<"Subject: =?ISO-2022-JP?B?GyRCPTtMMUk8GyhC?=\r\nContent-Type: text/plain; "
                                   "charset=ISO-2022-JP\r\n\r\n\x1b$B=;L1I<\x1b(B words\r\n">,
                      .found = {Finding::mail_charset},
                      .gone = {"iso-2022-jp", "\x1b$B"},
                      .kept = {"subject: 住民票", "words"}}},
            .also_plain = true,
            .never = {"iso-2022-jp", "shift_jis"}};
}

Row M08() {
    return {.made = {{.name = "message.msg",
                      .make = outlook,
                      .found = {Finding::mail_outlook, Finding::html_script, Finding::csv_formula},
                      .gone = {"EXCHANGE", "onclick", "<script"},
                      .kept = {"words", "page", "t.csv"}}}};
}

Row M09() {
    return {
        .made = {{.name = "headers.eml",
                  .make = mail<"Received: from evil (evil [10.0.0.1])\r\nX-Mailer: spy\r\nBcc: secret@example.jp\r\n"
                               "subject: a\rInjected: b\r\nSubject: second\r\n\r\nwords">,
                  .found = {Finding::mail_header, Finding::mail_broken},
                  .gone = {"evil", "spy", "secret", "second"},
                  .kept = {"words"}}},
        .also_plain = true};
}

Row M10() {
    return {
        .made = {{.name = "appointment.ics",
                  .make =
                      written<"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:words\r\n"
                              "ATTACH:file:///c:/x.exe\r\nURL:http://evil/\r\nX-ALT-DESC;FMTTYPE=text/html:<script>\r\n"
                              "END:VEVENT\r\nEND:VCALENDAR\r\n">,
                  .found = {Finding::calendar_property},
                  .gone = {"x.exe", "evil", "<script"},
                  .kept = {"words"}},
                 {.name = "alarm.ics",
                  .make =
                      written<"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:words\r\n"
                              "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nTRIGGER:PT0S\r\nEND:VALARM\r\nEND:VEVENT\r\n"
                              "BEGIN:X-EVIL\r\nEND:X-EVIL\r\nEND:VCALENDAR\r\n">,
                  .found = {Finding::calendar_alarm, Finding::calendar_component},
                  .gone = {"PROCEDURE", "X-EVIL"},
                  .kept = {"words"}}},
        .also_plain = true};
}

} // namespace sekisho::rows
