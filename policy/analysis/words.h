// Boxes, conditions and obligations as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/analysis/space.h"
#include "policy/analysis/text.h"
#include "policy/engine/engine.h"
#include "policy/engine/sample.h"

namespace sekisho::policy {

// "from internet to lgwan: type docx, size <= 50MB". Of a box that is everything: "every transfer".
Words words_of(const Space& space, const Box& box);

// A condition as the language writes it: "type in office and size <= 50MB". The same in both languages.
std::string condition_text(const Compiled& policy, std::uint32_t step, bool negated = false);

// The same in words.
Words condition_words(const Compiled& policy, std::uint32_t step, bool negated = false);

// What is remarkable about a file, in a few words: "type pdf, size 100KB".
Words words_of(const Sample& sample);

// Each thing that is required, as the language writes it, and in Japanese.
std::vector<Words> obligations_of(const Compiled& policy, const CompiledRule& rule);
std::vector<Words> obligations_of(const Decision& decision);

Words approval_words(unsigned count, std::string_view group, std::string_view zone);
Words level_words(Strictness level);
Words choice_words(std::string_view name, std::string_view word);
Words keep_words(unsigned days);
Words delay_words(unsigned minutes);
Words watermark_words(std::string_view text);

// "50MB", "1,234 bytes"
std::string size_text(std::uint64_t bytes);
std::string day_text(std::uint64_t day); // "2026-04-01"
std::string minute_text(std::uint64_t minute);
Words joined(const std::vector<Words>& parts, std::string_view english, std::string_view japanese);
std::string joined(const std::vector<std::string>& parts, std::string_view between);

} // namespace sekisho::policy
