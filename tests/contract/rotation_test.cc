// Keys that are rotated while others go on: everything opens before, meanwhile
// and after, and with the old keys nothing does.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "tests/contract/store_with_rotation.h"

namespace stegvis::contract {
namespace {

using ::testing::SizeIs;

TEST_P(StoreWithRotation, ANewInstallationHasKeysOfThisMoment) {
  const storage::KeyStatus keys = store_->Keys();

  EXPECT_EQ(keys.source_version, 1U);
  ASSERT_TRUE(keys.made_at.has_value());
  EXPECT_LE(*keys.made_at, clock_.Now());
  EXPECT_FALSE(keys.rotation.has_value());
}

TEST_P(StoreWithRotation, EverythingOpensAfterwardsAndNothingWithTheOldKeys) {
  PutMany();
  const std::string old = CopyOfKeySource("old");

  Rotate();

  EXPECT_EQ(store_->Keys().source_version, 2U);
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
  ExpectAllOpen(kMany);
  EXPECT_THAT(Put(Participation(kMany + 1)).version, 1);
  Reopen();
  ExpectAllOpen(kMany + 1);
  EXPECT_EQ(store_->Keys().source_version, 2U);
  Close();
  EXPECT_EQ(NotUnder(2), 0);
  EXPECT_EQ(Ask("SELECT count(*) FROM wrapped_key WHERE purpose = 1 "
                "AND key_version = 1"),
            0);
  EXPECT_THAT(installation_->OpenWith(old, clock_),
              HasReason("KEY_SOURCE_WRONG"));
}

TEST_P(StoreWithRotation, WhatTheOtherKeysMadeStaysAsItIs) {
  Put(Ended(1));
  Put(Participation(2));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
  const auto digest = [&] {
    return *Read<std::string>([](ReadTransaction& tx) {
      return tx.RequestDigest(kForbund, "a request");
    });
  };
  const auto head = Read<storage::AuditHead>(
      [](ReadTransaction& tx) { return tx.SignAuditHead(kForbund); });
  ASSERT_THAT(head, IsOk());
  const std::string before = digest();

  Rotate();

  EXPECT_EQ(digest(), before);
  EXPECT_NE(FindWithdrawal(), std::nullopt);
  EXPECT_THAT(
      *Read<std::vector<storage::ListedParticipation>>([](ReadTransaction& tx) {
        return tx.FindByNumber(kForbund, std::nullopt, Participation(2).number);
      }),
      SizeIs(1));
  EXPECT_TRUE(
      *Read<bool>([&](ReadTransaction& tx) { return tx.IsSigned(*head); }));
}

TEST_P(StoreWithRotation, StandsInTheLogAtItsEnd) {
  Rotate();

  const auto entries = Read<std::vector<storage::RecordedAuditEntry>>(
      [](ReadTransaction& tx) { return tx.ListAudit(std::nullopt, 0, 100); });

  ASSERT_THAT(entries, IsOk());
  ASSERT_FALSE(entries->empty());
  ASSERT_THAT(entries->back().entry, IsOk());
  EXPECT_EQ(entries->back().entry->method, "FinishKeyRotation");
}

TEST_P(StoreWithRotation, IsDoneAgainAndAgain) {
  Put(Participation(1));

  Rotate();
  Rotate();
  Rotate();

  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{4});
  ExpectAllOpen(1);
}

// Whatever it had come to when the server was stopped.
TEST_P(StoreWithRotation, GoesOnWhenItWasStopped) {
  PutMany();
  ASSERT_THAT(Begin(), IsOk());

  for (int i = 0; i < 20 && store_->Keys().rotation.has_value(); ++i) {
    ExpectAllOpen(3);
    Reopen();
  }

  AwaitEnd();
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
  ExpectAllOpen(kMany);
  Close();
  EXPECT_EQ(NotUnder(2), 0);
}

// The states that a kill leaves between two commits, each made by hand.
TEST_P(StoreWithRotation, GoesOnFromItsBeginning) {
  Put(Participation(1));
  ChangeBehindTheStore(
      "INSERT INTO key_rotation (source_version, begun_at) VALUES (2, 1)");

  AwaitEnd();

  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
  ExpectAllOpen(1);
}

TEST_P(StoreWithRotation, GoesOnFromTheNewKeyInTheSource) {
  Put(Participation(1));
  Close();
  ASSERT_THAT(seal::KeySource::Load(installation_->KeySource()).value().Add(2),
              IsOk());
  Reopen();
  EXPECT_EQ(store_->Keys().source_version, 1U);
  EXPECT_FALSE(store_->Keys().rotation.has_value());

  ChangeBehindTheStore(
      "INSERT INTO key_rotation (source_version, begun_at) VALUES (2, 1)");

  AwaitEnd();
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
  ExpectAllOpen(1);
}

TEST_P(StoreWithRotation, RemovesTheOldKeyThatWasLeftAtItsEnd) {
  Put(Participation(1));
  const std::string old = CopyOfKeySource("old");
  Rotate();
  Close();
  const std::string newer = Content(installation_->KeySource());
  {
    std::ofstream file(installation_->KeySource(), std::ios::trunc);
    file << Content(old) << newer.substr(newer.find('\n') + 1);
  }
  ASSERT_EQ(SourceVersions(), (std::vector<uint32_t>{1, 2}));

  Reopen();

  AwaitEnd();
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
}

TEST_P(StoreWithRotation, KeepsTheOldKeysWhileSomethingDoesNotOpen) {
  Put(Participation(1));
  Put(Participation(2));
  ChangeBehindTheStore(
      "UPDATE participation SET created_at = created_at + 1 "
      "WHERE substr(participation_id, 16) = x'02'");
  ASSERT_THAT(Begin(), IsOk());

  AwaitHindrance();

  const storage::KeyRotation rotation = *store_->Keys().rotation;
  EXPECT_THAT(rotation.hindrance, HasReason("RECORD_UNREADABLE"));
  EXPECT_EQ(rotation.keys, 2);
  EXPECT_EQ(rotation.rotated, 1);
  EXPECT_EQ(rotation.unreadable, 1);
  EXPECT_EQ(rotation.first_unreadable, NameOf(KeyOf(2)));
  EXPECT_EQ(SourceVersions(), (std::vector<uint32_t>{1, 2}));
  EXPECT_THAT(Get(1), IsOk());

  // Mended: it opens as before, and the rotation ends.
  ChangeBehindTheStore(
      "UPDATE participation SET created_at = created_at - 1 "
      "WHERE substr(participation_id, 16) = x'02'");

  AwaitEnd();
  EXPECT_THAT(Get(2), IsOk());
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
}

TEST_P(StoreWithRotation, EndsOnceWhatDoesNotOpenIsErased) {
  Put(Participation(1));
  Put(Participation(2));
  ChangeBehindTheStore(
      "UPDATE participation SET created_at = created_at + 1 "
      "WHERE substr(participation_id, 16) = x'02'");
  ASSERT_THAT(Begin(), IsOk());
  AwaitHindrance();
  ASSERT_THAT(Erase(2, On("2027-01-10")), IsOk());

  ASSERT_THAT(Begin(), IsOk());

  AwaitEnd();
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
  EXPECT_THAT(Get(1), IsOk());
}

TEST_P(StoreWithRotation, WaitsForAKeySourceThatCanBeWritten) {
  Put(Participation(1));
  const std::string in_the_way =
      absl::StrCat(installation_->KeySource(), ".new");
  std::filesystem::create_directories(absl::StrCat(in_the_way, "/x"));
  ASSERT_THAT(Begin(), IsOk());

  AwaitHindrance();

  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{1});
  EXPECT_THAT(Get(1), IsOk());
  std::filesystem::remove_all(in_the_way);
  ASSERT_THAT(Begin(), IsOk());
  AwaitEnd();
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
}

