#!/usr/bin/env python3
"""Switches off one rule of a format after the other and tells which no test notices. See README.md beside this file."""
import argparse, filecmp, os, random, re, shutil, subprocess, sys

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COPY = os.path.join(TREE, "build", "mutation", "tree")
BUILD = os.path.join(TREE, "build", "mutation", "build")

# Room -> the tests that look at it first. Whatever they let pass, test_rows gets to see.
TESTS = {
    "archive": ["test_archive"], "archive_foreign": ["test_archive_foreign"], "calendar": ["test_format_calendar"],
    "compound_file": ["test_format_compound_file"], "html": ["test_format_html"], "image": ["test_format_image"],
    "json": ["test_format_json"], "mail": ["test_format_mail"], "markdown": ["test_format_markdown"],
    "metafile": ["test_format_metafile"], "ooxml": ["test_format_ooxml"], "pdf": ["test_format_pdf"],
    "raster": ["test_format_raster"], "svg": ["test_format_svg"], "text": ["test_format_text"],
    "xml": ["test_format_xml"], "zip_container": ["test_zip_container", "test_archive"],
}


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
    """Calls that record a finding become nothing."""
    for match in re.finditer(r"(?:[A-Za-z_]\w*(?:\(\))?(?:\.|->))*\bfound\((?=[^;]*?\bFinding::\w+)", text):
        end = closing(text, match.end() - 1)
        if "Finding::" in text[match.start():end]:
            yield match.start(), end, "(void)0"


def refusals(text):
    """Conditions that refuse never hold."""
    for match in re.finditer(r"\bif \(", text):
        end = closing(text, match.end() - 1)
        if re.match(r"\s*\{?\s*return refuse\(Reason::", text[end:]) and ";" not in text[match.end():end]:
            yield match.end(), end - 1, "false && (" + text[match.end():end - 1] + ")"


def listed(text):
    """Rows of a list in code that name a finding go."""
    for match in re.finditer(r"\{[^{};]*\bFinding::\w+[^{};]*\},?", text):
        yield match.start(), match.end(), ""


def tabled(text):
    """Rows of a .def table go."""
    for match in re.finditer(r"^[A-Z_]+\([^\n]*\)\n", text, re.M):
        yield match.start(), match.end(), ""


def mutants_of(room):
    folder = os.path.join("sanitizer", "formats", room)
    for name in sorted(os.listdir(os.path.join(TREE, folder))):
        path = os.path.join(folder, name)
        kinds = {"finding": findings, "refusal": refusals, "list row": listed} if name.endswith((".cpp", ".h")) else \
            {"table row": tabled} if name.endswith(".def") else {}
        if not kinds:
            continue
        with open(os.path.join(TREE, path)) as file:
            text = file.read()
        for kind, rule in kinds.items():
            for start, end, instead in rule(text):
                yield room, path, kind, text, start, end, instead


def run(*command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def copy_tree():
    os.makedirs(COPY, exist_ok=True)
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TREE,
                           stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        source, target = os.path.join(TREE, name), os.path.join(COPY, name)
        if not os.path.isfile(source) or (os.path.isfile(target) and filecmp.cmp(source, target, shallow=False)):
            continue  # times that stay keep the build small
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copy2(source, target)
    done = run("cmake", "-S", COPY, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DSEKISHO_TESTS=ON",
               "-DCMAKE_CXX_COMPILER_LAUNCHER=ccache",
               "-DCMAKE_CXX_FLAGS=-Wno-error", env={**os.environ, "CCACHE_BASEDIR": COPY, "CCACHE_NOHASHDIR": "1"})
    if done.returncode:
        sys.exit(done.stdout)


def build(targets):
    return run("cmake", "--build", BUILD, "--target", *targets, env={**os.environ, "CCACHE_BASEDIR": COPY, "CCACHE_NOHASHDIR": "1"})


def passes(test, seconds):
    try:
        return run(os.path.join(BUILD, "tests", test), "--gtest_brief=1", timeout=seconds).returncode == 0
    except subprocess.TimeoutExpired:
        return False  # noticed: it hangs


def judge(mutant, rows):
    room, path, _, text, start, end, instead = mutant
    target = os.path.join(COPY, path)
    with open(target, "w") as file:
        file.write(text[:start] + instead + text[end:])
    try:
        tests = TESTS[room] + (["test_rows"] if rows else [])
        if build(TESTS[room]).returncode:
            return "does not compile"
        for test in TESTS[room]:
            if not passes(test, 600):
                return "noticed by " + test
        if rows:
            if build(["test_rows"]).returncode:
                return "does not compile"
            if not passes("test_rows", 1200):
                return "noticed by test_rows"
        return "SURVIVES " + " ".join(tests)
    finally:
        with open(target, "w") as file:
            file.write(text)


def describe(mutant):
    room, path, kind, text, start, end, _ = mutant
    line = text.count("\n", 0, start) + 1
    what = re.sub(r"\s+", " ", text[start:end])[:90]
    return "%s:%d: %s: %s" % (path, line, kind, what)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=sorted(TESTS), metavar="ROOM")
    parser.add_argument("--sample", type=int, default=0, help="at most so many rules, chosen at random")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--list", action="store_true", help="only count the rules")
    parser.add_argument("--without-rows", action="store_true", help="only the room's own tests")
    given = parser.parse_args()
    mutants = [mutant for room in given.rooms or sorted(TESTS) for mutant in mutants_of(room)]
    print("%d rules in %s" % (len(mutants), " ".join(given.rooms)))
    if given.list:
        for mutant in mutants:
            print(describe(mutant))
        return 0
    if given.sample and given.sample < len(mutants):
        mutants = random.Random(given.seed).sample(mutants, given.sample)
    copy_tree()
    rooms = sorted({mutant[0] for mutant in mutants})
    for room in rooms:
        done = build(TESTS[room] + ([] if given.without_rows else ["test_rows"]))
        if done.returncode:
            sys.exit(done.stdout)
        for test in TESTS[room]:
            if not passes(test, 600):
                sys.exit(test + " fails without any change")
    counts = {}
    for mutant in mutants:
        result = judge(mutant, not given.without_rows)
        counts[result.split(" ")[0]] = counts.get(result.split(" ")[0], 0) + 1
        print("%s: %s" % (describe(mutant), result), flush=True)
    print("noticed %d, SURVIVED %d, did not compile %d" %
          (counts.get("noticed", 0), counts.get("SURVIVES", 0), counts.get("does", 0)))
    return 10 if counts.get("SURVIVES") else 0


sys.exit(main())
