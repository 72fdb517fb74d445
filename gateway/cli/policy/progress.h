// Tells a person who waits for more than a second what is being done. Only words, only on standard error.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace sekisho::cli {

class Progress {
public:
    explicit Progress(std::string words);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

private:
    void watch();

    std::string m_words;
    bool m_terminal;
    std::mutex m_mutex;
    std::condition_variable m_woken;
    bool m_done = false; // guarded by m_mutex
    std::thread m_thread;
};

} // namespace sekisho::cli
