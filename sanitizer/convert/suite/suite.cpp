#include "sanitizer/convert/suite/suite.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <future>
#include <string>

#include <com/sun/star/awt/XCallback.hpp>
#include <com/sun/star/awt/XRequestCallback.hpp>
#include <com/sun/star/beans/PropertyValue.hpp>
#include <com/sun/star/beans/XPropertySet.hpp>
#include <com/sun/star/frame/XComponentLoader.hpp>
#include <com/sun/star/frame/XStorable.hpp>
#include <com/sun/star/lang/XMultiComponentFactory.hpp>
#include <com/sun/star/lang/XMultiServiceFactory.hpp>
#include <com/sun/star/uno/XComponentContext.hpp>
#include <cppuhelper/implbase1.hxx>
#include <rtl/bootstrap.hxx>
#include <rtl/ref.hxx>

#include "sanitizer/convert/suite/charts.h"
#include "sanitizer/convert/suite/proxies.h"

namespace sekisho::convert {

namespace {

using namespace com::sun::star;
using rtl::OUString;

constexpr const char* program_folder = SEKISHO_SUITE_PROGRAM;
constexpr const char* suite_registry = "file://" SEKISHO_SUITE_PROGRAM "/../share/registry";
constexpr const char* main_library = SEKISHO_SUITE_PROGRAM "/libmergedlo.so";
// comphelper::getProcessServiceFactory(): the factory that LibreOfficeKit has made. No public call returns it. Its
// neighbour getProcessComponentContext() returns a value in release 7.4 and a reference in 25.2, under one name.
constexpr const char* factory_symbol = "_ZN10comphelper24getProcessServiceFactoryEv";

// comphelper::LibreOfficeKit::setActive(bool)
constexpr const char* mode_symbol = "_ZN10comphelper14LibreOfficeKit9setActiveEb";

using Preload = int (*)(const char* program, const char* profile_url); // lok_preinit
using Start = void* (*)(const char* program, const char* profile_url); // libreofficekit_hook_2
using Mode = void (*)(bool);
using Factory = uno::Reference<lang::XMultiServiceFactory> (*)();

// The same handle each time, and no work after the first.
template <typename Function> Function function(const char* name) {
    void* library = dlopen(main_library, RTLD_NOW | RTLD_GLOBAL);
    return library ? reinterpret_cast<Function>(dlsym(library, name)) : nullptr;
}

OUString text(const char* utf8) {
    return {utf8, static_cast<sal_Int32>(std::strlen(utf8)), RTL_TEXTENCODING_UTF8};
}

// The context of the whole process; empty before LibreOfficeKit has started.
uno::Reference<uno::XComponentContext> component_context() {
    const auto factory_of = function<Factory>(factory_symbol);
    const uno::Reference<beans::XPropertySet> factory(factory_of ? factory_of() : nullptr, uno::UNO_QUERY);
    if (!factory.is()) return {};
    return {factory->getPropertyValue(text("DefaultContext")), uno::UNO_QUERY};
}

template <typename Value> beans::PropertyValue named(const char* name, const Value& value) {
    beans::PropertyValue property;
    property.Name = text(name);
    property.Value <<= value;
    return property;
}

template <std::size_t size>
uno::Sequence<beans::PropertyValue> sequence(const std::array<beans::PropertyValue, size>& values, std::size_t count) {
    return {values.data(), static_cast<sal_Int32>(count)};
}

uno::Reference<lang::XComponent> load(const uno::Reference<uno::XComponentContext>& context, const SuiteTask& task) {
    // com.sun.star.document.MacroExecMode.NEVER_EXECUTE, UpdateDocMode.NO_UPDATE
    constexpr sal_Int16 never_execute = 0, no_update = 0;
    const std::array values{named("FilterName", text(task.load_filter)),
                            named("Hidden", true),
                            named("Silent", true),
                            named("MacroExecutionMode", never_execute),
                            named("UpdateDocMode", no_update),
                            named("Password", text(task.password ? task.password : ""))};
    const uno::Reference<frame::XComponentLoader> desktop(
        context->getServiceManager()->createInstanceWithContext(text("com.sun.star.frame.Desktop"), context),
        uno::UNO_QUERY_THROW);
    return desktop->loadComponentFromURL(text(task.from_url), text("_blank"), 0,
                                         sequence(values, task.password ? values.size() : values.size() - 1));
}

void save(const uno::Reference<lang::XComponent>& document, const SuiteTask& task) {
    const std::array values{named("FilterName", text(task.save_filter)), named("Overwrite", true)};
    const uno::Reference<frame::XStorable> storable(document, uno::UNO_QUERY_THROW);
    storable->storeToURL(text(task.to_url), sequence(values, values.size()));
}

// In LibreOfficeKit's own mode Calc takes Excel's built-in formats of dates for those of another country. Writer stays
// in that mode, in which it was tried.
void choose_mode(const SuiteTask& task) {
    if (const auto set_mode = function<Mode>(mode_symbol); set_mode && task.is_table) set_mode(false);
}

SuiteResult convert(const uno::Reference<uno::XComponentContext>& context, const SuiteTask& task) {
    choose_mode(task);
    uno::Reference<lang::XComponent> document;
    try {
        document = load(context, task);
    } catch (...) {
    }
    if (!document.is()) return suite_cannot_load;
    try {
        ungroup_charts(document);
        save(document, task);
    } catch (...) {
        return suite_cannot_save;
    }
    return suite_done;
}

// The work for the suite's main loop. Elsewhere it would go on beside that loop, which draws and lays out what it finds
// half loaded and ends the process over it (a document with comments).
class Work final : public cppu::WeakImplHelper1<awt::XCallback> {
public:
    Work(const uno::Reference<uno::XComponentContext>& context, const SuiteTask& task)
        : m_context(context), m_task(task) {}

