// Office documents in other forms: ISO Strict, one XML file, encrypted.
#include "tests/sanitizer/formats/office_encryption/encrypt.h"
#include "tests/sanitizer/rows/o_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

PackageSample with_dde_field() {
    return PackageSample::word(field_of(says("DDEAUTO evil")));
}

Bytes flat_document() {
    PackageSample sample = PackageSample::word(
        field_of(says("DDEAUTO evil")) +
            R"(<w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r></w:p>)",
        {{"rId1", "image", "media/image1.png"}, {"rId2", microsoft + "vbaProject", "v.bin"}});
    sample.part("word/media/image1.png", picture());
    sample.part("word/v.bin", std::string("\0evil macro", 11), "application/vnd.ms-office.vbaProject");
    return to_bytes(sample.flat());
}

Bytes flat_twins() {
    std::string file = with_dde_field().flat();
    file.insert(file.rfind("</pkg:package"), "<pkg:part pkg:name=\"/word/document.xml\" pkg:contentType=\"x\">"
                                             "<pkg:xmlData><second/></pkg:xmlData></pkg:part>");
    return to_bytes(file);
}

Bytes encrypted(View package, std::u16string password) {
    tests::Agile how;
    how.password = std::move(password);
    return tests::encrypt(package, how);
}

Bytes locked() {
    return encrypted(with_dde_field().bytes(), u"secret");
}

Bytes changed_after_encryption() {
    tests::Agile how;
    how.break_proof = true;
    return tests::encrypt(with_dde_field().bytes(), how);
}

Bytes encrypted_in_an_unknown_way() {
    tests::Agile how;
    how.change_info = [](std::string& info) { info.replace(info.find("\"AES\""), 5, "\"DES\""); };
    return tests::encrypt(with_dde_field().bytes(), how);
}

} // namespace

Row O32() {
    return {.made = {{.name = "strict.docx",
                      .make = [] { return with_dde_field().strict(); },
                      .found = {Finding::ooxml_strict, Finding::ooxml_dde_field},
                      .gone = {"purl.oclc.org", "DDEAUTO"},
                      .kept = {"words"}},
                     {.name = "strict.xlsx",
                      .make =
                          [] {
                              return PackageSample::sheet(
                                         "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>WEBSERVICE(\"http://evil\")"
                                         "</f><v>words</v></c></row></sheetData>")
                                  .strict();
                          },
                      .found = {Finding::ooxml_strict, Finding::ooxml_active_formula},
                      .gone = {"purl.oclc.org", "WEBSERVICE"},
                      .kept = {"words"}}},
            .never = {"purl.oclc.org"}};
}

Row O33() {
    return {.made = {{.name = "flat.xml",
                      .make = flat_document,
                      .found = {Finding::ooxml_flat_opc, Finding::ooxml_dde_field, Finding::ooxml_macro},
                      .becomes = Type::docx,
                      .gone = {"xmlPackage", "DDEAUTO", "evil macro", "vbaProject"},
                      .kept = {"words", "member word/media/"}},
                     {.name = "twin-parts.xml",
                      .make = flat_twins,
                      .found = {Finding::ooxml_flat_opc, Finding::ooxml_package_quirk},
                      .becomes = Type::docx,
                      .gone = {"<second", "DDEAUTO"},
                      .kept = {"words"}}},
            .never = {"xmlPackage", "vbaProject", "DDEAUTO"}};
}

Row O35() {
    return {
        .made = {{.name = "default-password.xlsx",
                  .make = [] { return encrypted(formula_cell<"WEBSERVICE(\"http://evil\")">(), u"VelvetSweatshop"); },
                  .found = {Finding::ooxml_default_password, Finding::ooxml_active_formula},
                  .becomes = Type::xlsx,
                  .never = {"WEBSERVICE", "EncryptedPackage"},
                  .kept = {"words"}},
                 {.name = "default-password.pptx",
                  .make =
                      [] {
                          return encrypted(
                              slide_shape(R"(<a:hlinkClick r:id="" action="ppaction://macro?name=evil"/>)"),
                              u"/01Hannes Ruescher/01");
                      },
                  .found = {Finding::ooxml_default_password},
                  .becomes = Type::pptx,
                  .never = {"ppaction://macro", "EncryptedPackage"},
                  .kept = {"words"}}},
        .never = {"vbaProject"}};
}

Row O36() {
    return {
        .made = {
            {.name = "locked.docx", .make = locked, .refused = Reason::input_encrypted},
            {.name = "wrong-password.docx", .make = locked, .refused = Reason::office_password, .passwords = {"wrong"}},
            {.name = "opened.docx",
             .make = locked,
             .found = {Finding::ooxml_encrypted, Finding::ooxml_dde_field},
             .becomes = Type::docx,
             .never = {"DDEAUTO", "EncryptedPackage"},
             .kept = {"words"},
             .passwords = {"wrong", "secret"}},
            {.name = "changed.docx",
             .make = changed_after_encryption,
             .refused = Reason::office_tampered,
             .passwords = {"secret"}},
            {.name = "unknown-encryption.docx",
             .make = encrypted_in_an_unknown_way,
             .refused = Reason::office_encryption,
             .passwords = {"secret"}}}};
}

} // namespace sekisho::rows
