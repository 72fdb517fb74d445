#include "sanitizer/formats/archive/note.h"

#include <fmt/format.h>

namespace sekisho::archive {

std::string refusal_note(std::string_view name, const Error& error) {
    const ReasonRow& row = row_of(reason_of(error));
    return fmt::format("\xef\xbb\xbf"
                       "このファイルは通過できないため、この説明文に置き換えました。\r\n"
                       "ファイル名: {0}\r\n"
                       "理由: {1}（{5}）\r\n"
                       "次にすること: {2}\r\n"
                       "\r\n"
                       "This file may not pass and was replaced by this note.\r\n"
                       "Name: {0}\r\n"
                       "Reason: {3} ({5})\r\n"
                       "What to do: {4}\r\n",
                       name, row.japanese, row.help_japanese, row.english, row.help_english, row.code);
}

} // namespace sekisho::archive
