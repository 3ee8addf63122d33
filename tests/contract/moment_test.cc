// Everything at one moment: what a backup is made of.
#include <filesystem>
#include <fstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "tests/contract/copied_store.h"

namespace stegvis::contract {
namespace {

TEST_P(MomentOfAStore, HoldsWhatWasCommittedThenAndNothingLater) {
  Put(Participation(1));
  const std::unique_ptr<Moment> moment = Hold();
  const FeedPosition then = store_->Tail();
  Put(Participation(2));

  const std::unique_ptr<Store> copy = Copy(*moment);

  EXPECT_EQ(moment->Tail(), then);
  EXPECT_EQ(copy->Tail(), then);
  EXPECT_TRUE(Has(*copy, 1));
  EXPECT_FALSE(Has(*copy, 2));
  EXPECT_TRUE(Has(*store_, 2));
}

TEST_P(MomentOfAStore, CanBeCopiedAgain) {
  Put(Participation(1));
  const std::unique_ptr<Moment> moment = Hold();
  const std::unique_ptr<Store> first = Copy(*moment);
  Put(Participation(2));

  const std::unique_ptr<Store> second = Copy(*moment);

  EXPECT_EQ(first->Tail(), second->Tail());
}

TEST_P(MomentOfAStore, StaysOneMomentWhileOthersWrite) {
  Put(Participation(1));
  absl::Notification copied;
  std::thread writing([&] {
    for (uint8_t i = 2; i < 250 || !copied.HasBeenNotified(); ++i) {
      Put(Participation(static_cast<uint8_t>(2 + i % 250)));
    }
  });
  for (int i = 0; i < 10; ++i) {
    const std::unique_ptr<Moment> moment = Hold();

    const std::unique_ptr<Store> copy = Copy(*moment);

    EXPECT_EQ(copy->Tail(), moment->Tail());
    absl::StatusOr<int64_t> changes = absl::InternalError("did not run");
    EXPECT_THAT(copy->Read(AsOf::Now(),
                           [&](ReadTransaction& tx) -> absl::Status {
                             const auto read =
                                 tx.ReadChanges(FeedPosition{0}, 1'000'000);
                             if (!read.ok()) return read.status();
                             changes = static_cast<int64_t>(read->size());
                             return absl::OkStatus();
                           }),
                IsOk());
    EXPECT_EQ(*changes, moment->Tail().value);
  }
  copied.Notify();
  writing.join();
}

// Inside a write's body, as backups are taken: what the body has written, and
// what others in its batch have, is not committed.
TEST_P(MomentOfAStore, HasNothingOfTheWriteThatTakesIt) {
  Put(Participation(1));
  std::unique_ptr<Moment> moment;
  ASSERT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
    EXPECT_THAT(tx.PutParticipation(kForbund, Participation(2), std::nullopt),
                IsOk());
    moment = Hold();
    return absl::OkStatus();
  }),
              IsOk());

  const std::unique_ptr<Store> copy = Copy(*moment);

  EXPECT_TRUE(Has(*copy, 1));
  EXPECT_FALSE(Has(*copy, 2));
}

TEST_P(MomentOfAStore, HoldsBackTheReceiptOfAnErasureAlone) {
  Put(Ended(1));
  std::unique_ptr<Moment> moment = Hold();
  absl::Notification told;
  store_->Write(
      [&](WriteTransaction& tx) {
        return tx.EraseParticipation({KeyOf(1), {}, {}}).status();
      },
      [&](const absl::Status& status) {
        EXPECT_THAT(status, IsOk());
        told.Notify();
      });
  Put(Participation(2));
  EXPECT_FALSE(told.HasBeenNotified());

  moment.reset();

  told.WaitForNotification();
}

TEST_P(MomentOfAStore, LeavesNothingWhereItCannotBeCopied) {
  const std::unique_ptr<Moment> moment = Hold();
  const std::string taken = absl::StrCat(Folder(), "/taken");
  std::ofstream(taken) << "something";

  EXPECT_THAT(moment->CopyTo(taken), HasReason("FILE_UNWRITABLE"));
  EXPECT_EQ(Content(taken), "something");
  EXPECT_THAT(moment->CopyTo(absl::StrCat(Folder(), "/none/copy")),
              HasReason("FILE_UNWRITABLE"));
}

TEST_P(MomentOfAStore, CopiesForItsOwnerAlone) {
  const std::string path = absl::StrCat(Folder(), "/copy");

  ASSERT_THAT(Hold()->CopyTo(path), IsOk());

  EXPECT_EQ(std::filesystem::status(path).permissions() &
                (std::filesystem::perms::group_all |
                 std::filesystem::perms::others_all),
            std::filesystem::perms::none);
}

}  // namespace
}  // namespace stegvis::contract
