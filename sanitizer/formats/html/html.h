#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::html {

Result<Type> rebuild(Job& job);
Result<Type> text(Job& job);

// Pictures that came along with the page: the content id to write for an address ("cid:...", or where a web page
// archive says it was fetched from), or empty.
using Resolve = std::function<std::string(std::string_view address)>;

// A whole page from clean UTF-8. Findings go to `context`.
Result<std::string> rebuild_page(std::string_view utf8, Context& context, const Resolve& resolve = {});
// The characters of a page.
Result<std::string> to_text(std::string_view utf8, Context& context);

// The charset that the first bytes of a page declare; empty if none.
std::string_view declared_charset(View first);

} // namespace sekisho::html
