// Office packages with one vector.
#pragma once

#include <string>

#include "tests/sanitizer/formats/image/samples.h"
#include "tests/sanitizer/rows/words.h"
#include "tests/sanitizer/samples/package.h"

namespace sekisho::rows {

using tests::PackageSample;

inline const std::string office_base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
inline const std::string word_names =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"" + office_base + "\">";
inline const std::string sheet_names =
    " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"" + office_base + "\"";
inline const std::string word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
inline const std::string sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
inline const std::string word_text = "<w:p><w:r><w:t>words</w:t></w:r></w:p>";
inline const std::string microsoft = "http://schemas.microsoft.com/office/2006/relationships/";

inline std::string picture() {
    return std::string(as_text(tests::make_png({})));
}

inline std::string run(const std::string& content) {
    return "<w:r>" + content + "</w:r>";
}

inline std::string says(const std::string& text) {
    return run("<w:instrText xml:space=\"preserve\">" + text + "</w:instrText>");
}

// A field with an instruction and a shown result.
inline std::string field_of(const std::string& instruction) {
    return "<w:p>" + run(R"(<w:fldChar w:fldCharType="begin"/>)") + instruction +
           run(R"(<w:fldChar w:fldCharType="separate"/>)") + run("<w:t>words</w:t>") +
           run(R"(<w:fldChar w:fldCharType="end"/>)") + "</w:p>";
}

template <Words instruction> Bytes word_field() {
    return PackageSample::word(field_of(says(instruction.text))).bytes();
}

template <Words formula> Bytes formula_cell() {
    return PackageSample::sheet(std::string("<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>") + formula.text +
                                "</f><v>words</v></c></row></sheetData>")
        .bytes();
}

// A document whose body refers to one part or one place outside.
Bytes word_with(const std::string& body, const tests::Link& link, const std::string& content = "evil content");
// A part of a kind that the package itself refers to.
Bytes word_with_root(const std::string& type, const std::string& name, const std::string& content = "<evil/>");
Bytes slide_shape(const std::string& click, const std::vector<tests::Link>& links = {});

// A workbook of one sheet that refers to one more part of the workbook.
PackageSample book_with(const std::string& extra, const tests::Link& link);

} // namespace sekisho::rows
