#include "services/base/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace stegvis {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr absl::StatusCode kInvalid = absl::StatusCode::kInvalidArgument;

TEST(Errors, CarryTheirReason) {
  EXPECT_EQ(ReasonOf(errors::AlreadyEnded()), "ALREADY_ENDED");
  EXPECT_THAT(errors::AlreadyEnded(),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(FaultsOf(errors::AlreadyEnded()), IsEmpty());
}

TEST(Errors, FromElsewhereHaveNoReason) {
  EXPECT_EQ(ReasonOf(absl::UnknownError("from a library")), "");
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
}

TEST(Errors, OfASettingNameTheKeyAndTheNearestKnown) {
  EXPECT_THAT(
      std::string(errors::ConfigurationInvalid("prot", "port").message()),
      HasSubstr("Nearest known: port."));
}

TEST(Errors, OfUnreadableRecordsNameThem) {
  const absl::Status status = errors::UnreadableRecords({"a", "b"});

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(status, HasReason("UNREADABLE_RECORDS"));
  EXPECT_THAT(FaultsOf(status), ElementsAre(Fault{"a", "RECORD_UNREADABLE"},
                                            Fault{"b", "RECORD_UNREADABLE"}));
}

TEST(Faults, AreOkWhenThereAreNone) {
  EXPECT_THAT(Faults().ToStatus(), IsOk());
}

TEST(Faults, AreAllNamedAndTheFirstGivesTheReason) {
  Faults faults;
  faults.Add("title", reasons::kMissing);
  faults.Add("end_date", reasons::kDateInvalid);

  const absl::Status status = faults.ToStatus();

  EXPECT_THAT(status, StatusIs(kInvalid));
  EXPECT_THAT(status, HasReason("MISSING"));
  EXPECT_THAT(FaultsOf(status), ElementsAre(Fault{"title", "MISSING"},
                                            Fault{"end_date", "DATE_INVALID"}));
}

TEST(Faults, OfAPartComeUnderItsPath) {
  Faults part;
  part.Add("code", reasons::kMissing);
  part.Add("", reasons::kDuplicate);
  Faults whole;
  whole.AddFrom("kommuner[2]", part.ToStatus());
  whole.AddFrom("parties", absl::OkStatus());

  EXPECT_THAT(FaultsOf(whole.ToStatus()),
              ElementsAre(Fault{"kommuner[2].code", "MISSING"},
                          Fault{"kommuner[2]", "DUPLICATE"}));
}

TEST(AtField, MakesAFaultOfAReason) {
  const absl::Status status = AtField("start_date", errors::DateInvalid());

  EXPECT_THAT(status, StatusIs(kInvalid));
  EXPECT_THAT(status, HasReason("DATE_INVALID"));
  EXPECT_THAT(FaultsOf(status),
              ElementsAre(Fault{"start_date", "DATE_INVALID"}));
}

TEST(AtField, LengthensPathsAndLeavesOkAlone) {
  const absl::Status inner = AtField("date", errors::DateInvalid());

  EXPECT_THAT(FaultsOf(AtField("exit", inner)),
              ElementsAre(Fault{"exit.date", "DATE_INVALID"}));
  EXPECT_THAT(AtField("exit", absl::OkStatus()), IsOk());
}

TEST(AtField, WithoutPrefixChangesNoPath) {
  const absl::Status inner = AtField("date", errors::DateInvalid());

  EXPECT_THAT(FaultsOf(AtField("", inner)),
              ElementsAre(Fault{"date", "DATE_INVALID"}));
}

}  // namespace
}  // namespace stegvis
