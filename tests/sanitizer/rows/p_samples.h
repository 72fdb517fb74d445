// PDF documents with one vector, by the place where it stands.
#pragma once

#include "tests/sanitizer/rows/words.h"
#include "tests/sanitizer/samples/pdf.h"

namespace sekisho::rows {

template <Words entries> Bytes catalog() {
    tests::PdfSample sample;
    sample.catalog = entries.text;
    return sample.bytes();
}

template <Words entries> Bytes page() {
    tests::PdfSample sample;
    sample.page = entries.text;
    return sample.bytes();
}

template <Words entries> Bytes annotation() {
    tests::PdfSample sample;
    sample.page = std::string("/Annots[<</Type/Annot/Rect[10 10 90 30]") + entries.text + ">>]";
    return sample.bytes();
}

template <Words action> Bytes link() {
    tests::PdfSample sample;
    sample.page = std::string("/Annots[<</Type/Annot/Rect[10 10 90 30]/Subtype/Link/A<<") + action.text + ">>>>]";
    return sample.bytes();
}

// A form field that has a look; entries of the field, and of the form.
template <Words field_entries, Words form_entries = ""> Bytes field() {
    tests::PdfSample sample;
    const int look = sample.add_stream("/Type/XObject/Subtype/Form/BBox[0 0 80 20]", "0 0 1 rg 0 0 80 20 re f");
    const int widget = sample.add(std::string("<</Type/Annot/Subtype/Widget/Rect[10 10 90 30]/T(field)") +
                                  field_entries.text + "/AP<</N " + std::to_string(look) + " 0 R>>>>");
    sample.page = "/Annots[" + std::to_string(widget) + " 0 R]";
    sample.catalog = "/AcroForm<</Fields[" + std::to_string(widget) + " 0 R]" + form_entries.text + ">>";
    return sample.bytes();
}

// An object that the page draws.
template <Words keys, Words data = ""> Bytes drawn() {
    tests::PdfSample sample;
    sample.resources = "/XObject<</X " + std::to_string(sample.add_stream(keys.text, data.text)) + " 0 R>>";
    sample.content += " /X Do";
    return sample.bytes();
}

} // namespace sekisho::rows
