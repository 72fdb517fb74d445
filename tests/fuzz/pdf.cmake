sekisho_fuzzer(fuzz_pdf SOURCES fuzz_pdf.cpp LINKS format_pdf verify_pdf tests_support)
