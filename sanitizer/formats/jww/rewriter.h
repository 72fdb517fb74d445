// A drawing read and written at the same time, object by object.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad/nesting.h"
#include "sanitizer/formats/cad/words.h"
#include "sanitizer/formats/jww/archive.h"

namespace sekisho::jww {

class Rewriter {
public:
    // `words`: gets what the drawing says.
    Rewriter(View file, Context& context, cad::Words* words = nullptr)
        : m_in(file), m_context(context), m_words(words) {}
    // The drawing as it is delivered. Refuses Reason::cad_damaged, cad_version, cad_nesting.
    Result<Bytes> run();

private:
    struct Base { // CData
        std::uint8_t style = 0;
        std::uint16_t color = 0;
    };

    // rewriter.cpp
    Result<> header();
    Result<> list(std::uint32_t block);
    Result<> blocks();
    Result<> block();
    Result<> after_blocks();

    // entities.cpp: each class reads and writes its fields.
    Result<bool> entity(std::string_view name, std::uint32_t block); // false: it is left out
    Result<Base> base();
    Result<> line();
    Result<> point();
    Result<> words(bool& loads);
    Result<> dimension();
    Result<> solid();
    Result<> insert(std::uint32_t block);

    Result<std::uint32_t> number();
    Result<> reals(int count);
    Result<Text> text(bool lines = false);
    void put(const Text& text) { m_out.text(text); }

    ArchiveReader m_in;
    Context& m_context;
    cad::Words* m_words;
    ArchiveWriter m_out;
    std::uint32_t m_version = 0;
    std::uint32_t m_objects = 0;
    cad::Nesting m_nesting;
    bool m_cleaned = false;
};

} // namespace sekisho::jww