    // Does not return: the process ends after one document, and the loop has no more to do before.
    void SAL_CALL notify(const uno::Any&) override {
        m_result.set_value(result());
        std::promise<void>().get_future().wait();
    }
    SuiteResult wait() { return m_result.get_future().get(); }

private:
    SuiteResult result() noexcept {
        try {
            return convert(m_context, m_task);
        } catch (...) {
            return suite_cannot_start;
        }
    }

    uno::Reference<uno::XComponentContext> m_context;
    const SuiteTask& m_task;
    std::promise<SuiteResult> m_result;
};

SuiteResult convert_in_main_loop(const SuiteTask& task) {
    const auto context = component_context();
    if (!context.is()) return suite_cannot_start;
    const uno::Reference<awt::XRequestCallback> loop(
        context->getServiceManager()->createInstanceWithContext(text("com.sun.star.awt.AsyncCallback"), context),
        uno::UNO_QUERY_THROW);
    const rtl::Reference<Work> work(new Work(context, task));
    loop->addCallback(uno::Reference<awt::XCallback>(work.get()), {});
    return work->wait();
}

// A worker maps no code: whatever it may need is there before. Libraries of other languages and user interfaces are
// not.
bool is_needed(const std::string& name) {
    constexpr std::array foreign{"java",       "jvm",   "jdbc",     "python", "pyuno",  "vclplug",
                                 "officebean", "mysql", "firebird", "ucpdav", "ucpftp", "ldap"};
    return name.ends_with(".so") &&
           std::ranges::none_of(foreign, [&](const char* part) { return name.find(part) != name.npos; });
}

void load_libraries() {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(program_folder, error))
        if (is_needed(entry.path().filename())) dlopen(entry.path().c_str(), RTLD_LAZY | RTLD_LOCAL);
}

// The cipher library, whose digests a PDF needs, loads its parts when it is first used, by the folder that it lies in.
// It must not be started here: it refuses to work in a process that was forked after that.
void load_ciphers() {
    void* known = dlsym(RTLD_DEFAULT, "NSS_NoDB_Init");
    Dl_info place{};
    if (!known || dladdr(known, &place) == 0) return;
    const std::filesystem::path folder = std::filesystem::path(place.dli_fname).parent_path();
    for (const char* name : {"libsoftokn3.so", "libfreeblpriv3.so"}) dlopen((folder / name).c_str(), RTLD_LAZY);
}

// The suite's own settings, then ours. No layer of the user's, which a thread keeps on disk as long as the process
// lives from release 24.8 on, and none of extensions.
void choose_settings(const char* profile_url) {
    OUString layers;
    for (const auto& folder : {text(suite_registry), text(profile_url) + text("/registry")})
        layers += text(" xcsxcu:") + folder;
    rtl::Bootstrap::set(text("CONFIGURATION_LAYERS"), layers.trim() + text(" res:") + text(suite_registry));
}

} // namespace

int sekisho_suite_preload(const char* profile_url) {
    const auto preload = function<Preload>("lok_preinit");
    if (!preload || !function<Start>("libreofficekit_hook_2") || !function<Factory>(factory_symbol) ||
        !function<Mode>(mode_symbol))
        return suite_cannot_start;
    choose_settings(profile_url);
    if (preload(program_folder, profile_url) != 0) return suite_cannot_start;
    try {
        load_libraries();
        load_ciphers();
        make_all_proxies(component_context());
    } catch (...) {
        return suite_cannot_start;
    }
    return suite_done;
}

int sekisho_suite_start(const char* profile_url) {
    const auto start = function<Start>("libreofficekit_hook_2");
    return start && start(program_folder, profile_url) ? suite_done : suite_cannot_start;
}

int sekisho_suite_convert(const SuiteTask* task) {
    try {
        return convert_in_main_loop(*task);
    } catch (...) {
        return suite_cannot_start;
    }
}

} // namespace sekisho::convert
