// The suite's bridge between languages writes code at run time: a table of functions for each interface that an object
// of another language is seen through for the first time. Workers may not make code, so all tables are made before.
#pragma once

#include <com/sun/star/uno/XComponentContext.hpp>

namespace sekisho::convert {

// For every interface that the suite knows. Throws what UNO throws.
void make_all_proxies(const com::sun::star::uno::Reference<com::sun::star::uno::XComponentContext>& context);

} // namespace sekisho::convert
