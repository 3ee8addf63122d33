#include "services/handlers/reading.h"

#include <gtest/gtest.h>

#include "services/handlers/convert.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

absl::Status Refused(absl::string_view field, absl::string_view reason) {
  Faults faults;
  faults.Add(field, reason);
  return faults.ToStatus();
}

TEST(Reading, OfEverythingIsWhatTheRulesSay) {
  Reading reading;
  EXPECT_TRUE(reading.Required("entry.date", "2020-01-01").has_value());
  EXPECT_FALSE(reading.Optional("exit.date", "").has_value());

  EXPECT_THAT(reading.With(absl::OkStatus()), IsOk());
  EXPECT_THAT(reading.With(Refused("kommun", "OUT_OF_RANGE")),
              HasFault("kommun", "OUT_OF_RANGE"));
}

TEST(Reading, NamesTheUnreadableAndTheRefusedTogether) {
  Reading reading;
  reading.Required("entry.date", "igår");
  reading.Required("exit.date", "");

  const absl::Status both = reading.With(Refused("kommun", "OUT_OF_RANGE"));

  EXPECT_THAT(both, HasFault("entry.date", "DATE_INVALID"));
  EXPECT_THAT(both, HasFault("exit.date", "MISSING"));
  EXPECT_THAT(both, HasFault("kommun", "OUT_OF_RANGE"));
}

TEST(Reading, LeavesOutWhatComesOfAnUnreadableDayOnly) {
  Reading reading;
  reading.Required("entry.date", "igår");
  Faults rules;
  rules.Add("entry.date", reasons::kOutsideInsats);
  rules.Add("entry.education", reasons::kCodeNotInForce);
  rules.Add("entry.education", reasons::kCodeUnknown);
  rules.Add("exit.end_reason", reasons::kCodeNotInForce);

  const std::vector<Fault> faults = FaultsOf(reading.With(rules.ToStatus()));

  EXPECT_EQ(faults,
            (std::vector<Fault>{{"entry.date", "DATE_INVALID"},
                                {"entry.education", "CODE_UNKNOWN"},
                                {"exit.end_reason", "CODE_NOT_IN_FORCE"}}));
}

TEST(Reading, LetsAnErrorWithoutFieldsStandAlone) {
  Reading reading;
  reading.Required("entry.date", "igår");

  EXPECT_THAT(reading.With(errors::Overlaps()), HasReason("OVERLAPS"));
  EXPECT_THAT(InField("registration", errors::Overlaps()),
              HasReason("OVERLAPS"));
}

TEST(Etag, IsAnotherForAnotherVersionOrMoment) {
  const absl::Time moment = absl::FromUnixSeconds(1'600'000'000);

  EXPECT_EQ(Etag(1, moment), Etag(1, moment));
  EXPECT_NE(Etag(1, moment), Etag(2, moment));
  EXPECT_NE(Etag(1, moment), Etag(1, moment + absl::Microseconds(1)));
}

TEST(Timestamp, IsReadBackAlsoBefore1970) {
  for (const int64_t micros :
       {0L, 1L, -1L, -1'500'000L, 1'600'000'000'000'001L}) {
    const absl::Time moment = absl::FromUnixMicros(micros);
    EXPECT_EQ(TimeOf(TimestampOf(moment)), moment);
    EXPECT_GE(TimestampOf(moment).nanos(), 0);
  }
}

}  // namespace
}  // namespace stegvis::handlers
