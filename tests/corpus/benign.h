// Which files of the corpus are ordinary ones, by the corpus's index and benign.def.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekisho {

struct Indexed {
    std::string path; // below the corpus folder
    std::string why;  // why it is not an ordinary file; empty if it is
};

// Every file of index.tsv; empty without an index.
std::vector<Indexed> indexed_files(const std::string& corpus);

// The room that will take files of a type that is still refused; empty if none is being built.
std::string_view owed_by(std::string_view type);

} // namespace sekisho
