#include "services/handlers/kept_witnesses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using disclosure::KeptWitnesses;
using disclosure::Origin;
using disclosure::WitnessesByRelease;
using ::stegvis::testing::IsOk;
using ::testing::IsEmpty;

// One of each kind of origin.
WitnessesByRelease Some() {
  KeptWitnesses witnesses;
  witnesses.origins = {{Origin::Kind::kOwn},
                       {Origin::Kind::kNation},
                       {Origin::Kind::kRow, "Björken"},
                       {Origin::Kind::kRest},
                       {Origin::Kind::kPartner, "Björken"}};
  witnesses.witnesses = {
      {{0, 17, 4}, {1, 3, -4}, {2, 0, 1}, {3, 8, -1}, {4, 100'000, 4}},
      {{0, 18, -5}}};
  return {{"", {}}, {"Eken", witnesses}};
}

TEST(KeptWitnesses, AreReadAsTheyWereWritten) {
  WitnessesByRelease read;

  ASSERT_THAT(AddFrom(ToProto(Some()), read), IsOk());

  const KeptWitnesses some = Some().at("Eken"), &kept = read.at("Eken");
  EXPECT_EQ(kept.origins, some.origins);
  ASSERT_EQ(kept.witnesses.size(), some.witnesses.size());
  for (size_t i = 0; i < some.witnesses.size(); ++i) {
    ASSERT_EQ(kept.witnesses[i].size(), some.witnesses[i].size());
    for (size_t change = 0; change < some.witnesses[i].size(); ++change) {
      const auto &a = kept.witnesses[i][change], &b = some.witnesses[i][change];
      EXPECT_EQ(std::tie(a.origin, a.number, a.by),
                std::tie(b.origin, b.number, b.by));
    }
  }
}

TEST(KeptWitnesses, AreAddedToThoseThatWereRead) {
  WitnessesByRelease read;
  ASSERT_THAT(AddFrom(ToProto(Some()), read), IsOk());

  ASSERT_THAT(AddFrom(ToProto(Some()), read), IsOk());

  EXPECT_EQ(read.at("Eken").origins, Some().at("Eken").origins);
  EXPECT_EQ(read.at("Eken").witnesses.size(),
            2 * Some().at("Eken").witnesses.size());
}

TEST(KeptWitnesses, OfANewerFormatAreNotTaken) {
  v1::WitnessesBeside message = ToProto(Some());
  message.set_format_version(message.format_version() + 1);
  WitnessesByRelease read;

  EXPECT_THAT(AddFrom(message, read), IsOk());

  EXPECT_THAT(read, IsEmpty());
}

TEST(KeptWitnesses, ThatSayOfNoCellWhatItDiffersByAreNone) {
  const v1::WitnessesBeside message = ToProto(Some());
  v1::WitnessesBeside shorter = message, beyond = message, unnamed = message;
  shorter.mutable_releases(1)->mutable_witnesses(0)->mutable_by()->RemoveLast();
  beyond.mutable_releases(1)->mutable_witnesses(0)->set_origins(0, 5);
  unnamed.mutable_releases(1)->mutable_origins(0)->clear_kind();

  for (const v1::WitnessesBeside& broken : {shorter, beyond, unnamed}) {
    WitnessesByRelease read;
    EXPECT_TRUE(absl::IsInternal(AddFrom(broken, read)));
  }
}

}  // namespace
}  // namespace stegvis::handlers
