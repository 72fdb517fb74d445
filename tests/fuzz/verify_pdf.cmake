sekisho_fuzzer(fuzz_verify_pdf SOURCES fuzz_verify_pdf.cpp LINKS verify_pdf)
