// For tests: worlds and requests drawn at random, few values of each kind so
// that they meet at every edge.
#pragma once

#include <random>

#include "services/outcome/outcome_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {

// Three förbund with insatser of every kind, `participations` participations
// with corrections, spoilt versions and counts, known on days of 2020–2023.
World RandomWorld(std::mt19937& random, int participations);

// A request that succeeds in such a world.
ReportRequest RandomRequest(std::mt19937& random);

}  // namespace stegvis::outcome
