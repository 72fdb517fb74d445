#include "gateway/cli/policy/progress.h"

#include <chrono>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho::cli {

namespace {

constexpr std::chrono::seconds patience{1};

} // namespace

Progress::Progress(std::string words)
    : m_words(std::move(words)), m_terminal(isatty(STDERR_FILENO) != 0), m_thread([this] { watch(); }) {}

Progress::~Progress() {
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
    }
    m_woken.notify_all();
    m_thread.join();
}

// On a terminal one line that counts the seconds and goes away at the end; elsewhere one line.
void Progress::watch() {
    std::unique_lock lock(m_mutex);
    unsigned seconds = 0;
    while (!m_woken.wait_for(lock, patience, [this] { return m_done; })) {
        ++seconds;
        if (m_terminal)
            fmt::print(stderr, "\r{} {} s", m_words, seconds);
        else if (seconds == 1)
            fmt::print(stderr, "{}\n", m_words);
    }
    if (m_terminal && seconds > 0) fmt::print(stderr, "\r\033[K");
}

} // namespace sekisho::cli
