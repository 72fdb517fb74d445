#!/usr/bin/env python3
"""Switches off one rule of a format after the other and tells which no test notices. See README.md beside this file."""
import argparse, filecmp, os, random, re, shutil, subprocess, sys, time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(TREE, "build", "mutation", "tree")
BUILD = os.path.join(TREE, "build", "mutation", "build")
CHOICE, REACHED = "SEKISHO_MUTANT", "SEKISHO_REACHED"  # known to the copy only

# Room -> the tests that look at it first. What they let pass is shown to the tests that see every format.
TESTS = {
    "archive": ["test_archive", "test_archive_foreign"], "archive_encryption": ["test_archive_foreign"],
    "archive_foreign": ["test_archive_foreign"],
    "binhex": ["test_format_binhex", "test_mail_packings"],
    "cad": ["test_format_dxf", "test_format_sxf", "test_format_jww"], "cad_pages": ["test_format_cad_pages"],
    "cad_sheet": ["test_format_cad_pages"], "calendar": ["test_format_calendar"], "codes": ["test_format_codes"],
    "compound_file": ["test_format_compound_file", "test_format_legacy"],
    "document_date": ["test_format_document_date"], "dxf": ["test_format_dxf"], "dxf_draw": ["test_format_cad_pages"],
    "flat_opc": ["test_format_flat_opc"], "html": ["test_format_html"], "ichitaro": ["test_format_ichitaro"],
    "image": ["test_format_image"], "json": ["test_format_json"], "jww": ["test_format_jww"],
    "jww_draw": ["test_format_cad_pages"], "layout": ["test_format_layout"],
    "legacy": ["test_format_legacy"], "mail": ["test_format_mail", "test_mail_packings"],
    "markdown": ["test_format_markdown"], "metafile": ["test_format_metafile"], "odf": ["test_format_odf"],
    "office_encryption": ["test_format_office_encryption"], "ooxml": ["test_format_ooxml", "test_ooxml_integrity"],
    "pages": ["test_format_pages"], "pdf": ["test_format_pdf"], "pdf_draw": ["test_pdf_draw"], "raster": ["test_format_raster"],
    "rtf_text": ["test_format_rtf_text"], "svg": ["test_format_svg"], "sxf": ["test_format_sxf"],
    "sxf_draw": ["test_format_cad_pages"],
    "text": ["test_format_text"], "xml": ["test_format_xml"],
    "zip_container": ["test_zip_container", "test_archive", "test_archive_foreign"],
}
EVERY_FORMAT = ["test_formats", "test_format_layout", "test_format_pages", "test_rows"]

# What every source file of the copy begins with. The map of reached rules is a file that the test's process shares, made
# when the process starts: later it may be confined.
PREAMBLE = """#pragma once
#ifdef __cplusplus
#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
inline const int chosen_mutant = [] { const char* const text = std::getenv("%s"); return text ? std::atoi(text) : 0; }();
inline unsigned char* const reached_mutants = [] {
    const char* const path = std::getenv("%s");
    const int file = path ? open(path, O_RDWR) : -1;
    void* const map = file < 0 ? MAP_FAILED : mmap(nullptr, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    return map == MAP_FAILED ? nullptr : static_cast<unsigned char*>(map);
}();
inline bool is_mutant(int number) {
    if (reached_mutants) reached_mutants[number] = 1;
    return chosen_mutant == number;
}
#endif
""" % (CHOICE, REACHED)


class Mutant:
    def __init__(self, room, path, kind, text, start, end):
        self.room, self.path, self.kind = room, path, kind
        self.text, self.start, self.end = text, start, end
        self.number = 0

    def rule(self):
        return re.sub(r"\s+", " ", self.text[self.start:self.end])

    def __str__(self):
        return "%s:%d: %s: %s" % (self.path, self.text.count("\n", 0, self.start) + 1, self.kind, self.rule()[:90])

    def switched(self):
        """The same place, with and without its rule."""
        rule = self.text[self.start:self.end]
        if self.kind == "finding":
            return "(is_mutant(%d) ? (void)0 : (void)(%s))" % (self.number, rule)
        return "!is_mutant(%d) && (%s)" % (self.number, rule)


