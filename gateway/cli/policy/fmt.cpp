// sekisho policy fmt: policies in the one common form.
//
// --json: one object per file and line: {"file":...,"changed":true}; or the
// problems of a file that cannot be read, as `policy check` has them.
#include <array>
#include <filesystem>
#include <sys/stat.h>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/language/format.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--check", "", "change nothing; exit 10 if a file is not in the common form",
              "書き換えない。書式が違うファイルがあれば終了コード10"},
    OptionRow{"--stdout", "", "write to standard output; the file stays as it is",
              "標準出力に書く（ファイルはそのまま）"},
    OptionRow{"--json", "", "one JSON object per file", "ファイルごとに1行のJSONで出力"},
};

// The mode that the file has, so that only its text changes.
Result<> replace(const std::string& path, const std::string& text) {
    struct stat status {};
    constexpr unsigned permissions = 07777;
    constexpr unsigned usual = 0644;
    const unsigned mode = stat(path.c_str(), &status) == 0 ? status.st_mode & permissions : usual;
    // Through a link, so that the link stays one.
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(path, error);
    return write_file_durably(error ? path : real.string(), as_view(text), mode);
}

void say(const Arguments& arguments, const std::string& path, bool changed) {
    if (arguments.flag("--json")) {
        JsonWriter json;
        json.begin_object().member("file", path).member("changed", changed).end_object();
        fmt::print("{}\n", json.take());
        return;
    }
    if (!changed) return;
    const std::string_view words = arguments.flag("--check") ? either("not in the common form", "書式が違います")
                                                             : either("formatted", "書式を整えました");
    fmt::print(stderr, "{}: {}\n", path, words);
}

void show_problems(const Arguments& arguments, const std::string& path, const std::string& text,
                   const std::vector<policy::Diagnostic>& problems) {
    const policy::Sources shown{{path, text}};
    if (!arguments.flag("--json")) {
        fmt::print(stderr, "{}", policy::render(problems, shown, language()));
        fmt::print(stderr,
                   fmt::runtime(either("{}: left as it is; correct the problems first\n",
                                       "{}: そのままにしました。先に問題を直してください\n")),
                   path);
        return;
    }
    JsonWriter json;
    json.begin_object().member("file", path).member("changed", false).key("problems").begin_array();
    for (const policy::Diagnostic& problem : problems) write_problem(json, problem, shown);
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

// Exit code of one file.
Result<int> format_one(const Arguments& arguments, const std::string& path) {
    const std::string text = TRY(read_source(path));
    const auto formatted = policy::format(policy::Source(path, text));
    if (!formatted) {
        show_problems(arguments, path, text, formatted.error());
        return ExitCode::invalid;
    }
    const bool changed = *formatted != text;
    const bool keeps = arguments.flag("--check");
    const bool prints = !keeps && (arguments.flag("--stdout") || path == "-");
    if (prints) {
        fmt::print("{}", *formatted);
        return ExitCode::done;
    }
    if (changed && !keeps) TRY(replace(path, *formatted));
    say(arguments, path, changed);
    return changed && keeps ? ExitCode::answer_is_no : ExitCode::done;
}

Result<int> format_all(const Arguments& arguments) {
    if (arguments.operands().empty())
        return usage_error({"no file is named", "ファイルが指定されていません"},
                           {"Write: sekisho policy fmt FILE", "例: sekisho policy fmt policy.sekisho"});
    int worst = ExitCode::done;
    for (const std::string& path : arguments.operands()) {
        const int code = TRY(format_one(arguments, path));
        // A file that cannot be read weighs more than one that is merely written
        // otherwise.
        if (worst != ExitCode::invalid && code != ExitCode::done) worst = code;
    }
    return worst;
}

} // namespace

constinit const Shape policy_fmt_shape{"FILE...", options};

int policy_fmt(const Arguments& arguments) {
    return finish([&] { return format_all(arguments); });
}

} // namespace sekisho::cli
