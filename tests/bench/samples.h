// The files that everything here is measured with, made anew each time and always the same.
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::bench {

// Japanese prose of about `bytes` bytes of UTF-8, in lines. Drawn at random: it packs like text, not like a repetition.
std::string prose(std::size_t bytes, unsigned seed);
// A photograph-like picture: gradients, shapes and grain.
Bytes jpeg(unsigned width, unsigned height, unsigned seed);
Bytes png(unsigned width, unsigned height);
// `text` bytes of prose in paragraphs, and pictures before them.
Bytes docx(std::size_t text, const std::vector<Bytes>& pictures, unsigned seed);
Bytes xlsx(unsigned rows);
Bytes pptx(unsigned paragraphs);
Bytes zip(const std::vector<std::pair<std::string, Bytes>>& members);
std::string csv(unsigned rows);
// Text in an embedded font; drawn by cairo.
Bytes pdf(unsigned pages, unsigned seed);

struct Named {
    std::string name;
    Type type;
    Bytes bytes;
};
// What the end-to-end run sends. Each variant differs in every byte that matters: nothing that was seen before helps.
std::vector<Named> sent_samples(unsigned variant);
// The small ones on which the parts are measured, one for every format.
std::vector<Named> part_samples();

} // namespace sekisho::bench
