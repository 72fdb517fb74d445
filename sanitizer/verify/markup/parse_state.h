// What the callbacks of a libxml2 parser share: the first error ends the parse, and no exception gets into its C
// frames.
#pragma once

#include <exception>
#include <new>
#include <optional>
#include <type_traits>

#include <libxml/parser.h>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

struct ParseState {
    xmlParserCtxtPtr parser = nullptr;
    std::optional<Error> error;

    void stop(Reason reason) { stop(refuse(reason).error()); }
    void stop(Error why) {
        if (!error) error = std::move(why);
        xmlStopParser(parser);
    }

    // `call` returns nothing and stops by itself, or Result<>. Not called after an error.
    template <typename Call> void guard(Call call) noexcept {
        if (error) return;
        try {
            if constexpr (std::is_void_v<decltype(call())>) {
                call();
            } else if (Result<> done = call(); !done) {
                stop(std::move(done).error());
            }
        } catch (const std::bad_alloc&) {
            stop(Reason::limit_memory);
        } catch (const std::exception&) {
            stop(Reason::internal);
        }
    }
};

} // namespace sekisho::verify
