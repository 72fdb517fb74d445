#include "sanitizer/scan/service.h"

#include <fmt/format.h>

namespace sekisho::scan {

Result<std::unique_ptr<Service>> Service::start(const Options& options, unsigned threads) {
    std::unique_ptr<Service> service(new Service(options));
    service->m_fingerprint = fingerprint_of(options.directory);
    service->m_engine = TRY(Engine::load(options));
    for (unsigned i = 0; i < threads; ++i)
        service->m_threads.emplace_back([raw = service.get()] { raw->scan_for_ever(); });
    service->m_threads.emplace_back([raw = service.get()] { raw->watch_for_ever(); });
    return service;
}

Service::~Service() {
    {
        const std::lock_guard guard(m_lock);
        m_stopping = true;
    }
    m_has_task.notify_all();
    m_stopped.notify_all();
    for (std::thread& thread : m_threads) thread.join();
}

void Service::submit(Descriptor file, Answered answered) {
    {
        const std::lock_guard guard(m_lock);
        m_tasks.push_back({std::move(file), std::move(answered)});
    }
    m_has_task.notify_one();
}

std::shared_ptr<const Engine> Service::engine() const {
    const std::lock_guard guard(m_lock);
    return m_engine;
}

void Service::scan_for_ever() {
    std::unique_lock guard(m_lock);
    for (;;) {
        m_has_task.wait(guard, [this] { return m_stopping || !m_tasks.empty(); });
        if (m_stopping) return;
        const Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        const std::shared_ptr<const Engine> engine = m_engine;
        guard.unlock();
        task.answered(engine->scan(task.file));
        guard.lock();
    }
}

bool Service::reload_if_changed() {
    const std::uint64_t now = fingerprint_of(m_options.directory);
    if (now == 0 || now == m_fingerprint) return false;
    m_fingerprint = now;
    auto loaded = Engine::load(m_options);
    if (!loaded) {
        fmt::print(stderr, "scanner keeps its signatures: {}\n", to_line(loaded.error()));
        return false;
    }
    const std::lock_guard guard(m_lock);
    m_engine = *loaded;
    return true;
}

void Service::watch_for_ever() {
    constexpr std::chrono::seconds pause{2};
    std::unique_lock guard(m_lock);
    while (!m_stopping) {
        if (m_stopped.wait_for(guard, pause, [this] { return m_stopping; })) return;
        guard.unlock();
        reload_if_changed();
        guard.lock();
    }
}

} // namespace sekisho::scan
