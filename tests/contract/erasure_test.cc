// Erased persons: nothing of them is left but a count, and what keeps them from
// coming back.
#include <filesystem>
#include <fstream>

#include "absl/synchronization/notification.h"
#include "storage/sql/query.h"
#include "tests/contract/store_with_erasures.h"

namespace stegvis::contract {
namespace {

using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

TEST_P(StoreWithErasures, WhatIsErasedIsGoneAndCounted) {
  const auto first = Put(Participation(1));
  const auto erased_one = Put(Ended(2));
  Put(Ended(2));

  ASSERT_THAT(Erase(2, On("2027-01-10")), IsOk());

  EXPECT_THAT(Get(2), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Get(2, AsOf::Moment(erased_one.known_from)),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(
      *Read<std::vector<storage::ListedParticipation>>([](ReadTransaction& tx) {
        return tx.FindByNumber(kForbund, std::nullopt, Number());
      }),
      IsEmpty());
  const std::optional<Erasure> left = Find(2);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(left->count, (domain::AnonymousRemainder{domain::Sex::kMan, 2020}));
  EXPECT_EQ(left->known_from, erased_one.known_from);
  EXPECT_EQ(Changes().back().kind, storage::ChangeKind::kErasure);
  EXPECT_EQ(Get(1)->version, first.version);
}

TEST_P(StoreWithErasures,
       AWithdrawalIsKeptInMindUntilRetentionWouldHavePassed) {
  Put(Ended(1));

  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  EXPECT_THAT(FindWithdrawal(),
              Optional(domain::Withdrawal{On("2027-01-10"), On("2031-09-01")}));
  const auto forget = [&](Day today) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      return tx.ForgetWithdrawals(kForbund, today);
    }),
                IsOk());
  };
  forget(On("2031-09-01"));
  EXPECT_NE(FindWithdrawal(), std::nullopt);
  forget(On("2031-09-02"));
  EXPECT_EQ(FindWithdrawal(), std::nullopt);
}

TEST_P(StoreWithErasures, WhoWithdrawsTwiceIsKeptInMindForBoth) {
  Put(Ended(1));
  Put(Participation(2));
  domain::Participation later = Ended(3);
  later.exit->day = On("2026-12-01");
  Put(later);

  ASSERT_THAT(Erase(3, On("2027-02-02")), IsOk());
  ASSERT_THAT(Erase(1, On("2027-01-20")), IsOk());

  EXPECT_THAT(FindWithdrawal(),
              Optional(domain::Withdrawal{On("2027-02-02"), On("2031-12-01")}));
}

TEST_P(StoreWithErasures, AWithdrawalWhoseTimeHasPassedIsNone) {
  Put(Ended(1));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  clock_.Set(absl::FromUnixSeconds(1'948'000'000));  // In September 2031.

  EXPECT_EQ(FindWithdrawal(), std::nullopt);
}

// What is damaged must not keep a person from being erased, nor the server from
// starting.
TEST_P(StoreWithErasures, AWithdrawalThatDoesNotOpenIsReplaced) {
  Put(Ended(1));
  Put(Ended(2));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
  ChangeBehindTheStore("UPDATE withdrawal SET recorded_at = recorded_at + 1");

  ASSERT_THAT(Erase(2, On("2027-01-11")), IsOk());

  EXPECT_THAT(FindWithdrawal(),
              Optional(domain::Withdrawal{On("2027-01-11"), On("2031-09-01")}));
}

// As long as somebody reads what was before, its traces cannot go; so the
// erasure is not told, while other writes are.
TEST_P(StoreWithErasures, IsToldOnceNobodyReadsTheTraces) {
  Put(Ended(1));
  absl::Notification told;

  ASSERT_THAT(
      store_->Read(
          AsOf::Now(),
          [&](ReadTransaction& tx) -> absl::Status {
            EXPECT_THAT(tx.GetParticipation(KeyOf(1)), IsOk());
            store_->Write(
                [&](WriteTransaction& erasing) {
                  return erasing.EraseParticipation({KeyOf(1), {}, {}})
                      .status();
                },
                [&](const absl::Status& status) {
                  EXPECT_THAT(status, IsOk());
                  told.Notify();
                });
            EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& other) {
              return other.AppendAudit({kForbund, "u", "m", "r", "", false});
            }),
                        IsOk());
            EXPECT_FALSE(told.HasBeenNotified());
            return absl::OkStatus();
          }),
      IsOk());

  told.WaitForNotification();
}

