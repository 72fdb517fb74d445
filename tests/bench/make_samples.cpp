// `bench_samples DIRECTORY VARIANTS`: writes the samples of the end-to-end run into DIRECTORY/0, DIRECTORY/1 ...
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "tests/bench/samples.h"

using namespace sekisho;

int main(int count, char** words) {
    if (count != 3) return 2;
    const auto variants = static_cast<unsigned>(std::atoi(words[2]));
    for (unsigned variant = 0; variant < variants; ++variant) {
        const std::string directory = fmt::format("{}/{}", words[1], variant);
        std::filesystem::create_directories(directory);
        for (const auto& sample : bench::sent_samples(variant)) {
            if (!write_file_durably(fmt::format("{}/{}", directory, sample.name), sample.bytes, 0644)) return 1;
            if (variant == 0) fmt::print("{:<18} {:>9} bytes\n", sample.name, sample.bytes.size());
        }
    }
    return 0;
}
