#include "sanitizer/convert/suite/proxies.h"

#include <com/sun/star/reflection/XTypeDescriptionEnumerationAccess.hpp>
#include <cppu/unotype.hxx>
#include <typelib/typedescription.hxx>
#include <uno/dispatcher.h>
#include <uno/lbnames.h>
#include <uno/mapping.hxx>

namespace sekisho::convert {

namespace {

using namespace com::sun::star;
using rtl::OUString;

constexpr const char* type_manager = "/singletons/com.sun.star.reflection.theTypeDescriptionManager";

// The same object as another interface: the bridge makes the table before it asks the object, which nobody does here.
void make_proxy(const uno::Mapping& to_cpp, uno_Interface* object, const OUString& interface) {
    const uno::TypeDescription description(interface);
    if (!description.is()) return;
    description.makeComplete();
    uno::XInterface* proxy = nullptr;
    to_cpp.mapInterface(reinterpret_cast<void**>(&proxy), object,
                        reinterpret_cast<typelib_InterfaceTypeDescription*>(description.get()));
    if (proxy) proxy->release();
}

uno::Reference<reflection::XTypeDescriptionEnumeration>
all_interfaces(const uno::Reference<uno::XComponentContext>& context) {
    const uno::Reference<reflection::XTypeDescriptionEnumerationAccess> types(
        context->getValueByName(OUString::createFromAscii(type_manager)), uno::UNO_QUERY_THROW);
    const uno::TypeClass wanted = uno::TypeClass_INTERFACE;
    return types->createTypeDescriptionEnumeration(OUString(), {&wanted, 1},
                                                   reflection::TypeDescriptionSearchDepth_INFINITE);
}

} // namespace

void make_all_proxies(const uno::Reference<uno::XComponentContext>& context) {
    const OUString cpp = OUString::createFromAscii(CPPU_CURRENT_LANGUAGE_BINDING_NAME);
    const OUString neutral = OUString::createFromAscii(UNO_LB_UNO);
    const uno::Mapping to_neutral(cpp, neutral), to_cpp(neutral, cpp);
    if (!to_neutral.is() || !to_cpp.is()) throw uno::RuntimeException();
    const uno::Reference<uno::XInterface> any(context, uno::UNO_QUERY_THROW);
    uno_Interface* object = nullptr;
    to_neutral.mapInterface(reinterpret_cast<void**>(&object), any.get(), cppu::UnoType<uno::XInterface>::get());
    if (!object) throw uno::RuntimeException();
    for (const auto interfaces = all_interfaces(context); interfaces->hasMoreElements();)
        make_proxy(to_cpp, object, interfaces->nextTypeDescription()->getName());
    object->release(object);
}

} // namespace sekisho::convert
