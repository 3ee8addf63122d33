// For tests: many people who are much alike, as those in one förbund are.
#pragma once

#include <string>

#include "services/outcome/test_world.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::disclosure {

// With this support, and so many hours of work a week.
domain::Situation SituationWith(const std::string& source, int hours);

// Number 1, 2, …; every so many had sjukpenning before, the others
// försörjningsstöd.
testing::ARegistration OneOfMany(int number, int every_with_sjukpenning = 11);

}  // namespace stegvis::disclosure
