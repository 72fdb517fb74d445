// The names that the tests' policies may use.
#pragma once

#include "policy/engine/vocabulary.h"

namespace sekisho::tests {

inline policy::Vocabulary vocabulary() {
    return {{{"pdf", "office"},
             {"docx", "office"},
             {"xlsx", "office"},
             {"pptx", "office"},
             {"jpeg", "picture"},
             {"png", "picture"},
             {"text", "text"},
             {"csv", "text"},
             {"zip", "archive"},
             {"7z", "archive"},
             {"executable", "executable"},
             {"script", "executable"}},
            {"pdf.javascript", "pdf.launch", "ooxml.macro", "ooxml.external-image"},
            {{"attachments", "drop", "keep"}, {"forms", "draw", "keep"}}};
}

} // namespace sekisho::tests