def closing(text, at):
    """The place behind the bracket that closes the one at `at`; strings are skipped."""
    depth = 0
    while at < len(text):
        c = text[at]
        if c in "\"'":
            at += 1
            while at < len(text) and text[at] != c:
                at += 2 if text[at] == "\\" else 1
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)


def findings(text):
    """Calls that record a finding."""
    for match in re.finditer(r"(?:[A-Za-z_]\w*(?:\(\))?(?:\.|->))*\bfound\((?=[^;]*?\bFinding::\w+)", text):
        end = closing(text, match.end() - 1)
        if "Finding::" in text[match.start():end] and text[:match.start()].rstrip()[-6:] != "return":
            yield match.start(), end


def outermost(text):
    """What stands in no bracket."""
    while True:
        inner = re.sub(r"\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]", "", text)
        if inner == text:
            return text
        text = inner


def refusals(text):
    """Conditions that refuse. One that declares a name is left alone."""
    for match in re.finditer(r"\bif \(", text):
        end = closing(text, match.end() - 1)
        condition = text[match.end():end - 1]
        declares = re.match(r"(const )?auto\b", condition) or ";" in outermost(condition)
        if re.match(r"\s*\{?\s*return refuse\(Reason::", text[end:]) and not declares:
            yield match.end(), end - 1


def mutants_of(room):
    folder = os.path.join("sanitizer", "formats", room)
    for name in sorted(os.listdir(os.path.join(TREE, folder))):
        if not name.endswith((".cpp", ".h")):
            continue
        path = os.path.join(folder, name)
        with open(os.path.join(TREE, path)) as file:
            text = file.read()
        for kind, rule in {"finding": findings, "refusal": refusals}.items():
            for start, end in rule(text):
                yield Mutant(room, path, kind, text, start, end)


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", **more)


def write(path, text):
    """Only if it differs: times that stay keep the build small."""
    target = os.path.join(COPY, path)
    if os.path.isfile(target):
        with open(target) as file:
            if file.read() == text:
                return
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with open(target, "w") as file:
        file.write(text)


def copy_tree(mutated):
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TREE,
                           stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        source, target = os.path.join(TREE, name), os.path.join(COPY, name)
        if name in mutated or not os.path.isfile(source):
            continue
        if os.path.isfile(target) and filecmp.cmp(source, target, shallow=False):
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(source, target)
    write("mutant.h", PREAMBLE)


