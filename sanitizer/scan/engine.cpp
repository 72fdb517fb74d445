#include "sanitizer/scan/engine.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <system_error>

#include <clamav.h>
#include <sys/stat.h>

namespace sekisho::scan {

namespace {

std::unexpected<Error> scan_failed(std::string message, std::string where) {
    return fail("scan.failed", std::move(message), std::move(where));
}

// libclamav wants this once per process, before anything else.
bool initialised() {
    static const bool done = cl_init(CL_INIT_DEFAULT) == CL_SUCCESS;
    return done;
}

bool set_limits(cl_engine* engine, const Options& options) {
    const auto number = [engine](cl_engine_field field, std::uint64_t value) {
        return cl_engine_set_num(engine, field, static_cast<long long>(value)) == CL_SUCCESS;
    };
    constexpr std::uint64_t mib = 1ULL << 20;
    return number(CL_ENGINE_MAX_SCANSIZE, options.largest_scan) &&
           number(CL_ENGINE_MAX_FILESIZE, options.largest_file) && number(CL_ENGINE_MAX_RECURSION, options.recursion) &&
           number(CL_ENGINE_MAX_FILES, options.files) &&
           number(CL_ENGINE_MAX_SCANTIME, std::uint64_t{options.seconds} * 1000) &&
           number(CL_ENGINE_MAX_EMBEDDEDPE, 40 * mib) && number(CL_ENGINE_MAX_HTMLNORMALIZE, 40 * mib) &&
           number(CL_ENGINE_MAX_HTMLNOTAGS, 8 * mib) && number(CL_ENGINE_MAX_SCRIPTNORMALIZE, 20 * mib) &&
           number(CL_ENGINE_MAX_ZIPTYPERCG, mib) && number(CL_ENGINE_MAX_PARTITIONS, 50) &&
           number(CL_ENGINE_MAX_ICONSPE, 100) && number(CL_ENGINE_MAX_RECHWP3, 16) &&
           number(CL_ENGINE_PCRE_MAX_FILESIZE, 100 * mib) &&
           cl_engine_set_str(engine, CL_ENGINE_TMPDIR, options.temporary.c_str()) == CL_SUCCESS;
}

cl_scan_options scan_options() {
    cl_scan_options options{};
    options.general = CL_SCAN_GENERAL_HEURISTICS;
    // Pictures are encoded again behind this stage, so the dear fuzzy hash of pictures is left out.
    options.parse = CL_SCAN_PARSE_ARCHIVE | CL_SCAN_PARSE_ELF | CL_SCAN_PARSE_PDF | CL_SCAN_PARSE_SWF |
                    CL_SCAN_PARSE_HWP3 | CL_SCAN_PARSE_XMLDOCS | CL_SCAN_PARSE_MAIL | CL_SCAN_PARSE_OLE2 |
                    CL_SCAN_PARSE_HTML | CL_SCAN_PARSE_PE | CL_SCAN_PARSE_ONENOTE | CL_SCAN_PARSE_IMAGE;
    options.heuristic = CL_SCAN_HEURISTIC_EXCEEDS_MAX;
    return options;
}

worker::Scanned answer(Verdict verdict, Reason reason) {
    worker::Scanned scanned;
    scanned.verdict = verdict;
    scanned.reason = reason;
    return scanned;
}

worker::Scanned judged(cl_error_t code, const char* name) {
    if (code == CL_CLEAN) return answer(Verdict::delivered, Reason::none);
    if (code == CL_VIRUS) {
        const bool limit = name && std::string_view(name).starts_with("Heuristics.Limits.Exceeded");
        return answer(Verdict::refused, limit ? Reason::limit_scan : Reason::scan_infected);
    }
    if (code == CL_EMAXREC || code == CL_EMAXSIZE || code == CL_EMAXFILES || code == CL_ETIMEOUT)
        return answer(Verdict::refused, Reason::limit_scan);
    return answer(Verdict::failed, Reason::scan_failed);
}

} // namespace

Result<std::shared_ptr<const Engine>> Engine::load(const Options& options) {
    if (!initialised()) return scan_failed("libclamav cannot be initialised", options.directory);
    std::shared_ptr<Engine> engine(new Engine);
    engine->m_options = options;
    engine->m_engine = cl_engine_new();
    if (!engine->m_engine || !set_limits(engine->m_engine, options))
        return scan_failed("libclamav does not take its limits", options.directory);
    unsigned signatures = 0;
    const auto loaded =
        cl_load(options.directory.c_str(), engine->m_engine, &signatures, CL_DB_PHISHING | CL_DB_PHISHING_URLS);
    if (loaded != CL_SUCCESS) return scan_failed(cl_strerror(loaded), options.directory);
    if (signatures == 0) return scan_failed("the directory holds no virus signature", options.directory);
    if (cl_engine_compile(engine->m_engine) != CL_SUCCESS)
        return scan_failed("the signatures cannot be compiled", options.directory);
    engine->m_signatures = signatures;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(options.directory, ignored)) {
        struct stat status {};
        if (stat(entry.path().c_str(), &status) == 0)
            engine->m_version = std::max(engine->m_version, static_cast<std::uint64_t>(status.st_mtime));
    }
    return engine;
}

Engine::~Engine() {
    if (m_engine) cl_engine_free(m_engine);
}

worker::Scanned Engine::scan(const Descriptor& file) const {
    const auto size = file_size(file);
    if (!size) return answer(Verdict::failed, Reason::scan_failed);
    if (*size > m_options.largest_file) return answer(Verdict::refused, Reason::limit_scan);
    worker::Scanned result = answer(Verdict::delivered, Reason::none);
    if (*size > 0) {
        cl_scan_options options = scan_options();
        const char* name = nullptr;
        unsigned long scanned = 0;
        result = judged(cl_scandesc(file.get(), nullptr, &name, &scanned, m_engine, &options), name);
    }
    result.database_version = m_version;
    result.signatures = m_signatures;
    return result;
}

std::uint64_t fingerprint_of(const std::string& directory) {
    std::uint64_t mixed = 0;
    std::error_code broken;
    for (const auto& entry : std::filesystem::directory_iterator(directory, broken)) {
        struct stat status {};
        if (stat(entry.path().c_str(), &status) != 0) continue;
        const auto name = std::hash<std::string>{}(entry.path().filename().string());
        const auto time = static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000ULL +
                          static_cast<std::uint64_t>(status.st_mtim.tv_nsec);
        mixed ^= (name ^ time ^ (static_cast<std::uint64_t>(status.st_size) << 20)) * 0x9E3779B97F4A7C15ULL;
    }
    return broken ? 0 : mixed;
}

} // namespace sekisho::scan
