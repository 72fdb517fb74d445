sekisho_fuzzer(fuzz_detect SOURCES fuzz_detect.cpp LINKS detect)
