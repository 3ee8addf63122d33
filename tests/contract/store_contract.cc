#include "tests/contract/store_contract.h"

#include "absl/strings/str_cat.h"
#include "storage/store/record.h"

namespace stegvis::contract {

std::string Text(const domain::Participation& participation) {
  return absl::StrCat(participation.id.Text(), participation.insats.Text(),
                      storage::Encode(participation));
}

StoreContract::StoreContract()
    : clock_(absl::FromUnixSeconds(1'800'000'000)),
      installation_(GetParam().make()) {
  Reopen();
  EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(AForbund().Build()), IsOk());
    return tx.PutInsats(kForbund, AnInsats().Build()).status();
  }),
              IsOk());
}

void StoreContract::Reopen() {
  store_.reset();
  absl::StatusOr<std::unique_ptr<Store>> store = installation_->Open(clock_);
  ASSERT_THAT(store, IsOk());
  store_ = *std::move(store);
}

Versioned<domain::Participation> StoreContract::Put(
    const domain::Participation& participation,
    std::optional<absl::Time> known_from) {
  std::optional<Versioned<domain::Participation>> written;
  const absl::Status status =
      store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
        auto put = tx.PutParticipation(kForbund, participation, known_from);
        if (put.ok()) written = *std::move(put);
        return put.status();
      });
  EXPECT_THAT(status, IsOk());
  return written.value();
}

absl::StatusOr<Versioned<domain::Participation>> StoreContract::Get(
    uint8_t participation, AsOf as_of) {
  return Read<Versioned<domain::Participation>>(
      [&](ReadTransaction& tx) {
        return tx.GetParticipation(KeyOf(participation));
      },
      as_of);
}

std::vector<storage::Change> StoreContract::Changes() {
  return Read<std::vector<storage::Change>>([](ReadTransaction& tx) {
           return tx.ReadChanges(FeedPosition{0}, 1'000'000);
         })
      .value();
}

void StoreContract::ChangeBehindTheStore(const std::string& sql) {
  Close();
  EXPECT_THAT(installation_->OpenRaw()->Execute(sql), IsOk());
  Reopen();
}

}  // namespace stegvis::contract