TEST_P(StoreWithErasures, RequestsAboutItAreForgotten) {
  Put(Ended(1));
  Put(Participation(2));
  const auto key = [](uint8_t id) {
    return storage::RequestKey{"u", "m", TestId<ParticipationId>(id).Bytes()};
  };
  ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    for (const uint8_t id : {uint8_t{1}, uint8_t{2}}) {
      EXPECT_THAT(tx.RememberRequest(
                      key(id), {"d", "r", 1, TestId<ParticipationId>(id)}),
                  IsOk());
    }
    return absl::OkStatus();
  }),
              IsOk());

  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  const auto remembered = [&](uint8_t id) {
    return Read<std::optional<storage::RequestMemory>>(
               [&](ReadTransaction& tx) { return tx.FindRequest(key(id)); })
        ->has_value();
  };
  EXPECT_FALSE(remembered(1));
  EXPECT_TRUE(remembered(2));
}

// The list and every remainder say which participation it was, never whose.
TEST_P(StoreWithErasures, TheListHoldsIdsAndMomentsAlone) {
  Put(Ended(1));
  const absl::StatusOr<Erasure> erased = Erase(1, On("2027-01-10"));
  ASSERT_THAT(erased, IsOk());

  const auto entries = ErasureLog::Parse(Content(ListFile()));

  ASSERT_THAT(entries, IsOk());
  ASSERT_THAT(*entries, SizeIs(1));
  EXPECT_EQ(entries->front().key, KeyOf(1));
  EXPECT_EQ(absl::FromUnixMicros(entries->front().erased_at),
            erased->erased_at);
}

// Whoever is killed between the list and the commit is erased at the start.
TEST_P(StoreWithErasures, AnErasureThatWasCutOffIsFinishedAtTheStart) {
  Put(Ended(1));
  Put(Participation(2));
  Close();
  {
    const auto list = ErasureLog::Open(ListFile());
    ASSERT_THAT(list, IsOk());
    ASSERT_THAT((*list)->Append({{KeyOf(1), absl::ToUnixMicros(clock_.Now())}}),
                IsOk());
  }

  Reopen();

  EXPECT_THAT(Get(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_NE(Find(1), std::nullopt);
  EXPECT_THAT(Get(2), IsOk());
  const auto audited = Read<std::vector<storage::RecordedAuditEntry>>(
      [](ReadTransaction& tx) { return tx.ListAudit(kForbund, 0, 100); });
  ASSERT_FALSE(audited->empty());
  EXPECT_EQ(audited->back().entry->method, "FinishErasure");
  EXPECT_EQ(audited->back().entry->resource, NameOf(KeyOf(1)));
}

// Somebody else's fault, or a row of a file whose message was refused.
TEST_P(StoreWithErasures, WhatABodyErasesThatFailsIsNotErasedAtTheNextStart) {
  Put(Ended(1));
  const auto what =
      Read<storage::ParticipationToErase>([&](ReadTransaction& tx) {
        return storage::WhatToErase(tx, KeyOf(1), store_->Codes(),
                                    On("2027-01-10"));
      });
  ASSERT_THAT(what, IsOk());

  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.EraseParticipation(*what), IsOk());
    return absl::CancelledError();
  }),
              StatusIs(absl::StatusCode::kCancelled));

  EXPECT_THAT(Get(1), IsOk());
  EXPECT_EQ(Content(ListFile()), "");
  Reopen();
  EXPECT_THAT(Get(1), IsOk());
}

TEST_P(StoreWithErasures, WhatIsTakenBackIsNotOnTheList) {
  Close();
  const auto list = ErasureLog::Open(ListFile());
  ASSERT_THAT(list, IsOk());
  ASSERT_THAT((*list)->Append({{KeyOf(1), 1'000'000}}), IsOk());
  const std::string before = Content(ListFile());

  ASSERT_THAT((*list)->Append({{KeyOf(1), 7}, {KeyOf(2), 2'000'000}}), IsOk());
  EXPECT_THAT((*list)->Entries(), SizeIs(2));
  ASSERT_THAT((*list)->TakeBack(), IsOk());

  EXPECT_EQ(Content(ListFile()), before);
  ASSERT_THAT((*list)->Append({{KeyOf(1), 7}}), IsOk());
  ASSERT_THAT((*list)->TakeBack(), IsOk());
  EXPECT_EQ(Content(ListFile()), before);
  ASSERT_THAT((*list)->Append({{KeyOf(2), 3'000'000}}), IsOk());
  EXPECT_THAT(*ErasureLog::Parse(Content(ListFile())), SizeIs(2));
}

