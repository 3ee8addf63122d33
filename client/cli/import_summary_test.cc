#include "client/cli/import_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "client/cli/complaint.h"

namespace stegvis::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kAgain[] =
    "Kör sedan samma fil igen: det som redan är registrerat räknas en gång.";

std::string Line(const absl::Status& why, std::optional<int64_t> line = 7) {
  return std::string(Stopped(why, line).message());
}

absl::Status Refused(absl::StatusCode code, const char* reason) {
  return RemoteComplaint(code, reason, {});
}

TEST(Stopped, SaysWhereAndWhyAndHowToGoOn) {
  EXPECT_EQ(
      Line(Complaint("Filen tog slut.")),
      std::string("Importen avbröts vid rad 7. Filen tog slut. ") + kAgain);
  EXPECT_THAT(Line(Complaint("Filen tog slut."), std::nullopt),
              StartsWith("Importen avbröts. Filen tog slut."));
  EXPECT_THAT(Line(absl::UnavailableError("Servern svarar inte.")),
              EndsWith(kAgain));
  EXPECT_EQ(Stopped(absl::UnavailableError("x"), 7).code(),
            absl::StatusCode::kUnavailable);
}

TEST(Stopped, SaysOnceToRunAgain) {
  const struct {
    absl::StatusCode code;
    const char* reason;
  } retried[] = {{absl::StatusCode::kResourceExhausted, "DISK_FULL"},
                 {absl::StatusCode::kUnavailable, "DATABASE_AWAY"},
                 {absl::StatusCode::kUnavailable, "SHUTTING_DOWN"},
                 {absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED"},
                 {absl::StatusCode::kCancelled, "CANCELLED"}};
  for (const auto& [code, reason] : retried) {
    EXPECT_THAT(Line(Refused(code, reason)),
                AllOf(HasSubstr("igen: inget blir registrerat två gånger."),
                      Not(HasSubstr(kAgain))))
        << reason;
  }
  EXPECT_THAT(Line(absl::InternalError("Kör igen, och rapportera.")),
              EndsWith("Kör igen, och rapportera."));
}

TEST(Stopped, DoesNotSayToRunAgainWhereThatIsOfNoUse) {
  EXPECT_THAT(
      Line(Refused(absl::StatusCode::kPermissionDenied, "NOT_PERMITTED")),
      Not(HasSubstr("igen")));
  EXPECT_THAT(Line(Refused(absl::StatusCode::kDataLoss, "RECORD_UNREADABLE")),
              EndsWith("försök inte igen."));
}

TEST(Stopped, DoesNotSayThatNothingWasSavedOnAFullDisk) {
  EXPECT_THAT(Line(Refused(absl::StatusCode::kResourceExhausted, "DISK_FULL")),
              AllOf(HasSubstr("Serverns disk är full"),
                    Not(HasSubstr("inget har sparats"))));
}

}  // namespace
}  // namespace stegvis::cli
