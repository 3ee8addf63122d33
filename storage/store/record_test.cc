#include "storage/store/record.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::storage {
namespace {

using testing::AForbund;
using testing::AnInsats;
using testing::AParticipation;
using testing::ARegistration;
using testing::HasReason;
using testing::IsOk;
using testing::On;
using testing::TestId;

const ParticipationKey kKey = {TestId<ForbundId>(1), TestId<InsatsId>(1),
                               TestId<ParticipationId>(1)};

// Absent and zero are different things in every optional field.
TEST(AParticipationRecord, KeepsWhatIsAbsentApartFromZero) {
  domain::Participation given = AParticipation().Build();
  given.entry.months_on_support = 0;
  given.entry.situation.supports = {{"sjukpenning", 100}, {"a_kassa", {}}};
  given.exit = domain::Exit{On("2021-01-01"), "avliden", std::nullopt, {}};

  const auto back = DecodeParticipation(kKey, Encode(given));

  ASSERT_THAT(back, IsOk());
  EXPECT_TRUE(back->entry == given.entry);
  EXPECT_TRUE(back->exit == given.exit);
  EXPECT_FALSE(back->follow_ups[0].has_value());
}

TEST(AParticipationRecord, LeavesNothingInTheNextOne) {
  domain::Participation full =
      AParticipation()
          .As(ARegistration().Called("Prov").Exiting(On("2021-01-01")))
          .Acknowledging(domain::FindingKind::kConsentOld)
          .Migrated()
          .Build();
  const domain::Participation plain = AParticipation().Build();
  const std::string before = Encode(plain);
  ASSERT_THAT(DecodeParticipation(kKey, Encode(full)), IsOk());

  EXPECT_EQ(Encode(plain), before);
  const auto back = DecodeParticipation(kKey, before);
  ASSERT_THAT(back, IsOk());
  EXPECT_FALSE(back->exit.has_value());
  EXPECT_TRUE(back->acknowledgements.empty());
  EXPECT_FALSE(back->migrated);
}

// Texts were checked when they came in; a record must not become unreadable by
// a stricter reading of them.
TEST(AParticipationRecord, KeepsBytesThatAreNoUtf8) {
  domain::Participation given = AParticipation().Build();
  given.consent.reference = "\xff\xfe";

  const auto back = DecodeParticipation(kKey, Encode(given));

  ASSERT_THAT(back, IsOk());
  EXPECT_EQ(back->consent.reference, given.consent.reference);
}

TEST(ARecord, OfBytesThatAreNoneIsUnreadable) {
  for (const std::string& bytes :
       {std::string(), std::string("\x0a"), std::string("\x0a\x02"),
        std::string(40, '\xff')}) {
    EXPECT_THAT(DecodeParticipation(kKey, bytes),
                HasReason("RECORD_UNREADABLE"));
    EXPECT_THAT(DecodeForbund(kKey.forbund, bytes),
                HasReason("RECORD_UNREADABLE"));
    EXPECT_THAT(DecodeInsats(kKey.insats, bytes),
                HasReason("RECORD_UNREADABLE"));
    EXPECT_THAT(DecodeQuestion(TestId<QuestionId>(1), bytes),
                HasReason("RECORD_UNREADABLE"));
    EXPECT_THAT(DecodeCount(kKey.insats, bytes),
                HasReason("RECORD_UNREADABLE"));
    EXPECT_THAT(DecodeGrant(bytes), HasReason("RECORD_UNREADABLE"));
  }
}

TEST(ARecord, OfRandomChangesNeverCrashes) {
  std::mt19937 random(3);
  const std::string whole = Encode(
      AParticipation().As(ARegistration().Exiting(On("2021-01-01"))).Build());
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (int changes = 0; changes < 3; ++changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto decoded = DecodeParticipation(kKey, bytes);
    if (!decoded.ok()) {
      EXPECT_THAT(decoded, HasReason("RECORD_UNREADABLE"));
    }
  }
}

TEST(ARecord, OfAForbundOrInsatsComesBack) {
  const domain::Forbund forbund = AForbund().Until(On("2030-01-01")).Build();
  const domain::Insats insats = AnInsats().Until(On("2030-01-01")).Build();

  EXPECT_EQ(DecodeForbund(forbund.id, Encode(forbund)).value(), forbund);
  EXPECT_EQ(DecodeInsats(insats.id, Encode(insats)).value(), insats);
}

}  // namespace
}  // namespace stegvis::storage
