// Which files of the corpus are ordinary ones, by the corpus's index and benign.def.
#pragma once

#include <string>
#include <vector>

namespace sekisho {

struct Indexed {
    std::string path; // below the corpus folder
    std::string why;  // why it is not an ordinary file; empty if it is
};

// Every file of index.tsv; empty without an index.
std::vector<Indexed> indexed_files(const std::string& corpus);

} // namespace sekisho
