sekisho_fuzzer(fuzz_archive SOURCES fuzz_archive.cpp LINKS format_archive detect)
