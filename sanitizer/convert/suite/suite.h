// The border of the module that links the office suite: plain C, so that nothing of the suite's is needed to build or
// start the program that loads it. In the order of the calls.
#pragma once

namespace sekisho::convert {

extern "C" {

enum SuiteResult : int { suite_done, suite_cannot_start, suite_cannot_load, suite_cannot_save };

struct SuiteTask {
    const char* from_url; // file:
    const char* load_filter;
    const char* password; // UTF-8; nullptr: none
    const char* to_url;
    const char* save_filter;
    bool is_table; // Calc does it
};

// Once in the zygote: loads everything that can be shared. The profile (a file: URL) is read and not needed afterwards.
int sekisho_suite_preload(const char* profile_url);
// Once in each worker, which may have threads from here on, with its own profile.
int sekisho_suite_start(const char* profile_url);
int sekisho_suite_convert(const SuiteTask* task);
}

} // namespace sekisho::convert
