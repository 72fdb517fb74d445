// `bench_bare_scan SIGNATURES DIRECTORY VARIANTS NAME...`: libclamav alone, with the options of sanitizer/scan.
#include <chrono>
#include <clamav.h>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

namespace {

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// The same sample of every variant, so that no round meets content that it has seen.
void measure(const std::string& directory, const std::string& name, int variants, cl_engine* engine) {
    cl_scan_options options{};
    options.general = CL_SCAN_GENERAL_HEURISTICS;
    options.parse = CL_SCAN_PARSE_ARCHIVE | CL_SCAN_PARSE_ELF | CL_SCAN_PARSE_PDF | CL_SCAN_PARSE_SWF |
                    CL_SCAN_PARSE_HWP3 | CL_SCAN_PARSE_XMLDOCS | CL_SCAN_PARSE_MAIL | CL_SCAN_PARSE_OLE2 |
                    CL_SCAN_PARSE_HTML | CL_SCAN_PARSE_PE | CL_SCAN_PARSE_ONENOTE | CL_SCAN_PARSE_IMAGE;
    const double before = processor_seconds();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < variants; ++i) {
        const std::string path = directory + "/" + std::to_string(i) + "/" + name;
        const char* virus = nullptr;
        unsigned long scanned = 0;
        if (cl_scanfile(path.c_str(), &virus, &scanned, engine, &options) != CL_CLEAN)
            std::printf("not clean: %s\n", path.c_str());
    }
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
    std::printf("%-18s %10.2f %10.2f  scan\n", name.c_str(), passed.count() / variants,
                (processor_seconds() - before) * 1000 / variants);
}

} // namespace

int main(int count, char** words) {
    if (count < 5 || cl_init(CL_INIT_DEFAULT) != CL_SUCCESS) return 2;
    cl_engine* engine = cl_engine_new();
    unsigned signatures = 0;
    if (cl_load(words[1], engine, &signatures, CL_DB_STDOPT) != CL_SUCCESS) return 1;
    if (cl_engine_compile(engine) != CL_SUCCESS) return 1;
    std::printf("%-18s %10s %10s  (%u signatures)\n", "libclamav alone", "wall ms", "CPU ms", signatures);
    for (int i = 4; i < count; ++i) measure(words[2], words[i], std::atoi(words[3]), engine);
    cl_engine_free(engine);
    return 0;
}
