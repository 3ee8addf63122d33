// For tests: many people who are much alike, as those in one förbund are.
#pragma once

#include <cstddef>
#include <string>

#include "services/disclosure/release.h"
#include "services/disclosure/release_table.h"
#include "services/outcome/outcome_report.h"
#include "services/outcome/test_world.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::disclosure {

// With this support, and so many hours of work a week.
domain::Situation SituationWith(const std::string& source, int hours);

// Number 1, 2, …; every so many had sjukpenning before, the others
// försörjningsstöd.
testing::ARegistration OneOfMany(int number, int every_with_sjukpenning = 11);

// So many people of a förbund, who left in 2020.
void Fill(size_t forbund, int people, int every_with_sjukpenning,
          outcome::World& world);

// The places of a world's förbund.
inline constexpr size_t kFirst = 0;
inline constexpr size_t kSecond = 1;
inline constexpr size_t kThird = 2;

// A small förbund and two larger ones, in which every so many had sjukpenning
// before. They left in 2020.
outcome::World ThreeForbund(int in_first, int in_second, int in_third);

// The standard report on 2020 of a förbund, and of the nation.
outcome::OutcomeReport ReportOf(const outcome::World& world, size_t forbund);
outcome::OutcomeReport NationOf(const outcome::World& world);

// Of the whole, both sexes together.
CellId SjukpenningBefore(const ReleaseTable& table);

}  // namespace stegvis::disclosure
