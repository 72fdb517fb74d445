sekisho_fuzzer(fuzz_file SOURCES fuzz_file.cpp LINKS formats verify)