// A read that began before sees what it saw, and the old keys wait for it.
TEST_P(StoreWithRotation, AReadFromBeforeGoesOnOverItsOwnMoment) {
  PutMany();
  const absl::Status read =
      store_->Read(AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        EXPECT_THAT(tx.GetParticipation(KeyOf(1)), IsOk());
        EXPECT_THAT(Begin(), IsOk());
        Await([](const storage::KeyStatus& keys) {
          return keys.rotation && keys.rotation->keys == kMany &&
                 keys.rotation->rotated == kMany;
        });
        for (uint8_t id = 1; id <= kMany; ++id) {
          EXPECT_THAT(tx.GetParticipation(KeyOf(id)), IsOk()) << int{id};
        }
        EXPECT_EQ(SourceVersions(), (std::vector<uint32_t>{1, 2}));
        return absl::OkStatus();
      });
  EXPECT_THAT(read, IsOk());

  AwaitEnd();

  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{2});
}

// One that has opened the keys and not read anything yet.
TEST_P(StoreWithRotation, AReadThatHasTheOldKeysTakesTheNewOnes) {
  Put(Participation(1));
  const absl::Status read =
      store_->Read(AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        EXPECT_THAT(tx.RequestDigest(kForbund, "a request"), IsOk());
        Rotate();
        EXPECT_THAT(tx.GetParticipation(KeyOf(1)), IsOk());
        return absl::OkStatus();
      });

  EXPECT_THAT(read, IsOk());
  // What that read leaves for others must not bring the old keys back.
  Put(Participation(2));
  Reopen();
  ExpectAllOpen(2);
  Close();
  EXPECT_EQ(NotUnder(2), 0);
}

// New ones, corrections that move a blind index, and bodies that fail.
TEST_P(StoreWithRotation, LosesNothingOfWhatOthersWriteMeanwhile) {
  PutMany();
  std::atomic<bool> over = false;
  std::thread others([&] {
    for (int i = 0; !over; ++i) {
      const auto id = static_cast<uint8_t>(1 + i % (kMany + 20));
      domain::Participation moved = Participation(id);
      moved.number = ValidNumber(On("1980-01-01"), 100 + i % 800);
      EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
        return tx.PutParticipation(kForbund, moved, std::nullopt).status();
      }),
                  IsOk());
      store_->Write(
          [&](WriteTransaction& tx) -> absl::Status {
            EXPECT_THAT(
                tx.PutParticipation(kForbund, Participation(1), std::nullopt),
                IsOk());
            return absl::CancelledError();
          },
          [](const absl::Status&) {});
    }
  });

  Rotate();
  Rotate();

  over = true;
  others.join();
  Reopen();
  ExpectAllOpen(kMany);
  EXPECT_EQ(SourceVersions(), std::vector<uint32_t>{3});
  Close();
  EXPECT_EQ(NotUnder(3), 0);
}

TEST_P(StoreWithRotation, AForbundThatIsMadeMeanwhileIsRotatedToo) {
  PutMany();
  ASSERT_THAT(Begin(), IsOk());

  ASSERT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
    return tx.PutForbund(AForbund().WithId(TestId<ForbundId>(7)).Build())
        .status();
  }),
              IsOk());

  AwaitEnd();
  Reopen();
  EXPECT_THAT(Read<Versioned<domain::Forbund>>([](ReadTransaction& tx) {
                return tx.GetForbund(TestId<ForbundId>(7));
              }),
              IsOk());
}

}  // namespace
}  // namespace stegvis::contract
