#!/usr/bin/env python3
"""Switches off one rule of a format after the other and tells which no test notices. See README.md beside this file."""
import argparse, filecmp, os, random, re, shutil, subprocess, sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(TREE, "build", "mutation", "tree")
BUILD = os.path.join(TREE, "build", "mutation", "build")
CHOICE = "SEKISHO_MUTANT"  # known to the copy only

# Room -> the tests that look at it first. Whatever they let pass, test_rows gets to see.
TESTS = {
    "archive": ["test_archive"], "archive_foreign": ["test_archive_foreign"], "binhex": ["test_mail_packings"],
    "calendar": ["test_format_calendar"], "compound_file": ["test_format_compound_file"], "dxf": ["test_format_dxf"],
    "flat_opc": ["test_format_flat_opc"], "html": ["test_format_html"], "ichitaro": ["test_format_ichitaro"],
    "image": ["test_format_image"], "json": ["test_format_json"], "jww": ["test_format_jww"],
    "legacy": ["test_format_legacy"], "mail": ["test_format_mail", "test_mail_packings"],
    "markdown": ["test_format_markdown"], "metafile": ["test_format_metafile"], "odf": ["test_format_odf"],
    "office_encryption": ["test_format_office_encryption"], "ooxml": ["test_format_ooxml", "test_ooxml_integrity"],
    "pdf": ["test_format_pdf"], "pdf_draw": ["test_pdf_draw"], "raster": ["test_format_raster"],
    "rtf_text": ["test_format_rtf_text"], "svg": ["test_format_svg"], "sxf": ["test_format_sxf"],
    "text": ["test_format_text"], "xml": ["test_format_xml"], "zip_container": ["test_zip_container", "test_archive"],
}

# What every source file of the copy begins with.
PREAMBLE = """#pragma once
#ifdef __cplusplus
#include <cstdlib>
inline bool is_mutant(int number) {
    static const int chosen = [] { const char* const text = std::getenv("%s"); return text ? std::atoi(text) : 0; }();
    return chosen == number;
}
#endif
""" % CHOICE


class Mutant:
    def __init__(self, room, path, kind, text, start, end):
        self.room, self.path, self.kind = room, path, kind
        self.text, self.start, self.end = text, start, end
        self.number = 0

    def __str__(self):
        line = self.text.count("\n", 0, self.start) + 1
        return "%s:%d: %s: %s" % (self.path, line, self.kind, re.sub(r"\s+", " ", self.text[self.start:self.end])[:90])

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


def refusals(text):
    """Conditions that refuse. One that declares a name is left alone."""
    for match in re.finditer(r"\bif \(", text):
        end = closing(text, match.end() - 1)
        condition = text[match.end():end - 1]
        if re.match(r"\s*\{?\s*return refuse\(Reason::", text[end:]) and not re.match(r"(const )?auto\b|[^=]*;", condition):
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
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


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


def passes(test, number, seconds):
    environment = {**os.environ, CHOICE: str(number)}
    try:
        return run(os.path.join(BUILD, "tests", test), "--gtest_brief=1", "--gtest_fail_fast", timeout=seconds,
                   env=environment).returncode == 0
    except subprocess.TimeoutExpired:
        return False  # noticed: it hangs


def judge(mutant, rows):
    for test in TESTS[mutant.room] + (["test_rows"] if rows else []):
        if not passes(test, mutant.number, 600):
            return "noticed by " + test
    return "SURVIVES"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="of sanitizer/formats; all if none is named")
    parser.add_argument("--sample", type=int, default=0, help="at most so many rules, chosen at random")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--list", action="store_true", help="only count the rules")
    parser.add_argument("--without-rows", action="store_true", help="only the room's own tests")
    given = parser.parse_args()
    rooms = given.rooms or sorted(TESTS)
    mutants = [mutant for room in rooms for mutant in mutants_of(room)]
    for number, mutant in enumerate(mutants, 1):
        mutant.number = number
    print("%d rules in %s" % (len(mutants), " ".join(rooms)), flush=True)
    if given.list:
        for mutant in mutants:
            print(mutant)
        return 0
    tests = sorted({test for room in rooms for test in TESTS[room]} | (set() if given.without_rows else {"test_rows"}))
    copy_tree({mutant.path for mutant in mutants})
    weave(mutants, set())
    configure()
    left_out = build_all(mutants, tests)
    for test in tests:
        if not passes(test, 0, 600):
            sys.exit(test + " fails without any change")
    chosen = [mutant for mutant in mutants if mutant.number not in left_out]
    if given.sample and given.sample < len(chosen):
        chosen = random.Random(given.seed).sample(chosen, given.sample)
    survivors = 0
    for mutant in chosen:
        result = judge(mutant, not given.without_rows)
        survivors += result == "SURVIVES"
        print("%s: %s" % (mutant, result), flush=True)
    for mutant in mutants:
        if mutant.number in left_out:
            print("%s: not tried, its file does not compile with it" % mutant)
    print("tried %d, SURVIVED %d" % (len(chosen), survivors))
    return 10 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
