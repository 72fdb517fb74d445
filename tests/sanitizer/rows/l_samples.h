// Office documents before Office Open XML with one vector.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/rows/words.h"

namespace sekisho::rows {

using tests::OleNode;
using tests::storage;
using tests::stream;

// A record of Excel 97 ([MS-XLS] 2.1.4).
Bytes excel_record(std::uint16_t type, View content);
// A string with its count of characters in two bytes, each in one.
std::string excel_string(std::string_view text);

struct Book {
    std::vector<Bytes> globals = {}; // records of the workbook
    std::vector<Bytes> cells = {};   // records of its sheet, besides A1 with "words"
    std::vector<Bytes> macros = {};  // of an Excel 4 macro sheet; none without them
    bool old = false;                // Excel 5

    Bytes bytes() const; // the stream "Workbook"
};

Bytes excel_file(const Book& book, const std::vector<OleNode>& more = {});

// Documents with "words", saved by LibreOffice once, and taken apart into the streams that make them.
std::vector<OleNode> word_nodes();
std::vector<OleNode> powerpoint_nodes();
Bytes word_file(const std::vector<OleNode>& more);
// A Word document whose link became a field of another kind.
Bytes word_field_file(std::string_view instruction, char kind);
// A presentation whose stream ends with one more record.
Bytes powerpoint_file(View record);

} // namespace sekisho::rows