// A list is longer than a database that was restored is old.
TEST_P(StoreWithErasures, AListedParticipationThatIsNotThereIsNoFault) {
  Close();
  {
    const auto list = ErasureLog::Open(ListFile());
    ASSERT_THAT((*list)->Append({{KeyOf(9), 1'000'000}}), IsOk());
  }

  Reopen();

  EXPECT_EQ(Find(9), std::nullopt);
}

TEST_P(StoreWithErasures, AListThatWasLostIsWrittenAnew) {
  Put(Ended(1));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
  Close();
  const std::string before = Content(ListFile());
  ASSERT_TRUE(std::filesystem::remove(ListFile()));

  Reopen();

  EXPECT_EQ(Content(ListFile()), before);
}

TEST_P(StoreWithErasures, ALastLineThatWasCutOffIsRemoved) {
  Put(Ended(1));
  Put(Participation(2));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
  Close();
  const std::string whole = Content(ListFile());
  std::ofstream(ListFile(), std::ios::app) << "2 1700000000000000 0190";

  Reopen();

  EXPECT_EQ(Content(ListFile()), whole);
  ASSERT_THAT(Erase(2, On("2027-01-10")), IsOk());
  EXPECT_THAT(*ErasureLog::Parse(Content(ListFile())), SizeIs(2));
}

TEST_P(StoreWithErasures, AListThatWasChangedIsRefused) {
  Put(Ended(1));
  Put(Participation(2));
  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());
  ASSERT_THAT(Erase(2, On("2027-01-10")), IsOk());
  Close();
  const std::string whole = Content(ListFile());

  for (size_t at = 0; at < whole.size(); at += 7) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_THAT(ErasureLog::Parse(changed),
                StatusIs(absl::StatusCode::kFailedPrecondition))
        << at;
  }
  std::string changed = whole;
  changed[0] = '7';
  std::ofstream(ListFile(), std::ios::trunc) << changed;
  EXPECT_THAT(installation_->Open(clock_), HasReason("ERASURES_BROKEN"));
  // A line taken out of the middle breaks it as well.
  EXPECT_THAT(ErasureLog::Parse(whole.substr(whole.find('\n') + 1)),
              HasReason("ERASURES_BROKEN"));
}

TEST_P(StoreWithErasures, WhatDoesNotOpenIsErasedWithoutACount) {
  Put(Ended(1));
  ChangeBehindTheStore("UPDATE participation SET created_at = created_at + 1");
  ASSERT_THAT(Get(1), StatusIs(absl::StatusCode::kDataLoss));

  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  EXPECT_EQ(Find(1)->count, std::nullopt);
  EXPECT_EQ(FindWithdrawal(), std::nullopt);
}

// The blobs of the rows that go.
std::vector<std::string> Blobs(sql::Connection& connection) {
  constexpr absl::string_view kBlobs =
      "SELECT wrapped_key FROM participation UNION ALL "
      "SELECT blind_index FROM participation UNION ALL "
      "SELECT sealed FROM participation_version UNION ALL "
      "SELECT sealed FROM request_memory";
  std::vector<std::string> blobs;
  sql::Query query(connection, kBlobs);
  while (*query.Step()) blobs.emplace_back(query.BytesAt(0));
  return blobs;
}

TEST_P(StoreWithErasures, NoTraceIsLeftInTheFiles) {
  constexpr size_t kPiece = 16;
  Put(Ended(1));
  Put(Ended(1));
  ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.RememberRequest({"u", "m", {}},
                              {"d", "r", 1, TestId<ParticipationId>(1)});
  }),
              IsOk());
  Close();
  const std::vector<std::string> blobs = Blobs(*installation_->OpenRaw());
  ASSERT_THAT(blobs, SizeIs(5));
  Reopen();
  const auto found = [&] {
    int pieces = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(installation_->Folder())) {
      const std::string bytes = Content(entry.path());
      for (const std::string& blob : blobs) {
        for (size_t at = 0; at + kPiece <= blob.size(); at += kPiece) {
          if (bytes.find(blob.substr(at, kPiece)) != std::string::npos) {
            ++pieces;
          }
        }
      }
    }
    return pieces;
  };
  ASSERT_GT(found(), 5);

  ASSERT_THAT(Erase(1, On("2027-01-10")), IsOk());

  // With the store open, its log beside it.
  EXPECT_EQ(found(), 0);
}

}  // namespace
}  // namespace stegvis::contract
