// Who may send what where, at a glance: a cell for each pair of zones.
#pragma once

#include <string>
#include <vector>

#include "policy/analysis/text.h"
#include "policy/engine/engine.h"

namespace sekisho::policy {

// One allow.
struct MatrixEntry {
    std::string rule;
    std::string title;
    Words condition;   // "type in office and size <= 50MB"; "anything" without one
    Words obligations; // "rebuild, approve 1 by section-chief (in lgwan), keep 30 days"
};

struct MatrixCell {
    std::string from;
    std::string to;
    std::vector<MatrixEntry> allows;  // that something can pass by
    std::vector<std::string> forbids; // ids of the forbids that speak about this pair
    bool closed = false;              // nothing may pass
};

struct Matrix {
    Words title; // name and version of the policy
    std::vector<std::string> zones;
    std::vector<MatrixCell> cells; // row by row: from the first zone to each other one, ...
    bool too_intricate = false;    // some cells are shown as open that may be closed
};

Matrix matrix(const Policy& policy);

// Columns aligned by display cells.
std::string table(const Matrix& matrix, Language language);
std::string svg(const Matrix& matrix, Language language);
std::string json(const Matrix& matrix);

} // namespace sekisho::policy
