#include "client/cli/demo/plan.h"

#include <array>

namespace stegvis::demo {
namespace {

// In the order of SupportSet. Before 2020 in proportion.
constexpr SupportBefore kSupportEarly = {2900, 220,  120, 1150, 90,  240,
                                         310,  1250, 380, 520,  360, 150,
                                         3400, 140,  120, 90,   820, 110};
// 2020 as counted on the 14 260 who left: 3 410 with sjukpenning, 1 589 with
// aktivitetsersättning.
constexpr SupportBefore kSupport2020 = {3130, 180,  100, 1489, 100,  260,
                                        230,  1500, 420, 500,  330,  240,
                                        4100, 160,  110, 90,   1180, 141};

constexpr std::array<Outlook, kLeavings> kOutlooks = {{
    {&kSupportEarly, 110, 310},  // 2013: published before 11 %, after 31 %.
    {&kSupportEarly, 115, 320},
    {&kSupportEarly, 120, 330},  // 2015: published after 33 %.
    {&kSupportEarly, 120, 330},
    {&kSupportEarly, 115, 320},
    {&kSupport2020, 100, 280},  // 2020: published after 28 %.
    {&kSupport2020, 105, 290},
    {&kSupport2020, 100, 280},
    {&kSupport2020, 100, 280},
}};

Day On(int year, int month, int day) {
  return *Day::FromCivil(year, month, day);
}

Days Year(int year) { return {Day::FirstOfYear(year), Day::LastOfYear(year)}; }

// Recorded whenever it happened.
const Days& AnyTime() {
  static const Days days = {On(2012, 1, 1), On(2023, 4, 30)};
  return days;
}
// Before the first report on 2015 was drawn, and between that and the second.
const Days& OnTime2015() {
  static const Days days = {On(2012, 1, 1), On(2016, 1, 16)};
  return days;
}
const Days& Late2015() {
  static const Days days = {On(2016, 1, 17), On(2016, 2, 26)};
  return days;
}
const Days& Autumn2015() {
  static const Days days = {On(2015, 9, 1), On(2015, 12, 31)};
  return days;
}

std::vector<Batch> MakeBatches() {
  const Days any = AnyTime();
  const Days on_time = OnTime2015();
  const Days late = Late2015();
  const Days spring_on = {On(2016, 3, 1), On(2016, 12, 31)};
  const auto wrong = [&](int64_t people, int year) {
    return Batch{people, Leaving::kWrongly, Year(year), Year(year), any, any,
                 false};
  };
  return {
      {3'400, Leaving::k2013, Year(2012), Year(2013), any, any, false},
      {6'200, Leaving::k2013, Year(2013), Year(2013), any, any, false},
      {5'300, Leaving::k2014, Year(2013), Year(2014), any, any, false},
      {3'600, Leaving::k2015, Year(2014), Year(2015), any, on_time, false},
      {150, Leaving::k2015Late, Year(2014), Year(2015), any, late, false},
      // Started in 2015: 14 700 known on time, of whom these 300 left without
      // that being known, and 200 known late.
      {6'800, Leaving::k2015, Year(2015), Year(2015), on_time, on_time, false},
      {300, Leaving::k2015Late, Year(2015), Autumn2015(), on_time, late, true},
      {7'570, Leaving::k2016, Year(2015), Year(2016), on_time, any, true},
      {30, Leaving::kNever, Year(2015), Year(2015), on_time, any, true},
      {80, Leaving::k2015Late, Autumn2015(), Autumn2015(), late, late, true},
      {120, Leaving::k2016, Autumn2015(), spring_on, late, any, true},
      {60, Leaving::k2020, Year(2016), Year(2020), any, any, false},
      {6'000, Leaving::k2020, Year(2019), Year(2020), any, any, false},
      // Started in 2020: 17 454.
      {8'200, Leaving::k2020, Year(2020), Year(2020), any, any, false},
      {8'900, Leaving::k2021, Year(2020), Year(2021), any, any, false},
      {354, Leaving::kNever, Year(2020), Year(2020), any, any, true},
      wrong(30, 2013),
      wrong(40, 2015),
      wrong(50, 2020),
  };
}

std::vector<CountPlan> MakeCountPlans() {
  constexpr int64_t kCounted2015 =
      published::kRegisteredJanuary2016 - published::kPersonalJanuary2016;
  constexpr int64_t kAdded2015 = published::kRegisteredFebruary2016 -
                                 published::kPersonalFebruary2016 -
                                 kCounted2015;
  constexpr int64_t kCounted2020 =
      published::kRegistered2020 - published::kPersonal2020;
  return {
      {2013,
       4'900,
       12'600,
       0,
       0,
       6'000,
       {On(2013, 12, 1), On(2014, 1, 31)},
       Late2015()},
      {2015,
       5'300,
       kCounted2015 - 5'300,
       200,
       kAdded2015 - 200,
       8'000,
       {On(2015, 12, 1), On(2016, 1, 16)},
       Late2015()},
      {2020,
       1'900,
       kCounted2020 - 1'900,
       0,
       0,
       9'000,
       {On(2020, 12, 1), On(2021, 1, 31)},
       Late2015()},
  };
}

}  // namespace

const Outlook& OutlookOf(Leaving leaving) {
  return kOutlooks[static_cast<size_t>(leaving)];
}

absl::Span<const Batch> Batches() {
  static const auto& batches = *new std::vector<Batch>(MakeBatches());
  return batches;
}

absl::Span<const CountPlan> CountPlans() {
  static const auto& plans = *new std::vector<CountPlan>(MakeCountPlans());
  return plans;
}

}  // namespace stegvis::demo