def configure():
    done = run("cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DSEKISHO_TESTS=ON",
               "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -include " + os.path.join(COPY, "mutant.h"),
               "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    if done.returncode:
        sys.exit(done.stdout)


def weave(mutants, left_out):
    """Writes every source file with all of its mutants at once."""
    by_path = {}
    for mutant in mutants:
        by_path.setdefault(mutant.path, []).append(mutant)
    for path, those in by_path.items():
        text = those[0].text
        for mutant in sorted(those, key=lambda one: -one.start):
            if mutant.number not in left_out:
                text = text[:mutant.start] + mutant.switched() + text[mutant.end:]
        write(path, text)


def build(targets):
    environment = {**os.environ, "CCACHE_BASEDIR": COPY, "CCACHE_NOHASHDIR": "1"}
    return run("cmake", "--build", BUILD, "--target", *targets, "--", "-k", "0", env=environment)


def build_all(mutants, targets):
    """Mutants of a file that does not compile with them (in a constant expression, say) are left out and told."""
    left_out = set()
    for _ in range(3):
        weave(mutants, left_out)
        done = build(targets)
        if done.returncode == 0:
            return left_out
        wrong = {mutant.number for mutant in mutants
                 if re.search(re.escape(mutant.path) + r":\d+:\d+: error", done.stdout)} - left_out
        if not wrong:
            break
        left_out |= wrong
    sys.exit(done.stdout[-8000:])


class Case:
    """One test of one program: which rules it reaches, and how long it takes."""
    def __init__(self, program, name):
        self.program, self.name = program, name
        self.reached, self.seconds = set(), 0.0


def passes(program, names, seconds, **environment):
    try:
        return run(os.path.join(BUILD, "tests", program), "--gtest_brief=1", "--gtest_fail_fast",
                   "--gtest_filter=" + ":".join(names), timeout=seconds, env={**os.environ, **environment}).returncode == 0
    except subprocess.TimeoutExpired:
        return False  # noticed: it hangs


def cases_of(program):
    suite = ""
    for line in run(os.path.join(BUILD, "tests", program), "--gtest_list_tests").stdout.splitlines():
        name = line.split("#")[0].rstrip()
        if re.match(r"[\w/]+\.$", name):
            suite = name
        elif re.match(r"  [\w/]+$", name) and ".DISABLED_" not in suite + name and not name.startswith("  DISABLED_"):
            yield Case(program, suite + name.strip())


def look_what_is_reached(case):
    path = os.path.join(BUILD, "reached")
    with open(path, "wb") as file:
        file.truncate(65536)
    start = time.monotonic()
    if not passes(case.program, [case.name], 600, **{REACHED: path}):
        sys.exit("%s: %s fails without any change" % (case.program, case.name))
    case.seconds = time.monotonic() - start
    with open(path, "rb") as file:
        case.reached = {number for number, reached in enumerate(file.read()) if reached}


def judge(mutant, programs, cases):
    """The tests that reach the rule, a program at a time. One that never gets there cannot notice."""
    for program in programs:
        those = [case for case in cases if case.program == program and mutant.number in case.reached]
        limit = 60 + 10 * sum(case.seconds for case in those)
        if those and not passes(program, [case.name for case in those], limit, **{CHOICE: str(mutant.number)}):
            return "noticed by " + program
    return "SURVIVES" if any(mutant.number in case.reached for case in cases) else "SURVIVES, no test reaches it"


def doubled():
    """Rules that another one stands behind, by file and rule: no test can tell, and tests/mutation/doubled says why."""
    with open(os.path.join(TREE, "tests", "mutation", "doubled")) as file:
        rows = [line.rstrip("\n").split(" | ") for line in file if line.strip() and not line.startswith("#")]
    return {(path, rule): why for path, rule, why in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="of sanitizer/formats; all if none is named")
    parser.add_argument("--sample", type=int, default=0, help="at most so many rules, chosen at random")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--list", action="store_true", help="only count the rules")
    parser.add_argument("--without-rows", action="store_true", help="only the rooms' own tests")
    given = parser.parse_args()
    rooms = given.rooms or sorted(TESTS)
    unknown = {entry.name for entry in os.scandir(os.path.join(TREE, "sanitizer", "formats")) if entry.is_dir()} - set(TESTS)
    if unknown:
        sys.exit("no tests are named for " + " ".join(sorted(unknown)))
    # All of them are woven in whatever is asked: one build serves every room.
    mutants = [mutant for room in sorted(TESTS) for mutant in mutants_of(room)]
    for number, mutant in enumerate(mutants, 1):
        mutant.number = number
    asked = [mutant for mutant in mutants if mutant.room in rooms]
    print("%d rules in %s" % (len(asked), " ".join(rooms)), flush=True)
    if given.list:
        for mutant in asked:
            print(mutant)
        return 0
    rest = [] if given.without_rows else EVERY_FORMAT
    programs = sorted({test for room in rooms for test in TESTS[room]} - set(rest)) + rest
    copy_tree({mutant.path for mutant in mutants})
    weave(mutants, set())
    configure()
    left_out = build_all(mutants, programs)
    cases = [case for program in programs for case in cases_of(program)]
    for case in cases:
        look_what_is_reached(case)
    chosen = [mutant for mutant in asked if mutant.number not in left_out]
    if given.sample and given.sample < len(chosen):
        chosen = random.Random(given.seed).sample(chosen, given.sample)
    known, survivors = doubled(), 0
    for mutant in chosen:
        first = TESTS[mutant.room]
        result = judge(mutant, first + [program for program in programs if program not in first], cases)
        if result.startswith("SURVIVES") and (mutant.path, mutant.rule()) in known:
            result = "doubled: " + known[mutant.path, mutant.rule()]
        survivors += result.startswith("SURVIVES")
        print("%s: %s" % (mutant, result), flush=True)
    for mutant in asked:
        if mutant.number in left_out:
            print("%s: not tried, its file does not compile with it" % mutant)
    print("tried %d, SURVIVED %d" % (len(chosen), survivors))
    return 10 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
